import type { MemberView, WorkspaceView } from '../../core/gate/views.ts'
import { fence } from './mrkdwn.ts'

/** What every view needs besides its subject. */
export type ViewContext = {
  readonly timeZone: string
  readonly locale: string
  /** ISO 4217, of amounts that carry none themselves. */
  readonly currency: string
  readonly now: Date
  /** Where the console is, without a trailing slash. */
  readonly publicUrl: string
  /** To write names where the gate gives ids. */
  readonly members: readonly MemberView[]
}

export const viewContext = (
  workspace: WorkspaceView,
  members: readonly MemberView[],
  publicUrl: string,
  now: Date,
): ViewContext => ({
  timeZone: workspace.timeZone,
  locale: workspace.locale,
  currency: workspace.currency,
  now,
  publicUrl: publicUrl.replace(/\/+$/, ''),
  members,
})

/** The member whom a proposer means; undefined: nobody here. */
export function memberNamed(named: string, ctx: ViewContext): MemberView | undefined {
  const wanted = named.trim()
  return ctx.members.find(
    (one) => one.id === wanted || one.slackUserId === wanted || one.email.toLowerCase() === wanted.toLowerCase(),
  )
}

const LOOKS_LIKE_AN_ID = /^(mem_[0-9a-z]+|[UW][A-Z0-9]{5,})$/

/**
 * Whoever the proposer named, for the card: a mention where it is a member with Slack, a name where it is a member
 * without, the proposer's own words otherwise. Only members are ever mentioned: an agent cannot ring a stranger.
 */
export function personWords(named: string, ctx: ViewContext): string {
  const wanted = named.trim()
  const member = memberNamed(wanted, ctx)
  if (member) return member.slackUserId === null ? fence(member.name) : `<@${member.slackUserId}>`
  return LOOKS_LIKE_AN_ID.test(wanted) || wanted === '' ? 'someone on the team' : fence(wanted)
}

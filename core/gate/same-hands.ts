import { type Hands, inBoth } from '../domain/hands.ts'
import type { OneApproval } from '../domain/several-approvals.ts'
import type { Snapshot } from '../ports/rows.ts'
import type { Decider } from './check-decision.ts'
import type { Refusal } from './refusal.ts'

const LONGEST_NAME = 30

/** As it fits into a sentence. */
export function nameOf({ members }: Pick<Snapshot, 'members'>, id: string | undefined): string {
  const name = members.find((one) => one.id === id)?.name ?? 'somebody else'
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}

/** Why an approval does not count beside one that may have been the same person's, and what to do. */
export function sameHands(snapshot: Snapshot, before: OneApproval, actor: Decider, mine: Hands): Refusal {
  const issuer = inBoth(mine, before.hands ?? [before.byId])
  const named = nameOf(snapshot, before.byId)
  if (isShown(snapshot, actor) && issuer !== actor.id) return refused(`${unshown(snapshot, issuer)} and counts as one.`)
  if (issuer === actor.id)
    return refused(
      `${named} approved with a token that you had issued, which counts as you. Let ${named} approve in Slack.`,
    )
  if (issuer === before.byId)
    return refused(`Your token was issued by ${named}, who approved already. Approve in Slack, or ${OWN_TOKEN}.`)
  return refused(`Your token and the one of ${named} were issued by one person and count once. Approve in Slack.`)
}

/** Whether somebody came in as a person, by a press or with a token that they took in Slack. */
export const isShown = ({ members }: Pick<Snapshot, 'members'>, { id, via }: Pick<Decider, 'id' | 'via'>): boolean =>
  via === 'slack' || members.some((one) => one.id === id && one.tokenOwnSince !== null)

/** What makes a token somebody's own, as the end of a sentence. */
export const OWN_TOKEN = 'take a token of your own (/tenure token)'

/** Where a press in Slack does not show yet that it is another person. */
export const unshown = (snapshot: Pick<Snapshot, 'members'>, issuer: string | undefined): string =>
  `${nameOf(snapshot, issuer)} added you and first has to be linked in Slack (/tenure link): until then it may be one person`

const refused = (why: string): Refusal => ({ kind: 'not_permitted', why, isAboutToken: true })

import { type ApproverLimits, limitsJson } from '../domain/approver-limits.ts'
import { handsOf, issuersOf } from '../domain/hands.ts'
import type { MemberId, WorkspaceId } from '../domain/ids.ts'
import { type Actor, mayDo, type Role } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { limitsToGive } from '../domain/rights.ts'
import type { MemberRow } from '../ports/member-rows.ts'
import { beyondGiving } from './beyond-giving.ts'
import { type Context, type Move, sha256, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { makeKey } from './keys.ts'
import type { Refusal } from './refusal.ts'
import { nameOf } from './same-hands.ts'
import type { MemberView } from './views.ts'

export type NewMember = {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly slackUserId?: string
  /** What they may approve; absent: as much as whoever adds them can give. */
  readonly limits?: ApproverLimits | null
}

const CODE_VALID_MS = 15 * 60_000

export const memberView = ({ id, name, email, role, slackUserId, limits, disabledAt }: MemberRow): MemberView => ({
  id,
  name,
  email,
  role,
  slackUserId,
  limits,
  disabledAt,
})

/**
 * Adds a member with a token, shown once to whoever adds them: it is in the hands of both, until the member takes one of
 * their own. Only an owner makes admins and owners, or gives more than they may decide themselves.
 */
export async function addMember(
  ctx: Context,
  actor: Actor,
  member: NewMember,
): Answer<{ readonly member: MemberView; readonly token: string }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'manage_members'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can add members.' })
  const high = member.role === 'admin' || member.role === 'owner'
  if (high && !mayDo(actor.role, 'change_roles'))
    return err({ kind: 'not_permitted', why: 'Only an owner can add admins and owners.' })
  const { key, hash } = makeKey('member', actor.workspaceId, ctx.newSecret())
  return await transact(ctx, actor.workspaceId, async (tx) => {
    // Whoever narrows their limits at the same time is heard first, or after it.
    await tx.lockControl('configure')
    const { members, workspace } = await tx.snapshot()
    const toGive = limitsToGive(actor, members, tx.now)
    const limits = member.limits === undefined ? toGive : member.limits
    const beyond = beyondGiving(workspace, limits, toGive)
    if (beyond) return err<Refusal>(beyond)
    const row: MemberRow = {
      id: ctx.newId('mem'),
      workspaceId: actor.workspaceId,
      name: member.name,
      email: member.email.trim().toLowerCase(),
      role: member.role,
      slackUserId: member.slackUserId ?? null,
      limits,
      tokenHands: handsOf(members, actor, tx.now),
      tokenOwnSince: null,
      formerTokens: [],
      createdAt: tx.now,
      disabledAt: null,
    }
    if (!(await tx.insertMember(row, hash))) {
      return err<Refusal>({
        kind: 'malformed',
        problems: [{ path: 'email', says: 'A member with this e-mail address (or Slack user) exists already.' }],
      })
    }
    await tx.appendEvent({
      subject: row.id,
      subjectVersion: 1,
      type: 'member_added',
      body: { role: row.role, by: actor.id, ...(limits === null ? {} : { limits: limitsJson(limits) }) },
    })
    return ok({ member: memberView(row), token: key })
  })
}

export async function listMembers(ctx: Context, actor: Actor): Answer<readonly MemberView[]> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see the members.' })
  const rows = await ctx.store.read(actor.workspaceId, (tx) => tx.listMembers())
  return ok(rows.filter(({ disabledAt }) => disabledAt === null).map(memberView))
}

/** A code for `/tenure link`, for oneself with a token that nobody else holds, or (admins) for somebody else. */
export async function createLinkCode(
  ctx: Context,
  actor: Actor,
  memberId: MemberId,
): Answer<{ readonly code: string; readonly expiresAt: Date }> {
  if (actor.kind === 'agent' || (actor.id !== memberId && !mayDo(actor.role, 'manage_members'))) {
    return err({ kind: 'not_permitted', why: 'A link code can be made for yourself, or by an admin.' })
  }
  return await transact(ctx, actor.workspaceId, async (tx) => {
    const member = await tx.loadMember(memberId)
    if (!member) return err<Refusal>({ kind: 'not_found', what: 'the member' })
    const high = member.role === 'admin' || member.role === 'owner'
    if (actor.id !== memberId && high && !mayDo(actor.role, 'change_roles')) {
      return err<Refusal>({ kind: 'not_permitted', why: 'Only an owner can make a code for another admin or owner.' })
    }
    const { members, workspace } = await tx.snapshot()
    // Whoever links with it presses by that member's right from then on, also after they lost their own.
    if (actor.id === memberId) {
      const [holder] = issuersOf(members, actor, tx.now)
      if (holder !== undefined) return err<Refusal>(heldToo(nameOf({ members }, holder)))
    } else {
      const beyond = beyondGiving(workspace, member.limits, limitsToGive(actor, members, tx.now))
      if (beyond) return err(beyond)
    }
    const code = ctx
      .newSecret()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 12)
      .toUpperCase()
    const expiresAt = new Date(tx.now.getTime() + CODE_VALID_MS)
    await tx.insertLinkCode(sha256(`${actor.workspaceId}:${code}`), memberId, expiresAt)
    return ok({ code, expiresAt })
  })
}

const heldToo = (name: string): Refusal => ({
  kind: 'not_permitted',
  why: `${name} holds your token too. An owner or admin can make the code, or open Slack with your work address.`,
  isAboutToken: true,
})

/** Links a Slack user by a code: once, within 15 minutes. */
export async function linkSlackUser(
  ctx: Context,
  workspaceId: WorkspaceId,
  slackUserId: string,
  code: string,
): Answer<MemberView> {
  return await transact(ctx, workspaceId, async (tx) => {
    const memberId = await tx.useLinkCode(sha256(`${workspaceId}:${code.trim().toUpperCase()}`))
    const member = memberId && (await tx.loadMember(memberId))
    if (!member)
      return err<Refusal>({ kind: 'not_found', what: 'this link code (it may be used up or older than 15 minutes)' })
    const other = await tx.memberBySlackUser(slackUserId)
    if ((other && other.id !== member.id) || (member.slackUserId !== null && member.slackUserId !== slackUserId)) {
      return err<Refusal>({
        kind: 'not_permitted',
        why: 'This Slack user, or this member, is linked to somebody else already.',
      })
    }
    await link(tx, member, slackUserId)
    return ok(memberView({ ...member, slackUserId }))
  })
}

async function link(tx: Move, member: MemberRow, slackUserId: string): Promise<void> {
  await tx.lockControl('configure')
  await tx.linkMember(member.id, slackUserId)
  const body = { slack: slackUserId }
  await tx.appendEvent({
    subject: member.id,
    subjectVersion: await tx.nextSubjectVersion(member.id),
    type: 'slack_linked',
    body,
  })
}

/** Links by an e-mail address that Slack vouches for, unless the member is linked to somebody else already. */
export async function linkSlackUserByEmail(
  ctx: Context,
  workspaceId: WorkspaceId,
  slackUserId: string,
  email: string,
): Promise<MemberView | null> {
  const linked = await transact(ctx, workspaceId, async (tx) => {
    const members = await tx.listMembers()
    const member = members.find((row) => row.disabledAt === null && row.email === email.trim().toLowerCase())
    const other = members.find((row) => row.slackUserId === slackUserId)
    if (
      !member ||
      (other && other.id !== member.id) ||
      (member.slackUserId !== null && member.slackUserId !== slackUserId)
    )
      return ok(null)
    if (member.slackUserId === null) await link(tx, member, slackUserId)
    return ok(memberView({ ...member, slackUserId }))
  })
  return linked.ok ? linked.value : null
}

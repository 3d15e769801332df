import { type ApproverLimits, limitsJson, widerThan } from '../domain/approver-limits.ts'
import type { Json } from '../domain/canonical.ts'
import type { MemberId } from '../domain/ids.ts'
import { type Actor, type Deed, mayDo, type Role } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { limitsToGive, roleNow } from '../domain/rights.ts'
import type { MemberRow } from '../ports/member-rows.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { beyondGiving } from './beyond-giving.ts'
import { memberView } from './members.ts'
import type { Refusal } from './refusal.ts'
import type { MemberView } from './views.ts'

export type MemberChange = {
  readonly role?: Role
  /** Null: none any more. */
  readonly limits?: ApproverLimits | null
  readonly disabled?: boolean
}

/**
 * Changes what a member may do. Roles are an owner's; limits and leaving an admin's, but for admins and owners, who are
 * an owner's too. A workspace keeps an owner, no admin lifts their own limits, and only an owner gives more than they have.
 */
export async function changeMember(ctx: Context, actor: Actor, id: MemberId, change: MemberChange): Answer<MemberView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'manage_members'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can change members.' })
  if (change.role === undefined && change.limits === undefined && change.disabled === undefined)
    return err({
      kind: 'malformed',
      problems: [{ path: '', says: 'Name a role, limits, or whether the member left.' }],
    })
  return await transact<MemberView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    // Of two owners who change each other at once, the second sees what the first did.
    await tx.lockControl('configure')
    const members = await tx.listMembers()
    const before = members.find((row) => row.id === id)
    if (!before) return err({ kind: 'not_found', what: 'the member' })
    const may = mayChange(members, actor, before, change, tx.now)
    if (!may.ok) return may
    const { workspace } = await tx.snapshot()
    const beyond =
      isMore(before, change) &&
      beyondGiving(workspace, limitsAfter(before, change), limitsToGive(actor, members, tx.now))
    if (beyond) return err(beyond)
    const { role = before.role, limits = before.limits, disabled = before.disabledAt !== null } = change
    const disabledAt = disabled ? (before.disabledAt ?? tx.now) : null
    if (isOwner(before) && (role !== 'owner' || disabled) && !members.some((row) => row.id !== id && isOwner(row)))
      return err({ kind: 'not_permitted', why: 'This is the last owner. Make somebody else an owner first.' })
    const after = await tx.updateMember(id, { role, limits, disabledAt })
    if (!after) return err({ kind: 'not_found', what: 'the member' })
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'member_changed',
      body: { by: actor.id, ...told(change) },
    })
    return ok(memberView(after))
  })
}

const limitsAfter = (before: MemberRow, { limits }: MemberChange): ApproverLimits | null =>
  limits === undefined ? before.limits : limits

/** Whether they may more after it than before; who had left could do nothing. */
const isMore = (before: MemberRow, change: MemberChange): boolean =>
  (before.disabledAt !== null && change.disabled === false) ||
  widerThan(limitsAfter(before, change), before.limits) !== null

const isOwner = ({ role, disabledAt }: MemberRow): boolean => role === 'owner' && disabledAt === null

function mayChange(
  members: readonly MemberRow[],
  actor: Extract<Actor, { kind: 'member' }>,
  before: MemberRow,
  { role, limits }: MemberChange,
  now: Date,
): Result<void, Refusal> {
  const refuse = (why: string) => err<Refusal>({ kind: 'not_permitted', why })
  // By the role in force: it may have been taken while this waited.
  const me = members.find(({ id }) => id === actor.id)
  const inForce = roleNow(actor, members, now)
  const may = (deed: Deed): boolean => me?.disabledAt == null && mayDo(inForce, deed)
  if (!may('manage_members')) return refuse('Only admins and owners can change members.')
  if (may('change_roles')) return ok(undefined)
  if (role !== undefined) return refuse('Only an owner can change roles.')
  if (limits !== undefined && before.id === actor.id)
    return refuse('Nobody changes their own limits; ask another admin or an owner.')
  if (before.id !== actor.id && mayDo(before.role, 'manage_members'))
    return refuse('Only an owner can change admins and owners.')
  return ok(undefined)
}

/** For the ledger: what was changed, in the words of the API. */
const told = ({ role, limits, disabled }: MemberChange): { readonly [key: string]: Json } => ({
  ...(role === undefined ? {} : { role }),
  ...(limits === undefined ? {} : { limits: limits && limitsJson(limits) }),
  ...(disabled === undefined ? {} : { disabled }),
})

import { issuersOf } from '../domain/hands.ts'
import type { DelegationId, MemberId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { limitsToGive } from '../domain/rights.ts'
import type { Snapshot } from '../ports/rows.ts'
import type { DelegationRow } from '../ports/member-rows.ts'
import { dayBounds } from '../rules/calendar.ts'
import { beyondGiving } from './beyond-giving.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import { written } from './written.ts'

/** A day in the workspace's zone (`2026-03-05`), or an instant. */
export type DayOrInstant = string | Date

export type NewDelegation = {
  /** Absent: oneself. */
  readonly from?: MemberId
  readonly to: MemberId
  /** From the beginning of that day. Absent: now. */
  readonly starts?: DayOrInstant
  /** To the end of that day. */
  readonly ends: DayOrInstant
  readonly reason?: string
}

export type DelegationView = {
  readonly id: DelegationId
  readonly from: { readonly id: MemberId; readonly name: string }
  readonly to: { readonly id: MemberId; readonly name: string }
  readonly startsAt: Date
  readonly endsAt: Date
  readonly reason: string | null
  readonly state: 'planned' | 'running' | 'over'
}

const LONGEST_MS = 180 * 24 * 3_600_000

/**
 * Lets one member decide what another may while that one is away. Everybody lends their own right; for somebody else an
 * admin does, for admins and owners an owner, and never to themselves.
 */
export async function delegate(ctx: Context, actor: Actor, given: NewDelegation): Answer<DelegationView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'delegate'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can let somebody decide for them.' })
  return await transact<DelegationView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const snapshot = await tx.snapshot()
    const fromId = given.from ?? actor.id
    const may = mayLend(snapshot, actor, fromId, given.to, tx.now)
    if (!may.ok) return may
    const times = timesOf(given, snapshot.workspace.timeZone, tx.now)
    if (!times.ok) return times
    const row: DelegationRow = {
      id: ctx.newId('dlg'),
      workspaceId: actor.workspaceId,
      fromId,
      toId: given.to,
      ...times.value,
      reason: given.reason ?? null,
      byId: actor.id,
      hands: issuersOf(snapshot.members, actor, tx.now),
      at: tx.now,
      endedAt: null,
      endedBy: null,
    }
    await tx.insertDelegation(row)
    const { startsAt, endsAt } = times.value
    const body = {
      from: fromId,
      to: row.toId,
      starts: startsAt.toISOString(),
      ends: endsAt.toISOString(),
      by: actor.id,
    }
    await tx.appendEvent({ subject: row.id, subjectVersion: 1, type: 'delegated', body, ...written(row.reason) })
    return ok(delegationView(row, snapshot, tx.now))
  })
}

/** Those that run or are planned, the latest end first. */
export async function listDelegations(ctx: Context, actor: Actor): Answer<readonly DelegationView[]> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see who decides for whom.' })
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const snapshot = await tx.snapshot()
    const views = (await tx.listDelegations()).map((row) => delegationView(row, snapshot, tx.now))
    return ok(views.filter(({ state }) => state !== 'over'))
  })
}

/** Ends it before its time: whoever lent it, whoever holds it, or an admin. */
export async function endDelegation(ctx: Context, actor: Actor, id: DelegationId): Answer<DelegationView> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can end this.' })
  return await transact<DelegationView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const snapshot = await tx.snapshot()
    const row = (await tx.listDelegations()).find((one) => one.id === id)
    if (!row || row.endsAt <= tx.now) return err({ kind: 'not_found', what: 'this delegation (or it is over already)' })
    if (actor.id !== row.fromId && actor.id !== row.toId && !mayDo(actor.role, 'manage_members'))
      return err({ kind: 'not_permitted', why: 'Only the two members, admins and owners can end this.' })
    await tx.endDelegation(id, actor.id)
    const body = { by: actor.id }
    await tx.appendEvent({ subject: id, subjectVersion: 2, type: 'delegation_ended', body })
    return ok(delegationView({ ...row, endedAt: tx.now }, snapshot, tx.now))
  })
}

function mayLend(
  { members, workspace }: Snapshot,
  actor: Extract<Actor, { kind: 'member' }>,
  fromId: MemberId,
  toId: MemberId,
  now: Date,
): Result<void, Refusal> {
  const problem = (path: string, says: string) => err<Refusal>({ kind: 'malformed', problems: [{ path, says }] })
  const active = (id: MemberId) => members.find((row) => row.id === id && row.disabledAt === null)
  const [from, to] = [active(fromId), active(toId)]
  if (!from) return problem('from', 'There is no such member.')
  if (!to) return problem('to', 'There is no such member.')
  if (fromId === toId) return problem('to', 'Name somebody else.')
  if (!mayDo(from.role, 'decide')) return problem('from', `${from.name} may not decide, so there is nothing to lend.`)
  if (actor.id === fromId) return ok(undefined)
  const needed = mayDo(from.role, 'manage_members') ? 'change_roles' : 'manage_members'
  if (!mayDo(actor.role, needed))
    return err({ kind: 'not_permitted', why: 'For somebody else an admin does this; for admins and owners an owner.' })
  if (actor.id === toId)
    return err({ kind: 'not_permitted', why: 'Nobody takes the right of somebody else; they lend it themselves.' })
  const beyond = beyondGiving(workspace, from.limits, limitsToGive(actor, members, now))
  return beyond === null ? ok(undefined) : err(beyond)
}

function timesOf(
  { starts, ends }: NewDelegation,
  zone: string,
  now: Date,
): Result<{ readonly startsAt: Date; readonly endsAt: Date }, Refusal> {
  const problem = (path: string, says: string) => err<Refusal>({ kind: 'malformed', problems: [{ path, says }] })
  const startsAt = starts === undefined ? now : starts instanceof Date ? starts : dayBounds(starts, zone)?.startsAt
  const endsAt = ends instanceof Date ? ends : dayBounds(ends, zone)?.endsAt
  if (!startsAt) return problem('starts', 'There is no such day.')
  if (!endsAt) return problem('ends', 'There is no such day.')
  if (endsAt <= startsAt) return problem('ends', 'It ends before it starts.')
  if (endsAt <= now) return problem('ends', 'It lies in the past.')
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS) return problem('ends', 'At most 180 days; then ask anew.')
  return ok({ startsAt, endsAt })
}

function delegationView(row: DelegationRow, { members }: Snapshot, now: Date): DelegationView {
  const person = (id: MemberId) => ({ id, name: members.find((member) => member.id === id)?.name ?? id })
  const state = row.endedAt !== null || row.endsAt <= now ? 'over' : row.startsAt > now ? 'planned' : 'running'
  const { id, startsAt, endsAt, reason } = row
  return { id, from: person(row.fromId), to: person(row.toId), startsAt, endsAt, reason, state }
}

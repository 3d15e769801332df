import type { ActionId, MemberId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { decideBy } from '../domain/timing.ts'
import type { Snapshot, StateRow, StoredAction } from '../ports/rows.ts'
import { escalationPath, nextWakeUp, type WakeUp } from '../rules/escalation-path.ts'
import { MOST_REMINDERS, nextReminder } from '../rules/waiting-times.ts'
import { countedApprovals } from './approve-in-part.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { moveAction } from './move-action.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import { timingOfAction } from './timing-of-action.ts'
import { whomToAsk } from './whom-to-ask.ts'

/**
 * Speaks up for a waiting card: along the path that the policy gives, each step once, or else twice as a reminder and
 * then once to the next person. A snooze that ended is a reminder.
 */
export async function remindAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transact(ctx, workspaceId, async (tx) => {
    const stored = await tx.loadToMove(id)
    const remindAt = stored?.state.remindAt
    if (!stored || stored.state.state !== 'awaiting_approval' || !remindAt || remindAt > tx.now) return ok(undefined)
    const snapshot = await tx.snapshot()
    const path = escalationPath(policyThatHolds(ctx, snapshot, stored).policy.document.approvals)
    const said = path.length === 0 ? usual(ctx, tx, snapshot, stored) : await alongPath(ctx, tx, snapshot, stored, path)
    const { type, to, escalates, next, body } = said
    const change: Partial<StateRow> = {
      reminders: stored.state.reminders + 1,
      escalated: stored.state.escalated || escalates,
      remindAt: next,
      snoozedUntil: null,
    }
    await moveAction(
      tx,
      stored,
      { ...change, state: 'awaiting_approval' },
      { type, by: 'gate', body: { member: to, ...body } },
    )
    const kind = escalates ? 'escalate' : 'remind'
    await tx.enqueue({ queue: 'reminder', workspaceId, subject: id, to, kind })
    return ok(undefined)
  })
}

type Said = {
  readonly type: 'reminded' | 'escalated' | 'sla_missed' | 'snooze_ended'
  readonly to: MemberId | null
  readonly escalates: boolean
  readonly next: Date | null
  readonly body?: { readonly after_hours: number }
}

function usual(ctx: Context, tx: Move, snapshot: Snapshot, stored: StoredAction): Said {
  const { action, payload, state } = stored
  const sent = state.reminders + 1
  const escalates = sent >= MOST_REMINDERS && !state.escalated
  const zone = snapshot.workspace.timeZone
  const kind = ctx.kinds.get(action.kind)
  const slotAt = kind ? decideBy(timingOfAction(kind, action, payload.input)) : action.slotAt
  const next = nextReminder({ at: tx.now, sent, slotAt, expiresAt: state.expiresAt, zone })
  const to = escalates ? whomToAsk(snapshot, stored, null, [], tx.now) : null
  return { type: escalates ? 'escalated' : 'reminded', to, escalates, next }
}

const STEPS = ['reminded', 'escalated', 'sla_missed']

async function alongPath(
  ctx: Context,
  tx: Move,
  snapshot: Snapshot,
  stored: StoredAction,
  path: readonly WakeUp[],
): Promise<Said> {
  const { action, payload, state } = stored
  // What drew a fresh payload began to wait anew.
  const done = await tx.countEvents(action.id, STEPS, payload.at)
  const step = state.snoozedUntil === null ? path[done] : undefined
  const spoken = { at: tx.now, since: payload.at, expiresAt: state.expiresAt }
  if (!step) {
    const next = nextWakeUp(path, { ...spoken, done, afterSnooze: true })
    return { type: 'snooze_ended', to: null, escalates: false, next }
  }
  const next = nextWakeUp(path, { ...spoken, done: done + 1, afterSnooze: false })
  const body = { after_hours: step.afterHours }
  if (step.kind === 'remind') return { type: 'reminded', to: null, escalates: false, next, body }
  const namesPeople = path.some(({ kind }) => kind === 'escalate')
  // A missed time turns to somebody by itself only where no step does.
  if (step.kind === 'sla_missed' && namesPeople) return { type: 'sla_missed', to: null, escalates: false, next, body }
  const approved = countedApprovals(ctx, snapshot, stored, await tx.listDecisions([action.id])).map(({ byId }) => byId)
  const to = whomToAsk(snapshot, stored, step.to, approved, tx.now)
  return { type: step.kind === 'escalate' ? 'escalated' : 'sla_missed', to, escalates: true, next, body }
}

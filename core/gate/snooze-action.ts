import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { tomorrowMorning } from '../rules/calendar.ts'
import { type Context, transact } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import type { Answer } from './gate.ts'
import { moveAction } from './move-action.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView } from './views.ts'

const HOUR_MS = 3_600_000

/** Puts a waiting card aside for an hour, until tomorrow at 9:00, or to a time; never past its expiry. */
export async function snoozeAction(
  ctx: Context,
  actor: Actor,
  id: ActionId,
  until: Date | '1h' | 'tomorrow',
): Answer<ActionView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'snooze'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can snooze.' })
  return await transact<ActionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const stored = await tx.loadToMove(id)
    if (!stored) return err({ kind: 'not_found', what: 'the action' })
    const { state } = stored
    if (state.state !== 'awaiting_approval')
      return err({ kind: 'not_now', state: state.state, why: 'Only what waits for a person can be snoozed.' })
    const { workspace } = await tx.snapshot()
    const time =
      until === '1h'
        ? new Date(tx.now.getTime() + HOUR_MS)
        : until === 'tomorrow'
          ? tomorrowMorning(tx.now, workspace.timeZone)
          : until
    if (time <= tx.now) return err({ kind: 'malformed', problems: [{ path: 'until', says: 'It lies in the past.' }] })
    if (state.expiresAt !== null && time >= state.expiresAt) {
      return err({ kind: 'window_closed', at: state.expiresAt, why: 'It has to be decided before then.' })
    }
    const body = { until: time.toISOString() }
    const moved = await moveAction(
      tx,
      stored,
      { state: 'awaiting_approval', snoozedUntil: time, remindAt: time },
      { type: 'snoozed', by: actor.id, body },
    )
    return ok(await describeAction(ctx, tx, moved))
  })
}

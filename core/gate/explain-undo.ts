import type { State } from '../domain/action-states.ts'
import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import type { Answer } from './gate.ts'
import type { UndoOptions } from './requests.ts'
import { giveFeedback } from './give-feedback.ts'
import type { Refusal } from './refusal.ts'
import { moveAction } from './move-action.ts'
import { explainTrust } from './explain-trust.ts'
import { restoreTrust } from './restore-trust.ts'
import type { ActionView } from './views.ts'

const TAKEN_BACK: readonly State[] = ['undoing', 'undone', 'cancelled']

/**
 * Why something was taken back, said afterwards: an undo acts at once and asks later. Null where the action was not
 * taken back, so that the reason belongs to an undo that is still to be done.
 */
export async function explainUndo(
  ctx: Context,
  actor: Actor,
  id: ActionId,
  said: Pick<UndoOptions, 'reason' | 'outside' | 'cause'>,
): Promise<Awaited<Answer<ActionView>> | null> {
  const taken = await ctx.store.read(actor.workspaceId, (tx) => tx.loadAction(id))
  if (!taken || !TAKEN_BACK.includes(taken.state.state)) return null
  if (actor.kind === 'agent' || !mayDo(actor.role, 'undo')) return null
  return await transact<ActionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const stored = await tx.loadAction(id)
    if (!stored) return err({ kind: 'not_found', what: 'the action' })
    const { reason = null, outside = false, cause } = said
    const kept = { decision: 'undo' as const, severity: null, reason, outside, changes: [], cause }
    await giveFeedback(ctx, tx, stored, actor, kept)
    // While it is being undone, the reason is there when it is counted.
    if (stored.state.state === 'undoing' && (outside || cause))
      await moveAction(
        tx,
        stored,
        { state: 'undoing' },
        { type: 'undo_explained', by: actor.id, body: { outside, ...(cause ? { cause } : {}) } },
      )
    else if (outside) await restoreTrust(ctx, tx, actor.id, stored)
    else if (cause) await explainTrust(ctx, tx, actor.id, stored, cause)
    return ok(await describeAction(ctx, tx, stored))
  })
}

import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { OutcomeRow } from '../ports/outcomes.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer, OutcomeGiven } from './gate.ts'
import type { Refusal } from './refusal.ts'

/**
 * Keeps what an action came to: measured by a platform or a person, never by the agent that is judged by it. The same
 * measurement again changes nothing; a later one of the same metric takes its place.
 */
export async function recordOutcomes(
  ctx: Context,
  actor: Actor,
  id: ActionId,
  given: readonly OutcomeGiven[],
): Answer<{ readonly recorded: number }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'record_outcomes'))
    return err({ kind: 'not_permitted', why: 'Agents and viewers cannot record what an action came to.' })
  return await transact<{ readonly recorded: number }, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    if (!stored) return err({ kind: 'not_found', what: 'the action' })
    const { executedAt } = stored.state
    if (executedAt === null || !stands(stored))
      return err({
        kind: 'not_now',
        state: stored.state.state,
        why: 'Only what was done, and was not undone, has outcomes.',
      })
    const rows = given.map(
      ({ metric, value, measuredAt }): OutcomeRow => ({
        id: ctx.newId('out'),
        actionId: id,
        metric,
        value,
        measuredAt: measuredAt ?? tx.now,
        receivedAt: tx.now,
        byId: actor.id,
      }),
    )
    const wrong = rows.findIndex(({ measuredAt }) => measuredAt < executedAt || measuredAt > tx.now)
    if (wrong !== -1) {
      const says = 'An outcome is measured after the action ran, and not in the future.'
      return err({ kind: 'malformed', problems: [{ path: `outcomes.${wrong}.measured_at`, says }] })
    }
    const recorded = await tx.outcomes.record(rows)
    const [first] = rows
    if (recorded > 0 && first) {
      // A subject of its own: two that are recorded at once wait for nothing.
      const told = rows.map(({ metric, value, measuredAt }) => ({ metric, value, at: measuredAt.toISOString() }))
      const body = { by: actor.id, action: id, outcomes: told }
      await tx.appendEvent({ subject: first.id, subjectVersion: 1, type: 'outcomes_recorded', body })
    }
    return ok({ recorded })
  })
}

const stands = ({ state }: StoredAction): boolean => state.state === 'executed' || state.state === 'settled'

import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { OutcomeRow } from '../ports/outcomes.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type Context, transact } from './dependencies.ts'
import { policyInForce } from './policy-at.ts'
import type { Answer } from './gate.ts'
import type { OutcomeGiven } from './requests.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import type { Refusal } from './refusal.ts'

/**
 * Keeps what an action came to: measured by a platform or a person, never by the agent that is judged by it. Only what
 * the policy has a benchmark for, so that no free words enter the ledger. The same measurement again (with its time) changes
 * nothing; a later one of the same metric takes its place.
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
    const snapshot = await tx.snapshot()
    const policies = [policyInForce(ctx, snapshot), policyThatHolds(ctx, snapshot, stored).policy]
    const known = new Set(policies.flatMap(({ document }) => (document.benchmarks ?? []).map(({ metric }) => metric)))
    const unknown = rows.findIndex(({ metric }) => !known.has(metric))
    if (unknown !== -1) {
      const names = known.size === 0 ? 'none are set' : `known: ${[...known].join(', ')}`
      const says = `No benchmark of the policy is about it; ${names}.`
      return err({ kind: 'malformed', problems: [{ path: `outcomes.${unknown}.metric`, says }] })
    }
    const kept = await tx.outcomes.record(rows)
    const all = await tx.outcomes.of(id)
    const differs = rows.findIndex((row) => all.some((one) => isSameMoment(one, row) && one.value !== row.value))
    if (differs !== -1) {
      const says = 'Another value is kept for that moment. What is measured again has a time of its own.'
      return err({ kind: 'malformed', problems: [{ path: `outcomes.${differs}.value`, says }] })
    }
    const [first] = kept
    if (first) {
      // A subject of its own: two that are recorded at once wait for nothing.
      const told = kept.map(({ metric, value, measuredAt }) => ({ metric, value, at: measuredAt.toISOString() }))
      const body = { by: actor.id, action: id, outcomes: told }
      await tx.appendEvent({ subject: first.id, subjectVersion: 1, type: 'outcomes_recorded', body })
    }
    return ok({ recorded: kept.length })
  })
}

type Moment = Pick<OutcomeRow, 'metric' | 'measuredAt'>

const isSameMoment = (a: Moment, b: Moment): boolean =>
  a.metric === b.metric && a.measuredAt.getTime() === b.measuredAt.getTime()

const stands = ({ state }: StoredAction): boolean => state.state === 'executed' || state.state === 'settled'

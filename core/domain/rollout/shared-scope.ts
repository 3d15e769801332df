import { ceilingOf, type Level } from '../ceiling.ts'
import type { Recommendation } from './recommend-level.ts'
import { bandOfWorkflow, scopeOfWorkflow, type Workflow } from './workflow.ts'

export type Recommended = { readonly workflow: Workflow; readonly recommendation: Recommendation }

/**
 * A grant holds for a whole scope: what should stay lower and is not held there by its own ceiling keeps the others of
 * its scope down with it.
 */
export const withSharedScopes = (all: readonly Recommended[]): readonly Recommended[] =>
  all.map(({ workflow, recommendation }) => {
    const scope = scopeOfWorkflow(workflow)
    const lower = all
      .filter((other) => other.workflow !== workflow && scopeOfWorkflow(other.workflow) === scope)
      .filter((other) => !isHeldByItself(other) && other.recommendation.aimAt < recommendation.aimAt)
      .toSorted((a, b) => a.recommendation.aimAt - b.recommendation.aimAt)[0]
    if (!lower) return { workflow, recommendation }
    const level: Level = lower.recommendation.aimAt
    const says = `It shares the scope ${scope} with “${lower.workflow.name}”, which should not pass level ${level}; a grant holds for both.`
    const why = `${recommendation.why} On its own; together with “${lower.workflow.name}” it is level ${level}.`
    return {
      workflow,
      recommendation: { ...recommendation, aimAt: level, why, blocks: [{ by: 'shared_scope', level, says }] },
    }
  })

/** Whether no grant could lift it: what is prepared needs none, and the gate itself keeps to risk and undo class. */
const isHeldByItself = ({ workflow, recommendation }: Recommended): boolean =>
  workflow.isPreparing || recommendation.aimAt >= ceilingOf(workflow.risk, workflow.undo, bandOfWorkflow(workflow))

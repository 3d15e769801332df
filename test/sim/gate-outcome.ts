import { atLevel } from '../../core/domain/trust/cell-state.ts'
import { isFor, standingLevel } from '../../core/domain/trust/standing.ts'
import { value, type World } from '../support/world.ts'
import { apart, MOST_APART, type Outcome, outcomeOfCell } from './agreement.ts'
import { surroundings } from './expected-cell.ts'

/** What the gate keeps of its one cell, and the score that it serves. */
export async function gateOutcome(world: World): Promise<Outcome> {
  const { exactScore } = value(await world.gate.explainTrust(world.owner, 'crm_update.small'))
  return await world.store.read(world.workspaceId, async (tx) => {
    const [scopes, { standings }] = await Promise.all([tx.trust.readScopes(null), tx.snapshot()])
    const [kept, ...others] = scopes.flatMap(({ cells }) => cells)
    if (!kept || others.length > 0) throw new Error(`There are ${scopes.length} scopes and not one cell`)
    const standing = standings.find((one) => isFor(one, kept))
    // A level that was given is noted in the cell with the next decision.
    const cell = atLevel(kept.history.cell, standing?.level ?? 2)
    const outcome = outcomeOfCell(cell, exactScore)
    const inForce = standing ? standingLevel(standing) : 2
    return { ...outcome, whole: [...outcome.whole, ...surroundings(cell), inForce] }
  })
}

/** How far the gate is from the core. Throws where that is more than rounding. */
export function assertSame(gate: Outcome, core: Outcome): number {
  const distance = apart(gate, core)
  if (distance > MOST_APART)
    throw new Error(`The gate keeps ${JSON.stringify(gate)}, the core comes to ${JSON.stringify(core)}`)
  return distance
}

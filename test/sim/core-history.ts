import { countDecision } from '../../core/domain/trust/counted-decision.ts'
import { countInCore, levelOf, NEW_CELL, raisedTo3, tableGatesHold } from './core-cell.ts'
import { drawDecision } from './drawn-decision.ts'
import { dayOfDecision } from './gate-history.ts'
import type { SampledAgent } from './sampled-agents.ts'
import { createTally, type SampledHistory } from './sampled-history.ts'

/**
 * A history in the core alone, as the page's tables are measured: every decision counts as soon as it is made, with all
 * that was drawn, and level 3 is taken as soon as its four gates open; no higher one is.
 */
export function coreHistory(agent: SampledAgent, seed: number): SampledHistory {
  const tally = createTally(agent)
  let core = NEW_CELL
  for (let n = 1; n <= agent.decisions; n += 1) {
    const [level, day] = [levelOf(core), dayOfDecision(n)]
    const ranAtLevel = level >= 3 ? level : null
    const { event, isBad } = drawDecision(seed, agent.acceptability, n, level)
    tally.proposed(n, ranAtLevel !== null, isBad, level)
    const counted = countInCore(core, { event, ranAtLevel, day }, day)
    core = counted.core
    tally.counted(n, countDecision(event).isJudged, counted.demotion !== null)
    if (!tableGatesHold(core, day)) continue
    core = raisedTo3(core)
    tally.given(n)
  }
  return tally.result()
}

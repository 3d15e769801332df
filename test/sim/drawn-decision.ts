import type { Level } from '../../core/domain/ceiling.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { createRandom, seedFrom } from '../support/random.ts'
import { simulateDecision } from './simulated-reviewer.ts'
import { type Agent, simulateAction } from './year-history.ts'

export type DrawnDecision = {
  readonly event: DecisionEvent
  /** The reviewer would not accept it, whether or not they ever see it. */
  readonly isBad: boolean
}

/**
 * The n-th decision (from 1) of the history of this seed. Each has draws of its own, so that the gate and the core see
 * the same work whatever either let run before.
 */
export function drawDecision(seed: number, agent: Agent, n: number, inForce: Level): DrawnDecision {
  const random = createRandom(seedFrom(seed, `decision ${n}`))
  if (inForce <= 2) {
    const event = simulateDecision(random, agent(n))
    return { event, isBad: event.kind === 'rejected' }
  }
  const bad = { badExecuted: 0, badNeverNoticed: 0 }
  const event = simulateAction(random, agent(n), inForce, bad)
  return { event, isBad: bad.badExecuted > 0 }
}

const NO_INFORMATION = 0.5

/**
 * The event as the gate can know it: no door of it measures how long a person looked, and an undo is asked for without
 * a severity, which counts as major.
 */
export function asGateKnows(event: DecisionEvent): DecisionEvent {
  if (event.kind === 'approved' || event.kind === 'seen') return { ...event, confidence: NO_INFORMATION }
  return event.kind === 'undone' ? { ...event, severity: null } : event
}

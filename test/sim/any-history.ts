import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { quantised } from '../../core/domain/trust/trust-record.ts'
import type { PlainDecision } from '../support/plain-trust.ts'
import type { Random } from '../support/random.ts'
import { dayOfDecision, DECISIONS } from './gate-history.ts'
import { simulateDecision, simulateSeverity } from './simulated-reviewer.ts'

/** Any decisions on the work of one agent, two a day; every row of section 2 among them. */
export function anyHistory(random: Random, acceptability: number, decisions = DECISIONS): readonly PlainDecision[] {
  return Array.from({ length: decisions }, (_, at): PlainDecision => {
    const ranAtLevel = random.chance(0.6) ? null : random.chance(0.98) ? 3 : 4
    return {
      day: dayOfDecision(at + 1),
      event: quantised(random.chance(0.7) ? simulateDecision(random, acceptability) : rareEvent(random)),
      ranAtLevel,
      concernsHighAutonomy: ranAtLevel === 4,
    }
  })
}

function rareEvent(random: Random): DecisionEvent {
  const edit = { distance: random.next() * 0.45, emptied: random.chance(0.02) }
  const confidence = random.next()
  const severity = random.chance(0.5) ? null : simulateSeverity(random)
  return random.pick<DecisionEvent>([
    { kind: 'approved', edit, confidence, tooFast: false },
    { kind: 'approved', edit: { distance: 0, emptied: false }, confidence, tooFast: true },
    { kind: 'revised', edit: random.chance(0.5) ? edit : null, confidence },
    { kind: 'seen', confidence },
    { kind: 'audit_confirmed', confidence },
    { kind: 'unseen' },
    { kind: 'outside_reason' },
    { kind: 'blocked' },
    { kind: 'expired' },
    random.chance(0.1) ? { kind: 'policy_failed' } : { kind: 'unseen' },
    random.chance(0.3) ? { kind: random.pick(['rejected', 'reversed', 'undone']), severity } : { kind: 'snoozed' },
    random.chance(0.2) ? { kind: 'reversed_by_agent', severity } : { kind: 'cancelled' },
  ])
}

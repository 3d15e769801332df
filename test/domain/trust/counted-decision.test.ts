import { expect, it, test } from 'vitest'
import { type CountedDecision, countDecision } from '../../../core/domain/trust/counted-decision.ts'
import type { DecisionEvent } from '../../../core/domain/trust/decision-event.ts'

const approved = (distance: number, tooFast = false, emptied = false): DecisionEvent => ({
  kind: 'approved',
  edit: { distance, emptied },
  confidence: 0.8,
  tooFast,
})

type Row = readonly [
  name: string,
  event: DecisionEvent,
  outcome: CountedDecision['outcome'],
  weight: CountedDecision['weight'],
  counts: boolean,
  correct: boolean,
  judged: boolean,
  override: boolean,
]

test.each<Row>([
  ['approved as it was', approved(0), 1, 'approval', true, true, true, false],
  ['approved, cosmetic edit', approved(0.05), 1, 'approval', true, true, true, false],
  ['approved, minor edit', approved(0.15), 1, 'approval', true, true, true, false],
  ['approved, moderate edit', approved(0.4), 0.5, 'approval', true, false, true, false],
  ['approved, rewritten', approved(0.41), 0, 'rejection', true, false, true, true],
  ['approved, nothing left', approved(0.1, false, true), 0, 'rejection', true, false, true, true],
  ['approved too fast to be read', approved(0, true), 1, 'quarter_approval', false, false, false, false],
  ['edited, however fast', approved(0.1, true), 1, 'approval', true, true, true, false],
  ['rejected', { kind: 'rejected', severity: 'minor' }, 0, 'rejection', true, false, true, true],
  ['approved, then reversed', { kind: 'reversed', severity: null }, 0, 'rejection', true, false, true, true],
  ['acted and seen', { kind: 'seen', confidence: 0.5 }, 1, 'approval', true, true, true, false],
  ['acted and confirmed', { kind: 'audit_confirmed', confidence: 1 }, 1, 'approval', true, true, true, false],
  ['acted, never opened', { kind: 'unseen' }, 1, 'quarter_approval', false, false, false, false],
  ['undone', { kind: 'undone', severity: null }, 0, 'rejection', true, false, true, true],
  ['policy check failed', { kind: 'policy_failed' }, 0, 'rejection', true, false, false, false],
  ['revised', { kind: 'revised', edit: null, confidence: 1 }, 0.5, 'approval', true, false, true, false],
  ['outside reason', { kind: 'outside_reason' }, null, 'none', false, false, false, false],
  ['reversed by the agent', { kind: 'reversed_by_agent', severity: null }, 0, 'rejection', true, false, false, false],
  ['blocked', { kind: 'blocked' }, null, 'none', false, false, false, false],
  ['expired', { kind: 'expired' }, null, 'none', false, false, false, false],
  ['cancelled', { kind: 'cancelled' }, null, 'none', false, false, false, false],
  ['recalled', { kind: 'recalled' }, null, 'none', false, false, false, false],
  ['snoozed', { kind: 'snoozed' }, null, 'none', false, false, false, false],
])('%s', (_name, event, outcome, weight, countsForGates, isCorrect, isJudged, isOverride) => {
  expect(countDecision(event)).toMatchObject({ outcome, weight, countsForGates, isCorrect, isJudged, isOverride })
})

test.each<[string, DecisionEvent, CountedDecision['severity'], number]>([
  ['a rejection without a reason is major', { kind: 'rejected', severity: null }, 'major', 1_000_000],
  ['an undo without a reason is major', { kind: 'undone', severity: null }, 'major', 1_000_000],
  ['a stated severity stands', { kind: 'undone', severity: 'critical' }, 'critical', 2_000_000],
  ['a preference', { kind: 'rejected', severity: 'preference' }, 'preference', 250_000],
  ['a rewrite is minor', approved(1), 'minor', 500_000],
  ['a failed policy check is critical', { kind: 'policy_failed' }, 'critical', 2_000_000],
  ['what the agent reversed itself is minor', { kind: 'reversed_by_agent', severity: null }, 'minor', 500_000],
  ['an approval has none', approved(0), null, 0],
])('%s', (_name, event, severity, severityMicros) => {
  expect(countDecision(event)).toMatchObject({ severity, severityMicros })
})

test.each<[string, DecisionEvent, number, number]>([
  ['an approval as it was', approved(0), 1_000_000, 800_000],
  ['a minor edit', approved(0.1), 720_000, 800_000],
  ['a third is rounded to millionths', approved(1 / 3), 300_000, 800_000],
  ['a stamp', approved(0, true), 1_000_000, 800_000],
  ['silence says nothing of time', { kind: 'unseen' }, 1_000_000, 500_000],
  ['a version not known yet', { kind: 'revised', edit: null, confidence: 1 }, 500_000, 1_000_000],
  [
    'a version that is known',
    { kind: 'revised', edit: { distance: 0.3, emptied: false }, confidence: 1 },
    360_000,
    1_000_000,
  ],
  ['a rejection has neither', { kind: 'rejected', severity: null }, 0, 0],
])('q and c: %s', (_name, event, qualityMicros, confidenceMicros) => {
  expect(countDecision(event)).toMatchObject({ qualityMicros, confidenceMicros })
})

test.each<[string, DecisionEvent, boolean]>([
  ['a rejection', { kind: 'rejected', severity: 'preference' }, true],
  ['an undo', { kind: 'undone', severity: 'minor' }, true],
  ['a failed policy check', { kind: 'policy_failed' }, true],
  ['a minor reversal by the agent', { kind: 'reversed_by_agent', severity: 'minor' }, false],
  ['a major reversal by the agent', { kind: 'reversed_by_agent', severity: 'major' }, true],
  ['a critical reversal by the agent', { kind: 'reversed_by_agent', severity: 'critical' }, true],
  ['a rewrite', approved(1), false],
  ['an approval', approved(0), false],
])('may take 15 points: %s', (_name, event, mayTakePoints) => {
  expect(countDecision(event).mayTakePoints).toBe(mayTakePoints)
})

it('fails the policy pass by a block and by a failed check, and marks a stamp as one', () => {
  expect(countDecision({ kind: 'blocked' }).policyFailed).toBe(true)
  expect(countDecision({ kind: 'policy_failed' }).policyFailed).toBe(true)
  expect(countDecision(approved(0)).policyFailed).toBe(false)
  expect(countDecision(approved(0, true)).isStamp).toBe(true)
  expect(countDecision(approved(0)).isStamp).toBe(false)
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { NO_SUMS } from '../../core/domain/trust/day-sums.ts'
import { assertSameScore, quickScore } from './quick-score.ts'
import { createRollingWindow } from './rolling-window.ts'
import { asCellDecision } from './simulated-reviewer.ts'

const events = fc.constantFrom<DecisionEvent>(
  { kind: 'approved', edit: { distance: 0, emptied: false }, confidence: 1, tooFast: false },
  { kind: 'approved', edit: { distance: 0.1, emptied: false }, confidence: 0.5, tooFast: false },
  { kind: 'unseen' },
  { kind: 'rejected', severity: 'minor' },
  { kind: 'blocked' },
)

it('holds what the window of the core holds, whatever gaps there are between days', () => {
  const days = fc.array(fc.tuple(events, fc.constantFrom(0, 0, 0, 1, 1, 3, 40, 200, 400)), { maxLength: 200 })
  fc.assert(
    fc.property(days, (decisions) => {
      const window = createRollingWindow()
      let day = 0
      for (const [event, later] of decisions) {
        day += later
        window.add(asCellDecision(event, null), day)
        window.assertSame()
        assertSameScore(window.sums)
      }
    }),
    { numRuns: 60 },
  )
})

it('scores nothing as section 3 does', () => {
  expect(quickScore(NO_SUMS)).toBeCloseTo(26.4706, 4)
})

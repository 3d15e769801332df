import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { asGateKnows, drawDecision } from './drawn-decision.ts'

it('draws the same work whatever level it meets, and from nothing but its seed and its place', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 500 }), fc.constantFrom(0.6, 0.8, 0.98), (seed, n, share) => {
      const [asked, alone] = [drawDecision(seed, () => share, n, 2), drawDecision(seed, () => share, n, 3)]
      expect(alone.isBad).toBe(asked.isBad)
      expect(drawDecision(seed, () => share, n, 3)).toEqual(alone)
      expect(asked.isBad).toBe(asked.event.kind === 'rejected')
      expect(alone.isBad ? ['undone', 'unseen'] : ['seen', 'unseen']).toContain(alone.event.kind)
    }),
  )
})

it('asks the agent how good it is at that decision', () => {
  const becomesBad = (n: number): number => (n < 10 ? 1 : 0)
  expect(drawDecision(1, becomesBad, 9, 2).isBad).toBe(false)
  expect(drawDecision(1, becomesBad, 10, 2).isBad).toBe(true)
})

const edit = { distance: 0.1, emptied: false }

test.each<[DecisionEvent, DecisionEvent]>([
  [
    { kind: 'approved', edit, confidence: 1, tooFast: false },
    { kind: 'approved', edit, confidence: 0.5, tooFast: false },
  ],
  [
    { kind: 'seen', confidence: 1 },
    { kind: 'seen', confidence: 0.5 },
  ],
  [
    { kind: 'undone', severity: 'preference' },
    { kind: 'undone', severity: null },
  ],
  [
    { kind: 'rejected', severity: 'minor' },
    { kind: 'rejected', severity: 'minor' },
  ],
])('of %j the gate knows %j', (drawn, known) => {
  expect(asGateKnows(drawn)).toEqual(known)
})

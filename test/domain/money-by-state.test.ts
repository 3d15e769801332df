import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { MOVES, type State, STATES } from '../../core/domain/action-states.ts'
import { counterChange, type Holding, holdingIn } from '../../core/domain/money-by-state.ts'

const HOLDINGS: Readonly<Record<State, Holding>> = {
  proposed: 'reserved',
  blocked: 'none',
  observed: 'none',
  awaiting_approval: 'reserved',
  changes_requested: 'reserved',
  superseded: 'none',
  rejected: 'none',
  expired: 'none',
  cancelled: 'none',
  scheduled: 'reserved',
  held: 'reserved',
  ready: 'reserved',
  executing: 'reserved',
  executed: 'committed',
  failed: 'none',
  unknown: 'reserved',
  undoing: 'committed',
  undone: 'committed',
  settled: 'committed',
}

test.each(STATES.map((state) => [state, HOLDINGS[state]] as const))('%s: %s', (state, holding) => {
  expect(holdingIn(state)).toBe(holding)
})

test.each<[Holding, Holding, number, number]>([
  ['none', 'none', 0, 0],
  ['none', 'reserved', 1250, 0],
  ['none', 'committed', 0, 1250],
  ['reserved', 'none', -1250, 0],
  ['reserved', 'reserved', 0, 0],
  ['reserved', 'committed', -1250, 1250],
  ['committed', 'none', 0, -1250],
  ['committed', 'reserved', 1250, -1250],
  ['committed', 'committed', 0, 0],
])('from %s to %s: reserved %i, committed %i', (from, to, reserved, committed) => {
  expect(counterChange(from, to, 1250)).toEqual({ reserved, committed })
})

it('ends over any legal path where the last state says', () => {
  const steps = fc.array(fc.nat(), { maxLength: 40 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 1_000_000 }), (choices, amount) => {
      const counters = { reserved: 0, committed: 0 }
      const add = (from: Holding, to: Holding): void => {
        const change = counterChange(from, to, amount)
        counters.reserved += change.reserved
        counters.committed += change.committed
        expect(Math.min(counters.reserved, counters.committed)).toBe(0)
      }
      let state: State = 'proposed'
      add('none', holdingIn(state))
      for (const choice of choices) {
        const next: State | undefined = MOVES[state][choice % Math.max(1, MOVES[state].length)]
        if (next === undefined) break
        add(holdingIn(state), holdingIn(next))
        state = next
      }
      expect(counters).toEqual({
        reserved: HOLDINGS[state] === 'reserved' ? amount : 0,
        committed: HOLDINGS[state] === 'committed' ? amount : 0,
      })
    }),
  )
})

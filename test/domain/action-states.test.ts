import { describe, expect, it, test } from 'vitest'
import { canMove, isFinal, isInFlight, isResting, MOVES, type State, STATES } from '../../core/domain/action-states.ts'

/** The table of the architecture, without moves to the same state. */
const TABLE: Readonly<Record<State, readonly State[]>> = {
  proposed: ['blocked', 'observed', 'awaiting_approval', 'scheduled', 'held', 'ready', 'cancelled'],
  awaiting_approval: ['scheduled', 'ready', 'changes_requested', 'rejected', 'expired', 'cancelled'],
  changes_requested: ['superseded', 'expired', 'cancelled'],
  scheduled: ['held', 'ready', 'executing', 'awaiting_approval', 'cancelled', 'expired'],
  held: ['ready', 'executing', 'awaiting_approval', 'cancelled', 'expired'],
  ready: ['executing', 'unknown', 'awaiting_approval', 'cancelled', 'expired'],
  executing: ['executed', 'failed', 'ready', 'unknown', 'awaiting_approval'],
  unknown: ['executed', 'ready', 'failed'],
  executed: ['undoing', 'settled'],
  undoing: ['undone', 'executed'],
  settled: [],
  undone: [],
  blocked: [],
  observed: [],
  rejected: [],
  expired: [],
  cancelled: [],
  superseded: [],
  failed: [],
}

const pairs = STATES.flatMap((from) => STATES.map((to) => [from, to] as const)).filter(([from, to]) => from !== to)

test.each(pairs)('%s to %s', (from, to) => {
  expect(canMove(from, to)).toBe(TABLE[from].includes(to))
})

it('stays where it is only where a decision or an event may leave it there', () => {
  expect(STATES.filter((state) => canMove(state, state))).toEqual([
    'awaiting_approval',
    'scheduled',
    'held',
    'ready',
    'executed',
    'unknown',
    'undoing',
  ])
})

it('ends where nothing leads out', () => {
  expect(STATES.filter(isFinal)).toEqual([
    'blocked',
    'observed',
    'superseded',
    'rejected',
    'expired',
    'cancelled',
    'failed',
    'undone',
    'settled',
  ])
})

it('reaches every state from a proposal, and an end from every state', () => {
  const reachable = (from: State): Set<State> => {
    const seen = new Set<State>([from])
    for (const state of seen) for (const next of MOVES[state]) seen.add(next)
    return seen
  }
  expect([...reachable('proposed')].toSorted()).toEqual([...STATES].toSorted())
  for (const state of STATES) expect([...reachable(state)].some(isFinal)).toBe(true)
})

it('never leads to an effect without a claim', () => {
  expect(STATES.filter((from) => canMove(from, 'executed'))).toEqual(['executing', 'executed', 'unknown', 'undoing'])
  expect(STATES.filter((from) => canMove(from, 'executing'))).toEqual(['scheduled', 'held', 'ready'])
})

describe('groups', () => {
  it('in flight: decided, no effect yet', () => {
    expect(STATES.filter(isInFlight)).toEqual(['scheduled', 'held', 'ready'])
  })

  it('resting: everything but what is on its way', () => {
    expect(STATES.filter((state) => !isResting(state))).toEqual(['proposed', 'ready', 'executing', 'undoing'])
  })
})

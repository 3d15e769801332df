import { describe, expect, it, test } from 'vitest'
import { isFinal, type State, STATES } from '../../core/domain/action-states.ts'
import { type Clocks, type Due, type DueWork, nextDue, workAt } from '../../core/domain/due.ts'

const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 4, 17, minutes))
const now = at(30)
const silent: Clocks = { expiresAt: null, remindAt: null, runAt: null, leaseUntil: null, undoUntil: null }
/** Every clock runs, each at another time. */
const all: Clocks = { expiresAt: at(50), remindAt: at(10), runAt: at(20), leaseUntil: at(30), undoUntil: at(40) }

describe('nextDue', () => {
  const waiting: readonly (readonly [State, Due])[] = [
    ['proposed', { at: at(20), work: 'check' }],
    ['awaiting_approval', { at: at(10), work: 'remind' }],
    ['changes_requested', { at: at(50), work: 'expire' }],
    ['scheduled', { at: at(20), work: 'execute' }],
    ['held', { at: at(20), work: 'execute' }],
    ['ready', { at: at(20), work: 'execute' }],
    ['executing', { at: at(30), work: 'lapse' }],
    ['undoing', { at: at(30), work: 'lapse' }],
    ['unknown', { at: at(20), work: 'look_up' }],
    ['executed', { at: at(40), work: 'settle' }],
  ]
  test.each(waiting)('%s', (state, due) => {
    expect(nextDue(state, all)).toEqual(due)
  })

  it('has a row above for every state that is not final', () => {
    expect(waiting.map(([state]) => state).toSorted()).toEqual(STATES.filter((state) => !isFinal(state)).toSorted())
  })

  test.each(STATES.filter(isFinal))('%s waits for nothing', (state) => {
    expect(nextDue(state, all)).toBeNull()
  })

  test.each(STATES)('%s with no clock running waits for nothing', (state) => {
    expect(nextDue(state, silent)).toBeNull()
  })

  test.each<[string, State, Partial<Clocks>, Due]>([
    [
      'a card that expires first',
      'awaiting_approval',
      { expiresAt: at(5), remindAt: at(10) },
      { at: at(5), work: 'expire' },
    ],
    [
      'a card on whose reminder it also expires',
      'awaiting_approval',
      { expiresAt: at(10), remindAt: at(10) },
      { at: at(10), work: 'expire' },
    ],
    ['a card without reminders left', 'awaiting_approval', { expiresAt: at(50) }, { at: at(50), work: 'expire' }],
    ['a card that never expires', 'awaiting_approval', { remindAt: at(10) }, { at: at(10), work: 'remind' }],
    ['a slot that passes first', 'ready', { expiresAt: at(5), runAt: at(20) }, { at: at(5), work: 'expire' }],
    [
      'a slot that passes at its turn',
      'scheduled',
      { expiresAt: at(20), runAt: at(20) },
      { at: at(20), work: 'expire' },
    ],
    ['a hold without an end of its own', 'held', { runAt: at(20) }, { at: at(20), work: 'execute' }],
    ['a turn that only expires', 'ready', { expiresAt: at(50) }, { at: at(50), work: 'expire' }],
  ])('%s', (_name, state, clocks, due) => {
    expect(nextDue(state, { ...silent, ...clocks })).toEqual(due)
  })
})

describe('workAt', () => {
  test.each<[string, State, Clocks, DueWork | null]>([
    ['a reminder', 'awaiting_approval', { ...silent, expiresAt: at(50), remindAt: at(10) }, 'remind'],
    ['both passed: it expires', 'awaiting_approval', { ...silent, expiresAt: at(20), remindAt: at(10) }, 'expire'],
    ['it expires at the very moment', 'awaiting_approval', { ...silent, expiresAt: now, remindAt: at(10) }, 'expire'],
    ['a turn that expired does not run', 'ready', { ...silent, expiresAt: at(20), runAt: at(10) }, 'expire'],
    ['a turn', 'scheduled', { ...silent, expiresAt: at(31), runAt: at(10) }, 'execute'],
    ['a hold that expired does not run', 'held', { ...silent, expiresAt: at(20), runAt: at(10) }, 'expire'],
    ['a change that never came', 'changes_requested', { ...silent, expiresAt: at(20) }, 'expire'],
    ['a check, which does not expire', 'proposed', { ...silent, expiresAt: at(10), runAt: at(20) }, 'check'],
    ['a lease, whatever else passed', 'executing', { ...silent, expiresAt: at(10), leaseUntil: at(20) }, 'lapse'],
    ['a look-up, whatever else passed', 'unknown', { ...silent, expiresAt: at(10), runAt: at(20) }, 'look_up'],
    ['the end of an undo window', 'executed', { ...silent, expiresAt: at(10), undoUntil: at(20) }, 'settle'],
    ['the lease of an undo', 'undoing', { ...silent, undoUntil: at(10), leaseUntil: at(20) }, 'lapse'],
    ['nothing', 'settled', all, null],
    ['nothing where no clock runs', 'executed', silent, null],
  ])('%s', (_name, state, clocks, work) => {
    expect(workAt(state, clocks, now)).toBe(work)
  })
})

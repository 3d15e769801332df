import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  decideBy,
  isOver,
  lastMoment,
  neverRuns,
  SLOT_GRACE_MS,
  type Timing,
  timingOf,
  withoutPassedSlot,
} from '../../core/domain/timing.ts'

const MINUTE = 60_000
const now = new Date('2026-03-04T17:00:00.000Z')
const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE)

test.each<[string, Timing, Date | null]>([
  ['nothing asked for: as soon as it may', { slotAt: null, plannedAt: null }, null],
  ['a slot alone', { slotAt: inMinutes(5), plannedAt: null }, inMinutes(5)],
  ['a time of its own', { slotAt: null, plannedAt: inMinutes(60) }, inMinutes(60)],
  ['a slot before its time', { slotAt: inMinutes(5), plannedAt: inMinutes(60) }, inMinutes(60)],
  ['a slot after its time', { slotAt: inMinutes(61), plannedAt: inMinutes(60) }, inMinutes(61)],
])('%s', (_name, asked, slotAt) => {
  expect(timingOf(asked)).toEqual({ slotAt, plannedAt: asked.plannedAt })
})

test.each<[string, Timing, { over: boolean; by: Date | null; last: Date | null }]>([
  ['nothing asked for', { slotAt: null, plannedAt: null }, { over: false, by: null, last: null }],
  ['a slot', { slotAt: inMinutes(5), plannedAt: null }, { over: false, by: inMinutes(5), last: inMinutes(65) }],
  [
    'a time of its own',
    { slotAt: inMinutes(5), plannedAt: inMinutes(5) },
    { over: false, by: inMinutes(5), last: inMinutes(65) },
  ],
  [
    'a time of its own that has just passed',
    { slotAt: null, plannedAt: inMinutes(-59) },
    { over: false, by: inMinutes(1), last: inMinutes(1) },
  ],
  [
    'a time of its own whose grace is over',
    { slotAt: null, plannedAt: inMinutes(-60) },
    { over: true, by: now, last: now },
  ],
])('until when: %s', (_name, timing, { over, by, last }) => {
  expect(isOver(timing, now)).toBe(over)
  expect(decideBy(timing)).toEqual(by)
  expect(lastMoment(timing)).toEqual(last)
})

test.each<[string, Timing, RegExp | null]>([
  ['a slot that has passed', { slotAt: inMinutes(-1), plannedAt: null }, null],
  ['a time to come', { slotAt: inMinutes(1), plannedAt: inMinutes(1) }, null],
  ['a time that is now', { slotAt: now, plannedAt: now }, /has passed\. Choose a later one\.$/],
  [
    'a slot a millisecond after its time',
    { slotAt: new Date(inMinutes(60).getTime() + 1), plannedAt: inMinutes(60) },
    /after the one it names/,
  ],
])('never runs: %s', (_name, timing, says) => {
  const said = neverRuns(timing, now)
  expect(said === null).toBe(says === null)
  if (says) expect(said).toMatch(says)
  expect((said ?? '').length).toBeLessThanOrEqual(160)
})

test.each<[string, Date | null, Date | null]>([
  ['none', null, null],
  ['one to come', inMinutes(1), inMinutes(1)],
  ['one that is now', now, null],
])('a slot that still bounds: %s', (_name, slotAt, expected) => {
  const plannedAt = inMinutes(5)
  expect(withoutPassedSlot({ slotAt, plannedAt }, now)).toEqual({ slotAt: expected, plannedAt })
})

test.each<[string, Timing, Date | null, boolean]>([
  ['an expiry after its slot', { slotAt: inMinutes(5), plannedAt: null }, inMinutes(6), true],
  ['an expiry at its slot', { slotAt: inMinutes(5), plannedAt: null }, inMinutes(5), false],
  ['an expiry before the time that it names', { slotAt: inMinutes(5), plannedAt: inMinutes(5) }, inMinutes(4), false],
  ['an expiry and no time', { slotAt: null, plannedAt: null }, inMinutes(4), true],
])('never runs with %s', (_name, timing, expiresAt, runs) => {
  expect(neverRuns(timing, now, expiresAt) === null).toBe(runs)
})

describe('whatever is asked for', () => {
  const time = fc.option(fc.integer({ min: -300, max: 300 }).map(inMinutes))
  const asked = fc.record({ slotAt: time, plannedAt: time })

  it('it is never carried out before its slot or its time', () => {
    fc.assert(
      fc.property(asked, (given) => {
        const { slotAt } = timingOf(given)
        for (const bound of [given.slotAt, given.plannedAt])
          if (bound !== null) expect(slotAt?.getTime()).toBeGreaterThanOrEqual(bound.getTime())
      }),
    )
  })

  it('it never goes out longer than the grace after its time', () => {
    fc.assert(
      fc.property(asked, (given) => {
        const last = lastMoment(timingOf(given))
        if (given.plannedAt !== null) expect(last?.getTime()).toBe(given.plannedAt.getTime() + SLOT_GRACE_MS)
        if (given.plannedAt !== null && last !== null) expect(isOver(given, last)).toBe(true)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type Asked,
  decideBy,
  isOver,
  lastMoment,
  neverRuns,
  type Timing,
  timingOf,
  withoutPassedSlot,
} from '../../core/domain/timing.ts'

const MINUTE = 60_000
const LEAD = 10 * MINUTE
const GRACE = 60 * MINUTE
const now = new Date('2026-03-04T17:00:00.000Z')
const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE)

test.each<[string, Asked, Timing]>([
  [
    'nothing asked for: as soon as it may',
    { slotAt: null, effectAt: null, leadMs: null },
    { slotAt: null, effectAt: null },
  ],
  ['a slot alone', { slotAt: inMinutes(5), effectAt: null, leadMs: null }, { slotAt: inMinutes(5), effectAt: null }],
  ['a lead without an effect', { slotAt: null, effectAt: null, leadMs: LEAD }, { slotAt: null, effectAt: null }],
  [
    'an effect without a lead',
    { slotAt: null, effectAt: inMinutes(60), leadMs: null },
    { slotAt: null, effectAt: inMinutes(60) },
  ],
  [
    'told its lead before',
    { slotAt: null, effectAt: inMinutes(60), leadMs: LEAD },
    { slotAt: inMinutes(50), effectAt: inMinutes(60) },
  ],
  [
    'a slot before that',
    { slotAt: inMinutes(49), effectAt: inMinutes(60), leadMs: LEAD },
    { slotAt: inMinutes(50), effectAt: inMinutes(60) },
  ],
  [
    'a slot after that',
    { slotAt: inMinutes(51), effectAt: inMinutes(60), leadMs: LEAD },
    { slotAt: inMinutes(51), effectAt: inMinutes(60) },
  ],
  [
    'an effect nearer than the lead',
    { slotAt: null, effectAt: inMinutes(9), leadMs: LEAD },
    { slotAt: inMinutes(-1), effectAt: inMinutes(9) },
  ],
])('%s', (_name, asked, expected) => {
  expect(timingOf(asked)).toEqual(expected)
})

test.each<[string, Timing, { over: boolean; by: Date | null; last: Date | null }]>([
  ['nothing asked for', { slotAt: null, effectAt: null }, { over: false, by: null, last: null }],
  ['a slot', { slotAt: inMinutes(5), effectAt: null }, { over: false, by: inMinutes(5), last: inMinutes(65) }],
  [
    'an effect within the grace',
    { slotAt: inMinutes(50), effectAt: inMinutes(60) },
    { over: false, by: inMinutes(60), last: inMinutes(60) },
  ],
  [
    'an effect after the grace',
    { slotAt: inMinutes(50), effectAt: inMinutes(120) },
    { over: false, by: inMinutes(120), last: inMinutes(110) },
  ],
  ['an effect alone', { slotAt: null, effectAt: inMinutes(9) }, { over: false, by: inMinutes(9), last: inMinutes(9) }],
  ['an effect that is now', { slotAt: null, effectAt: now }, { over: true, by: now, last: now }],
])('until when: %s', (_name, timing, { over, by, last }) => {
  expect(isOver(timing, now)).toBe(over)
  expect(decideBy(timing)).toEqual(by)
  expect(lastMoment(timing, GRACE)).toEqual(last)
})

test.each<[string, Timing, RegExp | null]>([
  ['a slot that has passed', { slotAt: inMinutes(-1), effectAt: null }, null],
  ['an effect to come', { slotAt: inMinutes(-1), effectAt: inMinutes(1) }, null],
  ['an effect that is now', { slotAt: null, effectAt: now }, /has passed\. Choose a later one\.$/],
  [
    'a slot a millisecond before its effect',
    { slotAt: new Date(inMinutes(60).getTime() - 1), effectAt: inMinutes(60) },
    null,
  ],
  ['a slot at its effect', { slotAt: inMinutes(60), effectAt: inMinutes(60) }, /before it would already have gone out/],
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
  expect(withoutPassedSlot({ slotAt, effectAt: inMinutes(5) }, now)).toEqual({
    slotAt: expected,
    effectAt: inMinutes(5),
  })
})

describe('whatever is asked for', () => {
  const time = fc.option(fc.integer({ min: -300, max: 300 }).map(inMinutes))
  const asked = fc.record({ slotAt: time, effectAt: time, leadMs: fc.option(fc.integer({ min: 1, max: GRACE })) })

  it('it is never told before its slot, nor longer than its lead before its effect', () => {
    fc.assert(
      fc.property(asked, (given) => {
        const { slotAt } = timingOf(given)
        if (given.slotAt !== null) expect(slotAt?.getTime()).toBeGreaterThanOrEqual(given.slotAt.getTime())
        if (given.effectAt === null || given.leadMs === null) return
        expect(slotAt?.getTime()).toBeGreaterThanOrEqual(given.effectAt.getTime() - given.leadMs)
      }),
    )
  })

  it('its last moment is never after its effect', () => {
    fc.assert(
      fc.property(asked, (given) => {
        const last = lastMoment(timingOf(given), GRACE)
        if (given.effectAt !== null) expect(last?.getTime()).toBeLessThanOrEqual(given.effectAt.getTime())
      }),
    )
  })
})

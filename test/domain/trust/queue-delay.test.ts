import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { DEFAULT_WEEK, queueDelaySeconds } from '../../../core/domain/trust/queue-delay.ts'

const HOUR = 3600
const utc = (): number => 0

/** 2026-03-02 is a Monday. */
test.each<[string, string, string, number]>([
  ['within one morning', '2026-03-02T09:30:00Z', '2026-03-02T10:00:00Z', HOUR / 2],
  ['created before work begins', '2026-03-02T05:00:00Z', '2026-03-02T10:00:00Z', HOUR],
  ['opened after work ends', '2026-03-02T16:00:00Z', '2026-03-02T22:00:00Z', HOUR],
  ['over night', '2026-03-02T16:00:00Z', '2026-03-03T10:00:00Z', 2 * HOUR],
  ['over a weekend', '2026-03-06T16:00:00Z', '2026-03-09T09:30:00Z', 1.5 * HOUR],
  ['on a Sunday', '2026-03-08T10:00:00Z', '2026-03-08T15:00:00Z', 0],
  ['a whole week', '2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z', 40 * HOUR],
  ['opened at once', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z', 0],
  ['opened before, by clocks that differ', '2026-03-02T10:00:01Z', '2026-03-02T10:00:00Z', 0],
  ['before 1970', '1969-12-31T16:00:00Z', '1970-01-01T10:00:00Z', 2 * HOUR],
])('%s', (_name, created, opened, expected) => {
  expect(queueDelaySeconds(Date.parse(created), Date.parse(opened), DEFAULT_WEEK, utc)).toBe(expected)
})

test('hours are those of the zone', () => {
  const [created, opened] = [Date.parse('2026-03-02T13:00:00Z'), Date.parse('2026-03-02T15:00:00Z')]
  expect(queueDelaySeconds(created, opened, DEFAULT_WEEK, () => -300)).toBe(HOUR)
})

test('a learned week counts its own hours', () => {
  const week = DEFAULT_WEEK.map((_, day) => (day === 6 ? [{ fromMinute: 600, toMinute: 660 }] : []))
  const [created, opened] = [Date.parse('2026-03-02T00:00:00Z'), Date.parse('2026-03-16T00:00:00Z')]
  expect(queueDelaySeconds(created, opened, week, utc)).toBe(2 * HOUR)
})

it('is never more than the time that passed, and adds up', () => {
  const instant = fc.integer({ min: 0, max: 40 * 86_400_000 })
  fc.assert(
    fc.property(instant, instant, instant, (...three) => {
      const [a = 0, b = 0, c = 0] = three.toSorted((x, y) => x - y)
      const delay = (from: number, to: number): number => queueDelaySeconds(from, to, DEFAULT_WEEK, utc)
      expect(delay(a, c)).toBeLessThanOrEqual((c - a) / 1000)
      expect(delay(a, b) + delay(b, c)).toBeCloseTo(delay(a, c), 6)
    }),
  )
})

import { expect, test } from 'vitest'
import { createKnownTime } from '../../core/postgres/known-time.ts'

const HEARD = Date.parse('2026-03-04T17:00:00.000Z')

test.each([
  ['right after it was heard', 0, '2026-03-04T17:00:00.000Z'],
  ['carried on by the monotonic clock', 1_500.9, '2026-03-04T17:00:01.500Z'],
  ['up to a minute', 60_000, '2026-03-04T17:01:00.000Z'],
  ['not for longer', 60_001, null],
])('%s', (_name, laterMs, expected) => {
  let monotonicMs = 77
  const time = createKnownTime(() => monotonicMs)
  expect(time.now()).toBeNull()
  time.heard(HEARD)
  monotonicMs += laterMs
  expect(time.now()?.toISOString() ?? null).toBe(expected)
})

test('follows the database back when its clock was set back', () => {
  const time = createKnownTime(() => 5)
  time.heard(HEARD)
  time.heard(HEARD - 60_000)
  expect(time.now()?.getTime()).toBe(HEARD - 60_000)
})

import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { messagesAround } from '../../../core/domain/recipients/exposure.ts'

const DAY = 86_400_000
const days = (...at: readonly number[]): readonly number[] => at.map((one) => one * DAY)

test.each([
  ['no message', [], 10, 7, 0],
  ['one yesterday', days(9), 10, 7, 1],
  ['one at the same time', days(10), 10, 7, 1],
  ['a week to the moment is over', days(3), 10, 7, 0],
  ['a millisecond less is not', [3 * DAY + 1], 10, 7, 1],
  ['a planned one counts', days(12), 10, 7, 1],
  ['before and after in one week', days(8, 12), 10, 7, 2],
  ['before and after, but never in one week together', days(5, 15), 10, 7, 1],
  ['three of a day', days(9.2, 9.5, 9.9), 10, 1, 3],
])('%s', (_name, times, at, length, expected) => {
  expect(messagesAround(times, at * DAY, length)).toBe(expected)
})

it('is the most that any stretch holds, tried one by one', () => {
  const hour = DAY / 24
  const times = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 8 })
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 3 }), (hours, at, length) => {
      const starts = Array.from({ length: length * 24 }, (_, back) => at - back)
      const expected = starts.map((start) => hours.filter((one) => one >= start && one < start + length * 24).length)
      const found = messagesAround(
        hours.map((one) => one * hour),
        at * hour,
        length,
      )
      expect(found).toBe(Math.max(...expected))
    }),
  )
})

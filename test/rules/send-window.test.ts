import { describe, expect, test } from 'vitest'
import { minutesOf, type Weekday } from '../../core/rules/local-time.ts'
import { DAY_MINUTES, daysWords, inSendWindow } from '../../core/rules/send-window.ts'

describe('inSendWindow', () => {
  const friday = 5
  test.each<[string, readonly Weekday[], string, string, number, string, boolean]>([
    ['inside', ['friday'], '09:00', '17:00', friday, '09:00', true],
    ['at its end', ['friday'], '09:00', '17:00', friday, '17:00', false],
    ['another day', ['friday'], '09:00', '17:00', friday + 1, '10:00', false],
    ['over midnight, the evening', ['friday'], '20:00', '02:00', friday, '23:59', true],
    ['over midnight, the morning after', ['friday'], '20:00', '02:00', friday + 1, '01:59', true],
    ['over midnight, the morning before', ['friday'], '20:00', '02:00', friday, '01:59', false],
    ['over midnight from a Sunday', ['sunday'], '20:00', '02:00', 1, '01:00', true],
    ['over midnight, to a Sunday', ['saturday'], '20:00', '02:00', 7, '01:00', true],
  ])('%s', (_name, days, from, to, weekday, clock, expected) => {
    const local = { day: '2026-03-06', weekday, minutes: minutesOf(clock) }
    expect(inSendWindow(local, { days, from: minutesOf(from), to: minutesOf(to) })).toBe(expected)
  })

  test('a whole day has its last minute', () => {
    const local = { day: '2026-03-06', weekday: friday, minutes: DAY_MINUTES - 1 }
    expect(inSendWindow(local, { days: ['friday'], from: 0, to: DAY_MINUTES })).toBe(true)
  })
})

test.each<[readonly Weekday[], string]>([
  [['monday'], 'Mon'],
  [['tuesday', 'monday'], 'Mon, Tue'],
  [['monday', 'tuesday', 'wednesday', 'friday'], 'Mon–Wed, Fri'],
  [['sunday', 'saturday', 'monday'], 'Mon, Sat, Sun'],
])('%j is %s', (days, words) => {
  expect(daysWords(days)).toBe(words)
})

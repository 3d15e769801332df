import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it, test } from 'vitest'
import { clockOf, dayAfter, localTime, minutesOf, momentWords, zoneWords } from '../../core/rules/local-time.ts'

describe('localTime', () => {
  test.each<[string, string, string, number, string]>([
    ['2026-03-04T06:05:00Z', 'America/Denver', '2026-03-03', 2, '23:05'],
    ['2026-03-08T09:00:00Z', 'America/Denver', '2026-03-08', 7, '03:00'],
    ['2026-03-04T07:00:00Z', 'Asia/Kathmandu', '2026-03-04', 3, '12:45'],
    ['2026-03-08T04:59:59Z', 'America/Havana', '2026-03-07', 6, '23:59'],
    ['2026-03-08T05:00:00Z', 'America/Havana', '2026-03-08', 7, '01:00'],
    ['2026-10-03T15:30:00Z', 'Australia/Lord_Howe', '2026-10-04', 7, '02:30'],
    ['1969-12-31T23:59:00Z', 'UTC', '1969-12-31', 3, '23:59'],
  ])('%s in %s', (at, zone, day, weekday, clock) => {
    expect(localTime(new Date(at), zone)).toEqual({ day, weekday, minutes: minutesOf(clock) })
  })

  it('knows nothing of a zone that nobody knows', () => {
    expect(localTime(new Date(), 'Moon/Tranquility')).toBeNull()
  })

  it('agrees with luxon', () => {
    const zone = fc.constantFrom(
      'America/Havana',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'Europe/Berlin',
      'Asia/Kathmandu',
    )
    const at = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(at, zone, (time, where) => {
        const there = DateTime.fromJSDate(time, { zone: where })
        const expected = { day: there.toISODate(), weekday: there.weekday, minutes: there.hour * 60 + there.minute }
        expect(localTime(time, where)).toEqual(expected)
      }),
    )
  })
})

test.each([
  ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
  ['Europe/Berlin', 'Berlin'],
  ['UTC', 'UTC'],
])('%s is %s', (zone, words) => {
  expect(zoneWords(zone)).toBe(words)
})

test.each([
  ['en-US', 'Wed, Mar 4, 10:00'],
  ['de-DE', 'Mi., 4. März, 10:00'],
])('a moment in %s: %s', (locale, words) => {
  expect(momentWords(new Date('2026-03-04T17:00:00Z'), 'America/Denver', locale)).toBe(words)
})

it('counts days over the end of a year, and minutes after midnight', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29')
  expect(clockOf(minutesOf('08:05'))).toBe('08:05')
})

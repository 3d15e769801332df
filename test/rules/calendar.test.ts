import { describe, expect, it, test } from 'vitest'
import {
  addWorkingDays,
  clockTime,
  daysLeft,
  dayWindow,
  inDailyWindow,
  tomorrowMorning,
} from '../../core/rules/calendar.ts'

const DENVER = 'America/Denver'
const SANTIAGO = 'America/Santiago'
const HOUR = 3_600_000

describe('dayWindow', () => {
  test.each([
    [
      'an ordinary day',
      '2026-03-04T17:00:00Z',
      DENVER,
      '2026-03-04',
      '2026-03-04T07:00:00Z',
      '2026-03-05T07:00:00Z',
      24,
    ],
    [
      'its first moment',
      '2026-03-04T07:00:00Z',
      DENVER,
      '2026-03-04',
      '2026-03-04T07:00:00Z',
      '2026-03-05T07:00:00Z',
      24,
    ],
    [
      'the moment before it',
      '2026-03-04T06:59:59.999Z',
      DENVER,
      '2026-03-03',
      '2026-03-03T07:00:00Z',
      '2026-03-04T07:00:00Z',
      24,
    ],
    [
      'clocks go forward',
      '2026-03-08T20:00:00Z',
      DENVER,
      '2026-03-08',
      '2026-03-08T07:00:00Z',
      '2026-03-09T06:00:00Z',
      23,
    ],
    [
      'clocks go back',
      '2026-11-01T20:00:00Z',
      DENVER,
      '2026-11-01',
      '2026-11-01T06:00:00Z',
      '2026-11-02T07:00:00Z',
      25,
    ],
    [
      'the hour that comes twice, the second time',
      '2026-11-01T08:30:00Z',
      DENVER,
      '2026-11-01',
      '2026-11-01T06:00:00Z',
      '2026-11-02T07:00:00Z',
      25,
    ],
    [
      'a day without a midnight',
      '2026-09-06T12:00:00Z',
      SANTIAGO,
      '2026-09-06',
      '2026-09-06T04:00:00Z',
      '2026-09-07T03:00:00Z',
      23,
    ],
    [
      'the day before it',
      '2026-09-05T12:00:00Z',
      SANTIAGO,
      '2026-09-05',
      '2026-09-05T04:00:00Z',
      '2026-09-06T04:00:00Z',
      24,
    ],
    [
      'a day whose last hour comes twice',
      '2026-04-05T03:30:00Z',
      SANTIAGO,
      '2026-04-04',
      '2026-04-04T03:00:00Z',
      '2026-04-05T04:00:00Z',
      25,
    ],
    [
      'a zone a quarter of an hour off',
      '2026-03-04T18:15:00Z',
      'Asia/Kathmandu',
      '2026-03-05',
      '2026-03-04T18:15:00Z',
      '2026-03-05T18:15:00Z',
      24,
    ],
    ['UTC', '2026-03-04T23:59:59Z', 'UTC', '2026-03-04', '2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z', 24],
  ])('%s', (_name, at, zone, day, startsAt, endsAt, hours) => {
    const window = dayWindow(new Date(at), zone)
    expect(window).toEqual({ name: day, startsAt: new Date(startsAt), endsAt: new Date(endsAt) })
    expect((window.endsAt.getTime() - window.startsAt.getTime()) / HOUR).toBe(hours)
  })
})

describe('inDailyWindow', () => {
  /** In Denver's winter, seven hours behind UTC. */
  const at = (clock: string): Date => new Date(`2026-03-04T${clock}:00-07:00`)

  test.each([
    ['09:00', '17:00', '08:59', false],
    ['09:00', '17:00', '09:00', true],
    ['09:00', '17:00', '16:59', true],
    ['09:00', '17:00', '17:00', false],
    ['22:00', '07:00', '21:59', false],
    ['22:00', '07:00', '22:00', true],
    ['22:00', '07:00', '23:59', true],
    ['22:00', '07:00', '00:00', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['22:00', '07:00', '12:00', false],
    ['00:00', '23:59', '23:59', false],
    ['00:00', '23:59', '00:00', true],
    ['22:00', '22:00', '22:00', false],
    ['22:00', '22:00', '12:00', false],
  ])('%s to %s at %s: %s', (from, to, clock, expected) => {
    expect(inDailyWindow(at(clock), DENVER, from, to)).toBe(expected)
  })

  it('counts the whole last minute of the window', () => {
    expect(inDailyWindow(new Date('2026-03-04T06:59:59.999-07:00'), DENVER, '22:00', '07:00')).toBe(true)
  })

  test.each([
    ['when clocks go forward, 01:59 is followed by 03:00', '2026-03-08T08:59:00Z', true],
    ['and 03:00 is out', '2026-03-08T09:00:00Z', false],
    ['when clocks go back, 01:30 is in', '2026-11-01T07:30:00Z', true],
    ['and in once more', '2026-11-01T08:30:00Z', true],
    ['until it is 03:00', '2026-11-01T10:00:00Z', false],
  ])('%s', (_name, time, expected) => {
    expect(inDailyWindow(new Date(time), DENVER, '01:00', '03:00')).toBe(expected)
  })
})

test.each([
  ['2026-03-04T06:05:00Z', DENVER, '23:05'],
  ['2026-03-08T09:00:00Z', DENVER, '03:00'],
  ['2026-03-04T07:00:00Z', DENVER, '00:00'],
  ['2026-03-04T07:00:00Z', 'Asia/Kathmandu', '12:45'],
])('%s in %s is %s', (at, zone, clock) => {
  expect(clockTime(new Date(at), zone)).toBe(clock)
})

test.each([
  ['in the morning', '2026-03-04T17:00:00Z', '2026-03-05T16:00:00Z'],
  ['just before midnight', '2026-03-05T06:59:00Z', '2026-03-05T16:00:00Z'],
  ['just after midnight', '2026-03-05T07:00:00Z', '2026-03-06T16:00:00Z'],
  ['before clocks go forward', '2026-03-07T18:00:00Z', '2026-03-08T15:00:00Z'],
  ['before clocks go back', '2026-10-31T18:00:00Z', '2026-11-01T16:00:00Z'],
  ['in the night before clocks go forward', '2026-03-08T06:30:00Z', '2026-03-08T15:00:00Z'],
  ['in the night in which they go back', '2026-11-01T06:30:00Z', '2026-11-02T16:00:00Z'],
  ['at the end of a year', '2026-12-31T18:00:00Z', '2027-01-01T16:00:00Z'],
])('tomorrow morning, %s', (_name, at, expected) => {
  expect(tomorrowMorning(new Date(at), DENVER)).toEqual(new Date(expected))
})

test.each([
  ['none', '2026-03-04T17:00:00Z', 0, '2026-03-04T17:00:00Z'],
  ['one from a Wednesday', '2026-03-04T17:00:00Z', 1, '2026-03-05T17:00:00Z'],
  ['two from a Wednesday', '2026-03-04T17:00:00Z', 2, '2026-03-06T17:00:00Z'],
  ['one from a Friday, and clocks go forward on the Sunday', '2026-03-06T17:00:00Z', 1, '2026-03-09T16:00:00Z'],
  ['one from a Saturday', '2026-03-14T16:00:00Z', 1, '2026-03-16T16:00:00Z'],
  ['one from a Sunday', '2026-03-15T16:00:00Z', 1, '2026-03-16T16:00:00Z'],
  ['three from a Thursday', '2026-03-12T16:00:00Z', 3, '2026-03-17T16:00:00Z'],
  ['five from a Monday', '2026-03-16T16:00:00Z', 5, '2026-03-23T16:00:00Z'],
  ['ten from a Monday', '2026-03-16T16:00:00Z', 10, '2026-03-30T16:00:00Z'],
  ['a Friday in Denver that is a Saturday in UTC', '2026-03-14T05:00:00Z', 1, '2026-03-17T05:00:00Z'],
])('working days: %s', (_name, at, days, expected) => {
  expect(addWorkingDays(new Date(at), days, DENVER)).toEqual(new Date(expected))
})

test.each<['day' | 'week' | 'month', string, number]>([
  ['day', '2026-03-08T07:30:00Z', 1],
  // Sunday, 8 March: the clocks go forward.
  ['week', '2026-03-08T07:30:00Z', 1],
  ['month', '2026-03-08T07:30:00Z', 24],
  ['month', '2026-03-08T06:59:59Z', 25],
  ['month', '2026-11-01T06:00:00Z', 30],
  ['month', '2026-11-01T05:59:59Z', 1],
  ['week', '2026-11-01T06:00:00Z', 1],
  ['month', '2028-02-01T12:00:00Z', 29],
])('of a %s, at %s, %i days are left', (unit, at, expected) => {
  expect(daysLeft(unit, new Date(at), 'America/Denver')).toBe(expected)
})

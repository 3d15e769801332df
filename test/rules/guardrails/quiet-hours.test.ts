import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { quietHours } from '../../../core/rules/guardrails/quiet-hours.ts'
import { localTime, minutesOf } from '../../../core/rules/local-time.ts'
import { place } from '../../support/guardrail-subject.ts'
import { judge, told } from '../../support/judge.ts'

const night = { from: '21:00', to: '08:00' }
const said = (plannedAt: string, rule: object = night, zones: readonly string[] | null = null) =>
  told(judge(quietHours, [rule], { plannedAt: new Date(plannedAt), zones }))

describe('in the workspace’s zone', () => {
  test.each<[string, string, string | null]>([
    ['by day', '2026-03-04T10:00:00-07:00', null],
    ['a minute before', '2026-03-04T20:59:59-07:00', null],
    [
      'at their beginning',
      '2026-03-04T21:00:00-07:00',
      'It would reach people at 21:00; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
    ],
    [
      'after midnight',
      '2026-03-05T03:30:00-07:00',
      'It would reach people at 03:30; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
    ],
    ['at their end', '2026-03-05T08:00:00-07:00', null],
    ['in the workspace’s zone, not in UTC', '2026-03-04T22:00:00Z', null],
    [
      'on the morning on which clocks went forward',
      '2026-03-08T13:59:00Z',
      'It would reach people at 07:59; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
    ],
    ['and a minute later', '2026-03-08T14:00:00Z', null],
  ])('%s', (_name, plannedAt, text) => {
    expect(said(plannedAt)).toEqual(text === null ? [] : [['quiet_hours', 'ask', text]])
  })

  it('blocks where the policy says so', () => {
    expect(said('2026-03-04T23:00:00-07:00', { ...night, outcome: 'block' })).toEqual([
      ['quiet_hours', 'block', expect.stringContaining('23:00')],
    ])
  })

  it('does not mind what reaches nobody', () => {
    const given = { plannedAt: new Date('2026-03-04T23:00:00-07:00'), reachesPeople: false }
    expect(judge(quietHours, [night], given)).toEqual([])
  })

  it('is never on where it begins and ends at the same time', () => {
    expect(said('2026-03-04T21:00:00-07:00', { ...night, to: '21:00' })).toEqual([])
  })
})

describe('in the zones of the recipients', () => {
  test.each<[string, string, readonly string[] | null, object, string | null]>([
    ['by day there, by night here', '2026-03-05T10:00:00Z', ['Europe/Berlin'], {}, null],
    [
      'by night there, by day here',
      '2026-03-04T22:30:00Z',
      ['Europe/Berlin'],
      {},
      'It would reach people at 23:30 in Berlin; quiet hours are 21:00 to 08:00. From 08:00 in Berlin on it would pass.',
    ],
    [
      'only the workspace’s, where the policy wants that',
      '2026-03-04T22:30:00Z',
      ['Europe/Berlin'],
      { zone: 'workspace' },
      null,
    ],
    [
      'by night in one of several',
      '2026-03-05T04:30:00Z',
      ['America/Los_Angeles', 'America/New_York', 'America/Chicago'],
      {},
      'It would reach people at 23:30 in New York and 1 more; quiet hours are 21:00 to 08:00. From Thu, Mar 5, 09:00 on it would pass.',
    ],
    [
      'where no hour suits all',
      '2026-03-04T17:00:00Z',
      ['America/Denver', 'Asia/Tokyo', 'Europe/Berlin'],
      {},
      'It would reach people at 02:00 in Tokyo; quiet hours are 21:00 to 08:00. Sent zone by zone it would pass.',
    ],
    ['not known: the workspace’s stands in', '2026-03-04T17:00:00Z', null, {}, null],
    [
      'not known, and the policy wants them',
      '2026-03-04T17:00:00Z',
      null,
      { zone: 'recipient' },
      'In which time zones people would be reached is not known; quiet hours are 21:00 to 08:00 there. A person decides.',
    ],
    [
      'not known, and by night here too',
      '2026-03-05T06:00:00Z',
      null,
      { zone: 'recipient' },
      'It would reach people at 23:00; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
    ],
    [
      'none, and the policy wants them',
      '2026-03-04T17:00:00Z',
      [],
      { zone: 'recipient' },
      'In which time zones people would be reached is not known; quiet hours are 21:00 to 08:00 there. A person decides.',
    ],
    [
      'one that nobody knows',
      '2026-03-04T17:00:00Z',
      ['America/Denver', 'Moon/Tranquility'],
      {},
      'In which time zones people would be reached is not known; quiet hours are 21:00 to 08:00 there. A person decides.',
    ],
  ])('%s', (_name, plannedAt, zones, rule, text) => {
    expect(said(plannedAt, { ...night, ...rule }, zones).map(([, , one]) => one)).toEqual(text === null ? [] : [text])
  })

  it('asks where a zone is not known, even if quiet hours block', () => {
    const rule = { ...night, zone: 'recipient', outcome: 'block' }
    expect(said('2026-03-04T17:00:00Z', rule)).toEqual([['quiet_hours.unknown', 'ask', expect.any(String)]])
  })
})

describe('on the days on which clocks change', () => {
  test.each<[string, string, string, { from: string; to: string }, string | null]>([
    // Havana skips from 00:00 to 01:00 on 8 March 2026, and has 00:00 to 01:00 twice on 1 November.
    [
      'Havana, the last minute before midnight is skipped',
      'America/Havana',
      '2026-03-08T04:59:00Z',
      { from: '23:00', to: '00:30' },
      '01:00',
    ],
    ['Havana, from 01:00 on', 'America/Havana', '2026-03-08T05:00:00Z', { from: '23:00', to: '00:30' }, null],
    ['Havana, the first 00:15', 'America/Havana', '2026-11-01T04:15:00Z', { from: '23:00', to: '00:30' }, '00:30'],
    ['Havana, the first 00:45', 'America/Havana', '2026-11-01T04:45:00Z', { from: '23:00', to: '00:30' }, null],
    ['Havana, the second 00:15', 'America/Havana', '2026-11-01T05:15:00Z', { from: '23:00', to: '00:30' }, '00:30'],
    // Beirut skips from 00:00 to 01:00 on 29 March 2026, and has 23:00 to 24:00 twice on 24 October.
    ['Beirut, the end does not exist', 'Asia/Beirut', '2026-03-28T21:30:00Z', { from: '22:00', to: '00:15' }, '01:00'],
    ['Beirut, the first 23:30', 'Asia/Beirut', '2026-10-24T20:30:00Z', { from: '22:00', to: '00:15' }, '00:15'],
    ['Beirut, the second 23:30', 'Asia/Beirut', '2026-10-24T21:30:00Z', { from: '22:00', to: '00:15' }, '00:15'],
    ['Beirut, the end comes twice', 'Asia/Beirut', '2026-10-24T20:10:00Z', { from: '22:00', to: '23:20' }, '23:20'],
    ['Beirut, quiet again after it', 'Asia/Beirut', '2026-10-24T21:10:00Z', { from: '22:00', to: '23:20' }, '23:20'],
    // Lord Howe moves half an hour: 02:00 to 02:30 on 4 October 2026, and 02:00 back to 01:30 on 5 April.
    [
      'Lord Howe, the end does not exist',
      'Australia/Lord_Howe',
      '2026-10-03T15:00:00Z',
      { from: '22:00', to: '02:10' },
      '02:30',
    ],
    [
      'Lord Howe, the second 01:45',
      'Australia/Lord_Howe',
      '2026-04-04T15:15:00Z',
      { from: '22:00', to: '02:10' },
      '02:10',
    ],
    // Denver, where 02:30 is skipped on 8 March and 01:30 comes twice on 1 November.
    [
      'Denver, the end does not exist',
      'America/Denver',
      '2026-03-08T08:30:00Z',
      { from: '22:00', to: '02:30' },
      '03:00',
    ],
    ['Denver, out at the first 01:30', 'America/Denver', '2026-11-01T07:30:00Z', { from: '22:00', to: '01:30' }, null],
    [
      'Denver, in again at the second 01:00',
      'America/Denver',
      '2026-11-01T08:00:00Z',
      { from: '22:00', to: '01:30' },
      '01:30',
    ],
  ])('%s', (_name, zone, plannedAt, rule, passesFrom) => {
    const reasons = said(plannedAt, rule, [zone])
    expect(reasons.map(([, , text]) => / From (\d\d:\d\d) /.exec(text)?.[1])).toEqual(
      passesFrom === null ? [] : [passesFrom],
    )
  })

  it('lets the time pass that it names, and nothing before it', () => {
    const clock = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
    const zone = fc.constantFrom(
      'America/Havana',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Europe/Berlin',
      'Asia/Kathmandu',
    )
    const changes = [
      '2026-03-08',
      '2026-11-01',
      '2026-03-28',
      '2026-10-24',
      '2026-04-04',
      '2026-10-03',
      '2026-09-06',
      '2026-03-29',
      '2026-07-01',
    ]
    const at = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -1440, max: 2880 }))
      .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000))
    fc.assert(
      fc.property(clock, clock, zone, at, (from, to, where, plannedAt) => {
        const [start, end] = [minutesOf(from), minutesOf(to)]
        const isQuiet = (time: Date): boolean => {
          const minutes = localTime(time, where)?.minutes ?? -1
          return start < end ? minutes >= start && minutes < end : start > end && (minutes >= start || minutes < end)
        }
        const reasons = judge(quietHours, [{ from, to }], { plannedAt, zones: [where] })
        expect(reasons.length).toBe(isQuiet(plannedAt) ? 1 : 0)
        let later = plannedAt
        while (isQuiet(later)) later = new Date(Math.floor(later.getTime() / 60_000) * 60_000 + 60_000)
        const first = reasons.length === 0 ? undefined : localTime(later, where)?.minutes
        const named = / From (\d\d:\d\d) /.exec(reasons[0]?.text ?? '')?.[1]
        expect(named === undefined ? undefined : minutesOf(named)).toBe(first)
      }),
      { numRuns: 60 },
    )
  })
})

it('names a zone that is not the workspace’s, whatever the place is called', () => {
  const at = { ...place, zone: 'Asia/Tokyo' }
  const given = { plannedAt: new Date('2026-03-04T17:00:00Z'), zones: null }
  expect(judge(quietHours, [night], given, {}, at)[0]?.text).toBe(
    'It would reach people at 02:00; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
  )
})

import fc from 'fast-check'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { sendWindows } from '../../../core/rules/guardrails/send-windows.ts'
import { loadHolidays } from '../../../core/rules/holidays.ts'
import { WEEKDAYS } from '../../../core/rules/local-time.ts'
import { place } from '../../support/guardrail-subject.ts'
import { judge, told } from '../../support/judge.ts'
import { office, said, texts } from '../../support/send-windows.ts'

beforeAll(loadHolidays)

describe('weekdays and hours', () => {
  test.each<[string, object, string, string | null]>([
    ['within them', office, '2026-03-04T10:00:00-07:00', null],
    ['as they begin', office, '2026-03-04T09:00:00-07:00', null],
    [
      'as they end',
      office,
      '2026-03-04T17:00:00-07:00',
      'It would go out on Wed, Mar 4, 17:00; sends go out Mon–Fri 09:00–17:00. From Thu, Mar 5, 09:00 on it would pass.',
    ],
    [
      'on a Saturday',
      office,
      '2026-11-28T10:00:00-07:00',
      'It would go out on Sat, Nov 28, 10:00; sends go out Mon–Fri 09:00–17:00. From Mon, Nov 30, 09:00 on it would pass.',
    ],
    [
      'on a Saturday after which clocks go forward',
      office,
      '2026-03-07T10:00:00-07:00',
      'It would go out on Sat, Mar 7, 10:00; sends go out Mon–Fri 09:00–17:00. From Mon, Mar 9, 09:00 on it would pass.',
    ],
    ['days without hours', { windows: [{ days: ['wednesday'] }] }, '2026-03-04T23:59:00-07:00', null],
    [
      'hours without days',
      { windows: [{ from: '09:00', to: '17:00' }] },
      '2026-03-07T08:00:00-07:00',
      'It would go out on Sat, Mar 7, 08:00; sends go out daily 09:00–17:00. From Sat, Mar 7, 09:00 on it would pass.',
    ],
    [
      'one of several',
      { windows: [{ days: ['monday'], from: '06:00', to: '08:00' }, ...office.windows] },
      '2026-03-09T07:00:00-06:00',
      null,
    ],
    [
      'none of several',
      { windows: [{ days: ['monday', 'tuesday', 'friday'], from: '06:00', to: '08:00' }, ...office.windows] },
      '2026-03-11T07:00:00-06:00',
      'It would go out on Wed, Mar 11, 07:00; sends go out Mon, Tue, Fri 06:00–08:00, Mon–Fri 09:00–17:00. From Wed, Mar 11, 09:00 on it would pass.',
    ],
    [
      'a Friday night is Saturday morning',
      { windows: [{ days: ['friday'], from: '20:00', to: '02:00' }] },
      '2026-03-07T01:30:00-07:00',
      null,
    ],
    [
      'and not the morning of the Friday',
      { windows: [{ days: ['friday'], from: '20:00', to: '02:00' }] },
      '2026-03-06T01:30:00-07:00',
      'It would go out on Fri, Mar 6, 01:30; sends go out Fri 20:00–02:00. From Fri, Mar 6, 20:00 on it would pass.',
    ],
    [
      'a Sunday night is Monday morning',
      { windows: [{ days: ['sunday'], from: '20:00', to: '02:00' }] },
      '2026-03-09T01:30:00-06:00',
      null,
    ],
    [
      'a window whose beginning does not exist that day',
      { windows: [{ days: ['sunday'], from: '02:15', to: '05:00' }] },
      '2026-03-08T01:30:00-07:00',
      'It would go out on Sun, Mar 8, 01:30; sends go out Sun 02:15–05:00. From Sun, Mar 8, 03:00 on it would pass.',
    ],
    [
      'a window that does not exist that day',
      { windows: [{ days: ['sunday'], from: '02:15', to: '02:45' }] },
      '2026-03-08T01:30:00-07:00',
      'It would go out on Sun, Mar 8, 01:30; sends go out Sun 02:15–02:45. From Sun, Mar 15, 02:15 on it would pass.',
    ],
    ['no windows', {}, '2026-03-08T01:30:00-07:00', null],
  ])('%s', (_name, rule, plannedAt, text) => {
    expect(texts(rule, plannedAt)).toEqual(text === null ? [] : [text])
  })

  it('with the outcome that the policy names, and never for what reaches nobody', () => {
    expect(said({ ...office, outcome: 'block' }, '2026-03-07T10:00:00-07:00')).toMatchObject([
      { rule: 'send_windows.windows', outcome: 'block' },
    ])
    expect(said(office, '2026-03-07T10:00:00-07:00', { reachesPeople: false })).toEqual([])
  })

  it('of the most specific scope', () => {
    const given = { plannedAt: new Date('2026-03-07T10:00:00-07:00') }
    expect(judge(sendWindows, [{ windows: [{ days: ['saturday'] }] }, office], given)).toEqual([])
    expect(judge(sendWindows, [{ blackouts: [] }, office], given)).toHaveLength(1)
  })
})

describe('in the zones of the recipients', () => {
  test.each<[string, object, string, readonly string[] | null, string | null]>([
    ['fine in both', office, '2026-03-04T16:00:00Z', ['America/New_York', 'America/Denver'], null],
    [
      'too early in one',
      office,
      '2026-03-04T15:00:00Z',
      ['America/New_York', 'America/Denver'],
      'It would go out on Wed, Mar 4, 08:00 in Denver; sends go out Mon–Fri 09:00–17:00. From Wed, Mar 4, 09:00 on it would pass.',
    ],
    [
      'already Saturday there',
      office,
      '2026-03-06T16:30:00Z',
      ['Asia/Tokyo'],
      'It would go out on Sat, Mar 7, 01:30 in Tokyo; sends go out Mon–Fri 09:00–17:00. From Mon, Mar 9, 09:00 on it would pass.',
    ],
    [
      'no hour suits both',
      office,
      '2026-03-04T16:00:00Z',
      ['America/Denver', 'Asia/Tokyo'],
      'It would go out on Thu, Mar 5, 01:00 in Tokyo; sends go out Mon–Fri 09:00–17:00. Sent zone by zone it would pass.',
    ],
    ['not known: the workspace’s', office, '2026-03-04T16:00:00Z', null, null],
    [
      'not known, and wanted',
      { ...office, zone: 'recipient' },
      '2026-03-04T16:00:00Z',
      null,
      'In which time zones people would be reached is not known; sends go out Mon–Fri 09:00–17:00. A person decides.',
    ],
  ])('%s', (_name, rule, plannedAt, zones, text) => {
    expect(texts(rule, plannedAt, { zones })).toEqual(text === null ? [] : [text])
  })
})

describe('refuses', () => {
  test.each<[string, object]>([
    ['half of the hours', { windows: [{ from: '09:00' }] }],
    ['hours of no length', { windows: [{ from: '09:00', to: '09:00' }] }],
    ['no windows', { windows: [] }],
    ['no days', { windows: [{ days: [] }] }],
    ['a day that there is not', { windows: [{ days: ['funday'] }] }],
    ['a date that there is not', { blackouts: [{ from: '2026-02-30', to: '2026-03-01' }] }],
    ['a blackout that ends before it begins', { blackouts: [{ from: '2026-03-02', to: '2026-03-01' }] }],
    ['a country by its name', { holidays: ['Germany'] }],
    ['an unknown field', { hours: [] }],
  ])('%s', (_name, rule) => {
    expect(sendWindows.schema.safeParse(rule).success).toBe(false)
  })
})

it('names a time that passes, before which none does', () => {
  const clock = fc
    .integer({ min: 0, max: 95 })
    .map(
      (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
    )
  const window = fc
    .record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 4 }),
      from: clock,
      to: clock,
    })
    .filter(({ from, to }) => from !== to)
  const zones = fc.uniqueArray(
    fc.constantFrom('America/Havana', 'Asia/Beirut', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
    { minLength: 1, maxLength: 2 },
  )
  const day = fc.constantFrom('2026-03-07', '2026-10-31', '2026-03-28', '2026-10-24', '2026-04-04', '2026-10-03')
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), zones, day, (windows, where, from) => {
      const quarters = Array.from(
        { length: 4 * 24 * 4 },
        (_, index) => new Date(Date.parse(`${from}T00:00:00Z`) + index * 900_000),
      )
      // Within the first quarters of an hour of four days, what is told at the first is where the first passes.
      const [first] = quarters
      if (first === undefined) throw new Error('no quarters')
      const given = (plannedAt: Date) => judge(sendWindows, [{ windows }], { plannedAt, zones: where })
      const passing = quarters.find((at) => given(at).length === 0)
      const zone = where.length === 1 ? where[0] : 'America/Denver'
      const clockThen = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
      const named = / From .*, (\d\d:\d\d) on/.exec(given(first)[0]?.text ?? '')?.[1]
      if (passing === undefined) expect(named === undefined || given(first).length === 1).toBe(true)
      else expect(named).toBe(passing === first ? undefined : clockThen.format(passing))
    }),
    { numRuns: 8 },
  )
})

it('tells them all by a rule of its own', () => {
  const all = [
    said(office, '2026-03-07T10:00:00-07:00'),
    said({ holidays: ['US'] }, '2026-11-26T10:00:00-07:00'),
    said({ blackouts: [{ from: '2026-03-07', to: '2026-03-07' }] }, '2026-03-07T10:00:00-07:00'),
    said({ ...office, zone: 'recipient' }, '2026-03-04T16:00:00Z'),
  ]
  expect(all.flatMap(told).map(([rule]) => rule)).toEqual([
    'send_windows.windows',
    'send_windows.holidays',
    'send_windows.blackouts',
    'send_windows.unknown',
  ])
})

describe('a workspace whose zone nobody knows', () => {
  const nowhere = { ...place, zone: 'Mars/Olympus' }
  const then = (given: object) =>
    told(judge(sendWindows, [office], { plannedAt: new Date('2026-03-04T17:00:00Z'), ...given }, {}, nowhere))

  it('asks a person', () => {
    expect(then({ zones: null })).toEqual([
      [
        'send_windows.unknown',
        'ask',
        'What time it is in “Mars/Olympus” is not known; sends go out Mon–Fri 09:00–17:00. A person decides.',
      ],
    ])
  })

  it('does not hide that it is closed where the zone is known', () => {
    expect(then({ zones: ['Asia/Tokyo', 'Mars/Olympus'] })).toMatchObject([
      ['send_windows.windows', 'ask', expect.anything()],
    ])
  })
})

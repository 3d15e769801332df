import { beforeAll, describe, expect, it, test } from 'vitest'
import { sendWindows } from '../../../core/rules/guardrails/send-windows.ts'
import { loadHolidays } from '../../../core/rules/holidays.ts'
import { judge } from '../../support/judge.ts'
import { office, said, texts } from '../../support/send-windows.ts'

beforeAll(loadHolidays)

describe('public holidays', () => {
  test.each<[string, readonly string[], string, object, string | null]>([
    [
      'Thanksgiving',
      ['US'],
      '2026-11-26T10:00:00-07:00',
      {},
      'Thu, Nov 26 is Thanksgiving Day in US, when nothing goes out. From Fri, Nov 27, 00:00 on it would pass.',
    ],
    ['the day after', ['US'], '2026-11-27T00:00:00-07:00', {}, null],
    ['an observance is no holiday', ['US'], '2026-02-14T10:00:00-07:00', {}, null],
    [
      'of a state',
      ['US-CO'],
      '2026-10-05T10:00:00-06:00',
      {},
      'Mon, Oct 5 is Frances Xavier Cabrini Day in US-CO, when nothing goes out. From Tue, Oct 6, 00:00 on it would pass.',
    ],
    ['of another state', ['US-TX'], '2026-10-05T10:00:00-06:00', {}, null],
    [
      'by its English name',
      ['DE-BY'],
      '2026-06-04T10:00:00Z',
      { zones: ['Europe/Berlin'] },
      'Thu, Jun 4 in Berlin is Corpus Christi in DE-BY, when nothing goes out. From Fri, Jun 5, 00:00 on it would pass.',
    ],
    [
      'two days in a row',
      ['DE'],
      '2026-12-25T10:00:00Z',
      { zones: ['Europe/Berlin'] },
      'Fri, Dec 25 in Berlin is Christmas Day in DE, when nothing goes out. From Sun, Dec 27, 00:00 on it would pass.',
    ],
    [
      'of several days, the last',
      ['AE'],
      '2026-03-22T10:00:00Z',
      { zones: ['Asia/Dubai'] },
      expect.stringContaining('Sun, Mar 22 in Dubai is End of Ramadan') as unknown as string,
    ],
    [
      'the same instant is the holiday there and not here',
      ['US'],
      '2026-11-27T05:30:00Z',
      { zones: ['America/New_York', 'America/Denver'] },
      'Thu, Nov 26 in Denver is Thanksgiving Day in US, when nothing goes out. From Fri, Nov 27, 00:00 on it would pass.',
    ],
    [
      'of the regions that it reaches',
      ['recipients'],
      '2026-11-26T17:00:00Z',
      { regions: ['CA-ON', 'us-co'] },
      'Thu, Nov 26 is Thanksgiving Day in US-CO, when nothing goes out. From Fri, Nov 27, 00:00 on it would pass.',
    ],
    ['of regions without that day', ['recipients'], '2026-11-26T17:00:00Z', { regions: ['CA-ON', 'FR-75'] }, null],
    [
      'of regions that are not known',
      ['recipients'],
      '2026-03-04T17:00:00Z',
      { regions: null },
      'In which countries people would be reached is not known, nor their holidays, so a person decides.',
    ],
    [
      'of regions without a code',
      ['recipients'],
      '2026-03-04T17:00:00Z',
      { regions: ['Front Range'] },
      'In which countries people would be reached is not known, nor their holidays, so a person decides.',
    ],
    [
      'of a country that nobody knows',
      ['XX'],
      '2026-03-04T17:00:00Z',
      {},
      'Which days are holidays in XX could not be looked up, so a person decides.',
    ],
  ])('%s', (_name, holidays, plannedAt, given, text) => {
    expect(texts({ holidays }, plannedAt, given)).toEqual(text === null ? [] : [text])
  })

  it('goes on where the windows do', () => {
    expect(texts({ ...office, holidays: ['US'] }, '2026-11-26T10:00:00-07:00')).toEqual([
      'Thu, Nov 26 is Thanksgiving Day in US, when nothing goes out. From Fri, Nov 27, 09:00 on it would pass.',
    ])
  })

  it('of every scope', () => {
    const given = { plannedAt: new Date('2026-11-26T10:00:00-07:00') }
    expect(judge(sendWindows, [{ holidays: [] }, { holidays: ['US'] }], given)).toHaveLength(1)
  })

  it('which cannot be looked up ask at least, and block where the rule does', () => {
    const at = '2026-03-04T17:00:00Z'
    expect(said({ holidays: ['XX'], outcome: 'warn' }, at)).toMatchObject([{ outcome: 'ask' }])
    expect(said({ holidays: ['XX'], outcome: 'block' }, at)).toMatchObject([{ outcome: 'block' }])
  })
})

describe('blackouts', () => {
  const blackouts = [{ from: '2026-11-26', to: '2026-11-29', name: 'Black Friday week' }]

  test.each<[string, object, string, string | null]>([
    [
      'the first day',
      { blackouts },
      '2026-11-26T00:00:00-07:00',
      'Thu, Nov 26 is “Black Friday week”, when nothing goes out. From Mon, Nov 30, 00:00 on it would pass.',
    ],
    [
      'the last minute',
      { blackouts },
      '2026-11-29T23:59:00-07:00',
      'Sun, Nov 29 is “Black Friday week”, when nothing goes out. From Mon, Nov 30, 00:00 on it would pass.',
    ],
    ['after it', { blackouts }, '2026-11-30T00:00:00-07:00', null],
    ['before it', { blackouts }, '2026-11-25T23:59:00-07:00', null],
    [
      'without a name',
      { blackouts: [{ from: '2026-11-26', to: '2026-11-26' }] },
      '2026-11-26T10:00:00-07:00',
      'Thu, Nov 26 is a blackout day, when nothing goes out. From Fri, Nov 27, 00:00 on it would pass.',
    ],
    [
      'longer than anybody looks ahead',
      { blackouts: [{ from: '2026-01-01', to: '2026-12-31', name: 'Sabbatical' }] },
      '2026-03-04T10:00:00-07:00',
      'Wed, Mar 4 is “Sabbatical”, when nothing goes out. No time in the next 35 days would pass.',
    ],
    [
      'to a day that begins at 01:00',
      { blackouts: [{ from: '2026-03-07', to: '2026-03-07' }], zone: 'recipient' },
      '2026-03-07T12:00:00-05:00',
      'Sat, Mar 7 in Havana is a blackout day, when nothing goes out. From Sun, Mar 8, 01:00 on it would pass.',
    ],
  ])('%s', (_name, rule, plannedAt, text) => {
    const zones = 'zone' in rule ? ['America/Havana'] : null
    expect(texts(rule, plannedAt, { zones })).toEqual(text === null ? [] : [text])
  })
})

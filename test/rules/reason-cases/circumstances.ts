import { type Case, long, unbroken } from './case.ts'

const night = new Date('2026-03-05T05:30:00Z')
const saturday = new Date('2026-11-28T15:30:00Z')
const zones = ['America/Argentina/Buenos_Aires', 'America/North_Dakota/New_Salem', 'Antarctica/DumontDUrville']
const atNight = { from: '00:00', to: '23:59' }
const neverOpen = { days: ['tuesday', 'thursday', 'sunday'], from: '03:15', to: '03:45' }
const huge = Number.MAX_SAFE_INTEGER

/** When it goes out, what went before, and what else holds. */
export const CIRCUMSTANCES: Readonly<Record<string, readonly Case[]>> = {
  quiet_hours: [
    { policy: atNight, given: { plannedAt: night }, shows: [/at \d\d:\d\d/, '00:00 to 23:59', /From .+ on it/] },
    {
      policy: atNight,
      given: { plannedAt: night, zones: zones.slice(2) },
      shows: ['in DumontDUrville', '00:00 to 23:59'],
    },
    {
      policy: { from: '00:00', to: '12:30' },
      given: { plannedAt: night, zones },
      shows: [/at \d\d:\d\d/, '00:00 to 12:30'],
    },
    {
      policy: { from: '04:00', to: '04:01', zone: 'recipient' },
      given: { plannedAt: night, zones: null },
      shows: ['not known', '04:00 to 04:01'],
    },
  ],
  send_windows: [
    {
      policy: { windows: [neverOpen] },
      given: { plannedAt: saturday },
      shows: [/on .+, \d\d:\d\d;/, /go out Tue, Thu, Sun/],
    },
    {
      policy: { windows: [neverOpen, { days: ['monday'], from: '03:15', to: '03:45' }] },
      given: { plannedAt: saturday, zones },
      shows: [/on .+, \d\d:\d\d/, /go out Tue/],
    },
    {
      policy: { windows: [{ days: ['saturday', 'sunday'] }], zone: 'recipient' },
      given: { plannedAt: new Date('2026-11-28T18:00:00Z'), zones: null },
      shows: ['not known', 'Sat, Sun'],
    },
    {
      policy: {
        blackouts: [
          { from: '2026-11-01', to: '2027-12-31', name: 'The week of Black Friday, Cyber Monday and everything after' },
        ],
      },
      given: { plannedAt: saturday, zones },
      shows: ['“The week of Black Friday', 'nothing goes out'],
    },
    {
      policy: { holidays: ['ZA'] },
      given: { plannedAt: new Date('2026-09-24T10:00:00Z') },
      shows: ['Heritage Day in ZA'],
    },
    { policy: { holidays: ['recipients'] }, given: { plannedAt: night, regions: [long] }, shows: ['not known'] },
    {
      policy: { holidays: ['XX-ABC-DEF'] },
      given: { plannedAt: night },
      shows: ['XX-ABC-DEF', 'could not be looked up'],
    },
  ],
  rates: [
    ...(['kind', 'category', 'channel', 'agent', 'workspace'] as const).map((of) => ({
      policy: [{ most: huge, per: 'month', of }],
      observed: { runs: { [`${of}/month`]: huge } },
      shows: [/last month: .+;/, /most is .+\. Once/],
    })),
    { policy: [{ most: huge, per: 'month', of: 'kind' }], shows: ['could not be counted', /Up to .+ it/] },
  ],
  duplicates: [
    {
      policy: { days: 365 },
      observed: { sameText: { at: night } },
      shows: [/on .+, \d\d:\d\d\./, '365 days after that'],
    },
    { policy: { days: 365 }, shows: ['within 365 days', 'could not be looked up'] },
  ],
  missed_benchmarks: [
    {
      policy: {},
      observed: {
        missed: [{ metric: 'cost_per_qualified_new_patient_lead_by_a', observed: 1 / 3 + 1e6, ceiling: 1e6 }],
      },
      shows: [/is .+, above its ceiling/, /ceiling of .+\. Until/],
    },
    {
      policy: { outcome: 'block' },
      observed: { missed: [{ metric: 'open_rate', observed: 0.199_999_999_9, floor: 0.2 }] },
      shows: [/open rate is .+, below its floor/, /floor of .+\. Once/],
    },
    { policy: {}, shows: ['could not be looked up'] },
  ],
  new_audience: [
    { policy: {}, observed: { audience: { known: false, channelKnown: true } }, shows: [/Nothing went to “Whitening/] },
    { policy: {}, observed: { audience: { known: true, channelKnown: false } }, shows: ['over the channel email'] },
    { policy: {}, shows: ['could not be looked up'] },
  ],
  confidence: [
    { policy: { ask_below: 1 / 3 }, given: { confidence: 1 / 3 - 1e-12 }, shows: [/is .+ % sure/, /below .+ %/] },
    { policy: { ask_below: 0.6, required: true }, given: { confidence: null }, shows: ['does not say', '60 %'] },
  ],
  conditions: [
    {
      policy: [
        { name: 'Big', if: 'people > 10', outcome: 'ask', says: 'It reaches many. Up to ten people it would pass.' },
      ],
      shows: ['It reaches many', 'Up to ten'],
    },
    {
      policy: [{ name: long.slice(0, 60), if: 'list_share > 0.1', outcome: 'ask', says: 'x' }],
      given: { listSize: null },
      shows: [/rule “Whitening/, 'the share of the list is not known'],
    },
    {
      policy: [
        { name: unbroken.slice(0, 60), if: 'text.matches("(?:[ab]*a[ab]{5}){8}[^abx]")', outcome: 'ask', says: 'x' },
      ],
      given: { texts: ['a'.repeat(5_000_000)] },
      shows: [/rule “Donau/, 'too long'],
    },
  ],
  agent_question: [{ given: { question: long }, shows: [/asks: “Whitening/] }],
  rejected_before: [
    {
      observed: { rejected: { by: long, at: night, why: long } },
      shows: [/^Whitening/, /on .+, \d\d:\d\d/, /“Whitening/],
    },
    { observed: { rejected: { by: unbroken, at: night, why: unbroken } }, shows: [/^Donau/, /“Donau/] },
    { shows: ['could not be looked up'] },
  ],
}

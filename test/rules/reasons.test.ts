import { beforeAll, describe, expect, it } from 'vitest'
import type { Reason } from '../../core/domain/verdict.ts'
import { ALWAYS } from '../../core/rules/always.ts'
import type { Guardrail, Observed, Place, Section, Subject } from '../../core/rules/guardrails/guardrail.ts'
import { loadHolidays } from '../../core/rules/holidays.ts'
import { SECTIONS } from '../../core/rules/sections.ts'
import { subject } from '../support/guardrail-subject.ts'

/**
 * What makes a rule speak, and the words in which it has to name what was observed and the limit (`shows`), whatever
 * the rest of the action is called. A new rule: one entry here, with a case for each of its reasons.
 */
type Case = {
  readonly policy?: unknown
  readonly given?: Partial<Subject>
  readonly observed?: Observed
  readonly shows: readonly (string | RegExp)[]
}

const long = 'Whitening Week 🎉 für Stammpatientinnen und -patienten, '.repeat(12).slice(0, 200)
const unbroken = 'Donaudampfschifffahrtsgesellschaft'.repeat(12).slice(0, 200)
const night = new Date('2026-03-05T05:30:00Z')
const saturday = new Date('2026-11-28T15:30:00Z')
const zones = ['America/Argentina/Buenos_Aires', 'America/North_Dakota/New_Salem', 'Antarctica/DumontDUrville']
const atNight = { from: '00:00', to: '23:59' }
const neverOpen = { days: ['tuesday', 'thursday', 'sunday'], from: '03:15', to: '03:45' }
const huge = Number.MAX_SAFE_INTEGER

const CASES: Readonly<Record<string, readonly Case[]>> = {
  kinds: [
    { policy: { deny: ['*'] }, shows: [/^“Whitening/, 'not allowed'] },
    { policy: { allow: [] }, shows: [/^“Whitening/, 'not among the allowed'] },
  ],
  channels: [{ policy: { allow: ['crm', 'site', 'ads', 'social'] }, shows: ['email', 'crm, site, ads, social'] }],
  blocked_words: [
    {
      policy: [`${'free '.repeat(39)}free`],
      given: { texts: ['free '.repeat(50)] },
      shows: [/“free/, 'must not go out'],
    },
  ],
  always_a_person: [
    { policy: {}, given: { texts: [`Our new prices, ${long}`] }, shows: [/“new prices”/, 'a pricing change'] },
    {
      policy: { key_accounts: [long.slice(0, 190)] },
      given: { texts: [long] },
      shows: [/^“Whitening/, 'a key account'],
    },
  ],
  personal_data: [
    {
      policy: {},
      given: { texts: [`${long} 4111 1111 1111 1111`], people: 5 },
      shows: ['a card number', 'to its readers'],
    },
  ],
  topics: [
    {
      policy: [{ name: long.slice(0, 60), words: ['whitening'] }],
      given: { texts: ['All about Whitening'] },
      shows: [/says “/, /the topic “Whitening/],
    },
    {
      policy: [{ name: unbroken.slice(0, 60), words: ['whitening'], outcome: 'ask' }],
      given: { texts: ['All about Whitening'] },
      shows: [/the topic “Donau/, 'a person decides'],
    },
  ],
  claims: [
    {
      policy: [{ says: [unbroken.slice(0, 100)], outcome: 'block' }],
      given: { texts: [unbroken.slice(0, 100)] },
      shows: [/claims “Donau/, 'not allowed here'],
    },
  ],
  wording: [
    { policy: { required: [long.slice(0, 150)] }, given: { texts: ['x'] }, shows: [/nowhere shows “Whitening/] },
    {
      policy: { forbidden: ['whitening'] },
      given: { texts: [long] },
      shows: [/says “whitening”/i, 'not your brand’s wording'],
    },
  ],
  patterns: [
    {
      policy: [{ name: long.slice(0, 40), pattern: '\\w{30,}' }],
      given: { texts: [unbroken] },
      shows: [/says “Donau/, /rule “Whitening/],
    },
  ],
  profanity: [{ policy: {}, given: { texts: [`What a shit day. ${long}`] }, shows: ['swears', '“s…t”'] }],
  link_domains: [
    {
      policy: { allow: ['smile-dental.com'] },
      given: { texts: [`https://${'a'.repeat(60)}.${'b'.repeat(60)}.com/x`] },
      shows: ['link leads to', /“/],
    },
    { policy: {}, given: { texts: ['https://bit.ly/x'] }, shows: ['“bit.ly”', 'nobody can see'] },
  ],
  languages: [
    {
      policy: { allow: ['en'] },
      given: { texts: ['Wir freuen uns sehr auf Ihren Besuch in unserer Praxis am kommenden Montag'] },
      shows: ['is German', 'in English'],
    },
  ],
  reading_level: [
    {
      policy: { max_grade: 1, min_words: 10 },
      given: {
        texts: [
          'Notwithstanding considerable organisational complications, comprehensive prophylactic examinations remain indispensable for everybody concerned about dental responsibilities.',
        ],
      },
      shows: [/school years|LIX/, 'your limit is 1'],
    },
  ],
  tone: [
    {
      policy: { max_exclamation_marks: 0 },
      given: { texts: ['Now! Here! Today!'] },
      shows: ['3 exclamation marks', 'allows 0'],
    },
  ],
  judge: [
    {
      policy: { brand: long },
      observed: { judge: { isSetUp: true, byBrand: new Map([[long.trim(), { fits: false, says: long }]]) } },
      shows: [/brand voice: “Whitening/],
    },
    {
      policy: { brand: 'x', outcome: 'block' },
      observed: { judge: { isSetUp: true, byBrand: new Map([['x', { fits: false, says: unbroken }]]) } },
      shows: [/brand voice: “Donau/],
    },
    {
      policy: { brand: 'x' },
      observed: { judge: { isSetUp: true, byBrand: new Map([['x', { fits: false, says: '' }]]) } },
      shows: ['does not fit your brand voice.'],
    },
    { policy: { brand: long }, shows: ['could not run', 'no answer'] },
    {
      policy: { brand: long },
      observed: { judge: { isSetUp: false, byBrand: new Map() } },
      shows: ['could not run', 'no model is set up'],
    },
    {
      policy: { brand: long },
      given: { texts: ['a'.repeat(1_000_001)] },
      shows: [/could not run on .+ characters/, /up to .+ it would/],
    },
  ],
  amount: [
    { policy: { cap: huge - 1 }, given: { amountMinor: huge }, shows: [/costs .+;/, /cost .+ at most/] },
    { policy: { ask_above: huge - 1 }, given: { amountMinor: huge }, shows: [/costs .+;/, /above .+ a person/] },
    {
      policy: { cap: 1_000_000_000 },
      given: { amountMinor: 30_000_000_000, perDayMinor: 1_000_000_000 },
      shows: [/in 30 days \(.+ a day\);/, /cost .+ at most/],
    },
    {
      policy: { ask_above: huge - 1 },
      given: { amountMinor: huge, perDayMinor: huge },
      shows: [/in 30 days \(.+ a day\);/, /above .+ a person/],
    },
  ],
  exposure: [
    {
      policy: { people: { cap: huge - 1 } },
      given: { people: huge },
      shows: [/reaches .+ people/, /reach .+ at most/],
    },
    {
      policy: { people: { ask_above: huge - 1 } },
      given: { people: huge },
      shows: [/reaches .+ people/, /above .+ a person/],
    },
    {
      policy: { list_share: { cap: 0.3333333333333333 } },
      given: { people: huge - 1, listSize: huge },
      shows: [/reaches .+ % of the list/, /at most .+ %/],
    },
    {
      policy: { list_share: { ask_above: 0.3333333333333333 } },
      given: { people: huge - 1, listSize: huge },
      shows: [/reaches .+ % of the list/, /above .+ % a person/],
    },
    { policy: { list_share: { cap: 1 / 3 } }, given: { listSize: null }, shows: ['could not be found out', '%'] },
  ],
  regions: [
    {
      policy: { allow: [long, unbroken] },
      given: { regions: [unbroken.slice(1)] },
      shows: [/reaches “.+”/, /regions: .+\./],
    },
    {
      policy: { allow: ['Utah', 'Ohio', 'Iowa', 'Maine'] },
      given: { regions: [long] },
      shows: [/reaches “.+”/, 'Utah, Ohio, Iowa, Maine'],
    },
    { policy: { deny: [long] }, given: { regions: [long] }, shows: [/reaches “.+”/, 'nothing may go out'] },
    { policy: { deny: [long] }, given: { regions: null }, shows: ['not known', 'limited'] },
  ],
  segments: [
    {
      policy: { allow: [unbroken, long] },
      given: { segment: unbroken.slice(1) },
      shows: [/to “.+”/, /segments: .+\./],
    },
    { policy: { deny: [long] }, given: { segment: long }, shows: [/to “.+”/, 'nothing may go to'] },
    { policy: { deny: [long] }, given: { segment: null }, shows: ['not known', 'limited'] },
  ],
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

const PLACES: readonly Place[] = [
  { zone: 'America/Denver', locale: 'en-US', currency: 'USD' },
  { zone: 'America/Argentina/Buenos_Aires', locale: 'pt-BR', currency: 'ARS' },
  { zone: 'Africa/Cairo', locale: 'ar-EG', currency: 'EGP' },
  { zone: 'Asia/Ho_Chi_Minh', locale: 'vi-VN', currency: 'VND' },
  { zone: 'Australia/Lord_Howe', locale: 'fi-FI', currency: 'KWD' },
  { zone: 'America/North_Dakota/New_Salem', locale: 'hi-IN', currency: 'INR' },
]

/** Everything about it is as long, and as internal, as it can be. */
const nasty = (given: Partial<Subject>): Subject =>
  subject({
    kindTitle: long,
    agentId: 'agt_01JDF4ZQ8M',
    campaign: 'cmp_9f2c',
    segment: long,
    texts: [long, unbroken],
    ...given,
  })

// safe: each section is only ever given what its own schema parsed
const sections = SECTIONS as unknown as Readonly<Record<string, Section<unknown>>>
const always: Readonly<Record<string, Guardrail>> = ALWAYS

function said(rule: string, { policy, given = {}, observed = {} }: Case, place: Place): readonly Reason[] {
  const section = sections[rule]
  const guardrail = section ? section.guardrail([section.schema.parse(policy)]) : always[rule]
  return [guardrail?.(nasty(given), place, observed) ?? []].flat()
}

/** What would pass, or who can let it. */
const PASSES = /would pass|a person decides|A person decides|An (admin|owner) can|allowed: |^The agent asks: /
const INTERNAL = [
  /[a-z]+_[a-z]+/i,
  /\b[a-z]+\.[a-z]+/,
  /\b(act|agt|mem|wsp|cmp|pol)_/,
  /\bundefined\b|\bnull\b|\bNaN\b|Infinity/,
]

beforeAll(loadHolidays)

it('has a case for every rule', () => {
  expect(Object.keys(CASES).toSorted()).toEqual([...Object.keys(SECTIONS), ...Object.keys(ALWAYS)].toSorted())
})

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  it.each(cases.map((one, index) => [index + 1, one] as const))('case %i', (_number, one) => {
    for (const place of PLACES) {
      const reasons = said(rule, one, place)
      expect(reasons.length, 'says something').toBeGreaterThan(0)
      for (const { text, rule: name, outcome } of reasons) {
        expect(text.length, text).toBeLessThanOrEqual(160)
        expect(text, 'is whole').toMatch(/[.”]$/)
        expect(text, 'says what would pass').toMatch(PASSES)
        for (const words of one.shows) expect(text).toMatch(words)
        // In quotation marks stands what people called it themselves.
        const own = text.replaceAll(/“[^”]*”/g, '')
        for (const internal of INTERNAL) expect(own).not.toMatch(internal)
        expect(text).not.toMatch(/mailchimp\.campaign|agt_|cmp_/)
        expect(name.split('.')[0]).toBe(rule)
        expect(outcome).not.toBe('pass')
      }
    }
  })
})

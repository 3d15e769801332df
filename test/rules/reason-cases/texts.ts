import { type Case, long, unbroken } from './case.ts'

/** What it is, and what it says. */
export const TEXTS: Readonly<Record<string, readonly Case[]>> = {
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
}

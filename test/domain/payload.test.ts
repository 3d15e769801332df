import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type PayloadMaterial, payloadText, sameHash } from '../../core/domain/payload.ts'

const material: PayloadMaterial = {
  kind: 'mailchimp.campaign.send',
  connectionId: 'con_1',
  input: { campaignId: 'c1', note: 'internal', people: 24 },
  cosmetic: ['note'],
  bound: [
    { label: 'Subject', value: 'Whitening week' },
    { label: 'People', value: 24 },
  ],
  slotAt: new Date('2026-03-04T18:00:00+01:00'),
}

it('is one spelling of everything that would happen', () => {
  expect(payloadText(material)).toBe(
    '{"bound":[{"label":"Subject","value":"Whitening week"},{"label":"People","value":24}],"connection":"con_1","input":{"campaignId":"c1","people":24},"kind":"mailchimp.campaign.send","slot":"2026-03-04T17:00:00.000Z"}',
  )
})

it('says that nothing is bound and no time planned', () => {
  expect(payloadText({ ...material, input: {}, bound: null, slotAt: null })).toBe(
    '{"bound":null,"connection":"con_1","input":{},"kind":"mailchimp.campaign.send","slot":null}',
  )
})

describe('the same thing', () => {
  test.each<[string, Partial<PayloadMaterial>]>([
    ['another order of fields', { input: { people: 24, note: 'internal', campaignId: 'c1' } }],
    ['another cosmetic field', { input: { campaignId: 'c1', note: 'something else', people: 24 } }],
    ['without the cosmetic field', { input: { campaignId: 'c1', people: 24 } }],
    ['a field that is undefined', { input: { ...material.input, subject: undefined } }],
    ['the same instant in another zone', { slotAt: new Date('2026-03-04T10:00:00-07:00') }],
  ])('%s', (_name, change) => {
    expect(payloadText({ ...material, ...change })).toBe(payloadText(material))
  })

  it('leaves the words for people out of what is bound', () => {
    const bound = [
      { label: 'Subject', value: 'Whitening week', text: 'Whitening week' },
      { label: 'People', value: 24, text: '24 people' },
    ]
    expect(payloadText({ ...material, bound })).toBe(payloadText(material))
  })
})

describe('another thing', () => {
  test.each<[string, Partial<PayloadMaterial>]>([
    ['another kind', { kind: 'mailchimp.campaign.schedule' }],
    ['another connection', { connectionId: 'con_2' }],
    ['another value', { input: { ...material.input, people: 25 } }],
    ['a number as text', { input: { ...material.input, people: '24' } }],
    ['one field more', { input: { ...material.input, subject: '' } }],
    ['null for absent', { input: { ...material.input, subject: null } }],
    [
      'another value on the platform',
      {
        bound: [
          { label: 'Subject', value: 'Whitening' },
          { label: 'People', value: 24 },
        ],
      },
    ],
    ['another order on the platform', { bound: [...(material.bound ?? [])].reverse() }],
    ['nothing bound', { bound: null }],
    ['an empty list bound', { bound: [] }],
    ['another time', { slotAt: new Date('2026-03-04T18:00:00.001+01:00') }],
    ['no time', { slotAt: null }],
    ['a field that is no longer cosmetic', { cosmetic: [] }],
  ])('%s', (_name, change) => {
    expect(payloadText({ ...material, ...change })).not.toBe(payloadText(material))
  })

  it('any two different texts in a field', () => {
    const text = (value: string): string => payloadText({ ...material, input: { value } })
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (text(a) === text(b)) === (a === b)))
  })
})

describe('sameHash', () => {
  const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
  test.each<[string, string, boolean]>([
    ['the whole', hash, true],
    ['its first 16 characters', hash.slice(0, 16), true],
    ['its first 15 characters', hash.slice(0, 15), false],
    ['nothing', '', false],
    ['its last 16 characters', hash.slice(-16), false],
    ['16 other characters', 'a'.repeat(16), false],
    ['more than the whole', `${hash}0`, false],
  ])('%s', (_name, seen, expected) => {
    expect(sameHash(seen, hash)).toBe(expected)
  })
})

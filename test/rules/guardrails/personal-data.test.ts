import { describe, expect, it, test } from 'vitest'
import { personalData } from '../../../core/rules/guardrails/personal-data.ts'
import type { Subject } from '../../../core/rules/guardrails/guardrail.ts'
import { luhn, mod97 } from '../../../core/rules/text/personal-data.ts'
import { told } from '../../support/told.ts'

const found = (text: string, policy: unknown = {}, given: Partial<Subject> = {}): readonly string[] =>
  told(personalData.guardrail([personalData.schema.parse(policy)]), { texts: [text], ...given }).map(
    ({ rule }) => rule.split('.')[1] ?? '',
  )

describe('finds', () => {
  test.each<[string, string, string]>([
    ['an e-mail address', 'Write to jo.doe@gmail.com', 'email'],
    ['one with tags inside', 'jo.doe@<b>gmail</b>.com', 'email'],
    ['one with an invisible character', 'jo.doe@gm\u200bail.com', 'email'],
    ['one with another at', 'jo.doe (at) gmail.com', 'email'],
    ['one spelt out', 'jo.doe [at] gmail [dot] com', 'email'],
    ['one in an attribute', '<img alt="jo.doe@gmail.com">', 'email'],
    ['a phone number with brackets', 'Call Margaret at (801) 210-0220', 'phone'],
    ['a phone number with a plus', '+49 30 901820', 'phone'],
    ['a phone number of mere digits that is called so', 'Call us at 8012100220', 'phone'],
    ['full-width digits', '（８０１） ２１０－０２２０', 'phone'],
    ['an IBAN', 'DE89 3704 0044 0532 0130 00', 'iban'],
    ['an IBAN without spaces', 'gb82west12345698765432', 'iban'],
    ['a card number', '4111 1111 1111 1111', 'card'],
    ['a card number with hyphens', '5555-5555-5555-4444', 'card'],
    ['an American Express card', '378282246310005', 'card'],
    ['a date of birth', 'Margaret, born 12 March 1980', 'birth_date'],
    ['a date of birth, shortened', 'DOB: 03/12/1980', 'birth_date'],
    ['a date of birth with the month first', 'born on March 12, 1980', 'birth_date'],
    ['a German date of birth', 'Geburtsdatum: 12.03.1980', 'birth_date'],
    ['a social security number', 'SSN 536-90-4399', 'national_id'],
    ['a key', 'sk_live_0123456789abcdef01234567', 'secret'],
    ['a Mailchimp key', '0123456789abcdef0123456789abcdef-us14', 'secret'],
    ['a token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N', 'secret'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----', 'secret'],
    ['a password', 'password: hunter2hunter2', 'secret'],
  ])('%s', (_name, text, kind) => {
    expect(found(text)).toEqual([kind])
  })
})

describe('does not find', () => {
  test.each([
    ['prices and percentages', 'From $99 or 20 % off until 31.12.2026'],
    ['dates', 'On 2026-03-04 10:00 or 04/03/2026'],
    ['ids of mere digits', 'Segment 8012100220, campaign 120210000000000'],
    ['an id with letters', 'a1b2c3d4e5'],
    ['what is filled in', '*|EMAIL|* and {{contact.email}}'],
    ['a handle', '@smile.dental on Instagram'],
    ['a wrong IBAN', 'DE88 3704 0044 0532 0130 00'],
    ['a wrong card number', '4111 1111 1111 1112'],
    ['when a business was born', 'Born in 1998 in Scottsdale'],
    ['a zip code', 'Scottsdale, AZ 85251-1234'],
    ['opening hours', 'Mon-Fri 9-5, Sat 10-14'],
    ['an ordinary sentence about passwords', 'Never share your password with anybody'],
    ['an address of a page', 'https://smile.com/2026/03/04/8012100220'],
  ])('%s', (_name, text) => {
    expect(found(text)).toEqual([])
  })
})

it('tells what it found masked, and what would pass', () => {
  const rule = personalData.guardrail([personalData.schema.parse({})])
  expect(told(rule, { texts: ['jo.doe@gmail.com, 4111 1111 1111 1111'] })).toEqual([
    {
      rule: 'personal_data.email',
      outcome: 'block',
      text: 'It shows an e-mail address (j…@gmail.com) to its readers. Without it, or with it on the list of your own, it would pass.',
    },
    {
      rule: 'personal_data.card',
      outcome: 'block',
      text: 'It shows a card number (…11) to its readers. Without it, or with it on the list of your own, it would pass.',
    },
  ])
})

test.each<[string, string, unknown]>([
  ['an own address', 'HELLO@smile.com', { allow: ['hello@smile.com'] }],
  ['an own domain', 'jo@smile.com', { allow: ['@smile.com'] }],
  ['an own number, written otherwise', '+1 801-210-0220', { allow: ['(801) 210-0220'] }],
  ['an own account', 'DE89 3704 0044 0532 0130 00', { allow: ['DE89370400440532013000'] }],
  ['what is not looked for', 'jo@gmail.com', { kinds: ['card'] }],
])('lets %s pass', (_name, text, policy) => {
  expect(found(text, policy)).toEqual([])
})

test.each<[string, Partial<Subject>, unknown, number]>([
  ['a post', { channel: 'social', category: 'social_post' }, {}, 1],
  ['a mail to many', { people: 2 }, {}, 1],
  ['a mail to nobody knows how many', { people: 0 }, {}, 1],
  ['a mail to one person', { people: 1 }, {}, 0],
  ['a note in the CRM', { channel: 'crm', category: 'crm_update' }, {}, 0],
  ['a note in the CRM where it is looked at', { channel: 'crm', category: 'crm_update' }, { channels: ['crm'] }, 1],
])('%s', (_name, given, policy, count) => {
  expect(found('jo@gmail.com', policy, given)).toHaveLength(count)
})

it('finds the one among many of the business’s own', () => {
  const own = 'hello@smile.com '.repeat(2_000)
  expect(found(`${own} jo@gmail.com`, { allow: ['hello@smile.com'] })).toEqual(['email'])
})

it('counts more numbers than it can look at as found', () => {
  const many = Array.from({ length: 1_200 }, (_one, at) => `12 34 ${5_000 + at}x`)
    .join('; ')
    .replace(/x/g, ' ')
  expect(found(many)).toEqual(['phone'])
})

test('check digits', () => {
  expect(mod97('GB82WEST12345698765432')).toBe(1)
  expect(luhn('79927398713')).toBe(true)
  expect(luhn('79927398710')).toBe(false)
})

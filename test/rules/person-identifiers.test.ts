import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { countryOf, identifierText } from '../../core/rules/person-identifiers.ts'

const email = (value: string) => identifierText({ kind: 'email', value }, 'US')
const phone = (value: string, country: string | null = 'US') => identifierText({ kind: 'phone', value }, country)
const platform = (value: string) => identifierText({ kind: 'platform', value }, 'US')

describe('an e-mail address', () => {
  test.each([
    ['as it is', 'ana@example.com', 'ana@example.com'],
    ['in capitals, with space around', '  Ana@Example.COM\n', 'ana@example.com'],
    ['with a tag and dots, which stay', 'a.n.a+news@example.com', 'a.n.a+news@example.com'],
    ['composed and decomposed letters', 'Zo\u0065\u0301@example.com', 'zo\u00e9@example.com'],
    ['an international domain', 'ana@BÜCHER.example', 'ana@xn--bcher-kva.example'],
    ['the same in ASCII', 'ana@xn--bcher-kva.example', 'ana@xn--bcher-kva.example'],
    ['a domain that ends with its root', 'ana@example.com.', 'ana@example.com'],
    ['two at signs in quotes are not read', '"a@b"@example.com', null],
    ['no domain', 'ana@', null],
    ['no dot in it', 'ana@localhost', null],
    ['nobody', '@example.com', null],
    ['nothing', '', null],
    ['a name in front', 'Ana <ana@example.com>', null],
    ['two addresses', 'ana@example.com, bob@example.com', null],
    ['a zero-width space inside', 'an\u200ba@example.com', null],
    ['a zero-width joiner in the domain', 'ana@exam\u200dple.com', null],
    ['a number for a domain', 'ana@127.0.0.1', null],
    ['a port', 'ana@example.com:80', null],
    ['an escape in the domain', 'ana@%65xample.com', null],
    ['too long', `${'a'.repeat(250)}@example.com`, null],
  ])('%s', (_name, given, expected) => {
    expect(email(given)).toBe(expected === null ? null : `email:${expected}`)
  })

  it('keeps look-alikes apart: they are other addresses', () => {
    expect(email('аna@example.com')).not.toBe(email('ana@example.com'))
  })

  it('has one spelling: what was read once reads to itself', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const read = email(address)
        if (read !== null) expect(email(read.slice('email:'.length))).toBe(read)
      }),
    )
  })
})

describe('a telephone number', () => {
  test.each([
    ['national, of the workspace', '(303) 555-0147', 'US', '+13035550147'],
    ['with its country code', '+1 303 555 0147', null, '+13035550147'],
    ['of another country', '+49 (0)30 901820', 'US', '+4930901820'],
    ['national, of another country', '030 901820', 'DE', '+4930901820'],
    ['in full-width digits', '\uff0b\uff11 303 555 0147', 'US', '+13035550147'],
    ['with an extension, which is another desk of theirs', '303-555-0147 ext. 12', 'US', '+13035550147'],
    ['national, of an unknown country', '(303) 555-0147', null, null],
    ['of a country that does not exist', '(303) 555-0147', 'XX', null],
    ['too short', '12', 'US', null],
    ['no number', 'call me', 'US', null],
  ])('%s', (_name, given, country, expected) => {
    expect(phone(given, country)).toBe(expected === null ? null : `phone:${expected}`)
  })
})

test.each([
  ['hubspot:501', 'platform:hubspot:501'],
  ['  hubspot:501 ', 'platform:hubspot:501'],
  ['hubspot:aB', 'platform:hubspot:aB'],
  ['501', null],
  ['hubspot:', null],
  ['hubspot:5 01', null],
])('a platform’s id %j', (given, expected) => {
  expect(platform(given)).toBe(expected)
})

test.each([
  ['en-US', 'US'],
  ['zh-Hant-TW', 'TW'],
  ['de-AT-1996', 'AT'],
  ['de', null],
  ['', null],
])('the country of the locale %j', (locale, expected) => {
  expect(countryOf(locale)).toBe(expected)
})

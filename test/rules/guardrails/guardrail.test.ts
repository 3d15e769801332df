import { describe, expect, test } from 'vitest'
import { moneyWords, quoted, reason } from '../../../core/rules/guardrails/guardrail.ts'

describe('moneyWords', () => {
  test.each([
    [6_000, 'USD', 'en-US', '$60.00'],
    [1, 'USD', 'en-US', '$0.01'],
    [0, 'USD', 'en-US', '$0.00'],
    [-150, 'USD', 'en-US', '-$1.50'],
    [123_456_789, 'USD', 'en-US', '$1,234,567.89'],
    [6_000, 'EUR', 'en-IE', '€60.00'],
    [6_000, 'EUR', 'de-DE', '60,00\u00a0€'],
    [123_456, 'EUR', 'fr-FR', '1\u202f234,56\u00a0€'],
    [6_000, 'JPY', 'en-US', '¥6,000'],
    [6_000, 'KWD', 'en-US', 'KWD\u00a06.000'],
    [999_999_999_999_999, 'USD', 'en-US', '$9,999,999,999,999.99'],
  ])('%i %s in %s: %s', (minor, currency, locale, words) => {
    expect(moneyWords({ minor, currency }, locale)).toBe(words)
  })
})

describe('reason', () => {
  test.each([
    ['160 characters stay', 'a'.repeat(160), 'a'.repeat(160)],
    ['161 characters are cut', 'a'.repeat(161), `${'a'.repeat(159)}…`],
    ['cut at a word', `${'a'.repeat(150)} ${'b'.repeat(20)}`, `${'a'.repeat(150)}…`],
    ['cut where a word ends', `${'a'.repeat(158)} b c`, `${'a'.repeat(158)}…`],
    ['never in the middle of a character', `${'a'.repeat(158)}${'😀'.repeat(2)}`, `${'a'.repeat(158)}…`],
  ])('%s', (_name, text, expected) => {
    expect(reason('a_rule', 'ask', text)).toEqual({ rule: 'a_rule', outcome: 'ask', text: expected })
  })
})

test.each([
  ['Send a newsletter', '“Send a newsletter”'],
  ['a'.repeat(80), `“${'a'.repeat(80)}”`],
  ['a'.repeat(81), `“${'a'.repeat(79)}…”`],
  [`${'a'.repeat(70)} ${'b'.repeat(20)}`, `“${'a'.repeat(70)}…”`],
])('%s in quotation marks', (name, expected) => {
  expect(quoted(name)).toBe(expected)
})

import { expect, it, test } from 'vitest'
import { amountGuardrail } from '../../../core/rules/guardrails/amount.ts'
import type { PolicyDocument } from '../../../core/rules/policy.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const asks = 'It costs $50.01; above $50.00 a person decides.'
const blocks = 'It costs $100.01; one action may cost $100.00 at most. An owner can raise that cap.'

test.each<[string, PolicyDocument['amount'], number, readonly [string, string, string] | null]>([
  ['no limits', {}, 1_000_000, null],
  ['at the number above which a person decides', { ask_above: 5_000 }, 5_000, null],
  ['above it', { ask_above: 5_000 }, 5_001, ['amount.ask_above', 'ask', asks]],
  ['at the cap', { cap: 10_000 }, 10_000, null],
  ['above the cap', { cap: 10_000 }, 10_001, ['amount.cap', 'block', blocks]],
  ['between the two', { ask_above: 5_000, cap: 10_000 }, 5_001, ['amount.ask_above', 'ask', asks]],
  ['above both', { ask_above: 5_000, cap: 10_000 }, 10_001, ['amount.cap', 'block', blocks]],
  [
    'a person decides on anything that costs',
    { ask_above: 0 },
    1,
    ['amount.ask_above', 'ask', 'It costs $0.01; above $0.00 a person decides.'],
  ],
  ['what costs nothing', { ask_above: 0, cap: 0 }, 0, null],
  [
    'nothing may cost anything',
    { cap: 0 },
    1,
    ['amount.cap', 'block', 'It costs $0.01; one action may cost $0.00 at most. An owner can raise that cap.'],
  ],
])('%s', (_name, amount, amountMinor, expected) => {
  const said = amountGuardrail({ amount })?.(subject({ amountMinor }), place)
  expect(said ? [said.rule, said.outcome, said.text] : said).toEqual(expected)
})

it('has nothing to say where the policy has no such rule', () => {
  expect(amountGuardrail({})).toBeNull()
})

it('names the observed and the limit whole, however large they are', () => {
  const amountMinor = Number.MAX_SAFE_INTEGER
  for (const locale of ['en-US', 'de-DE', 'ar-EG', 'hi-IN']) {
    const rule = amountGuardrail({ amount: { cap: amountMinor - 1 } })
    const text = rule?.(subject({ amountMinor }), { ...place, locale, currency: 'EUR' })?.text ?? ''
    expect(text.length).toBeLessThanOrEqual(160)
    expect(text).toMatch(/^It costs .+; one action may cost .+ at most\. An owner can raise that cap\.$/)
  }
})

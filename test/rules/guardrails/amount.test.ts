import { expect, it, test } from 'vitest'
import { amount as amountSection } from '../../../core/rules/guardrails/amount.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const asks = 'It costs $50.01; above $50.00 a person decides.'
const blocks = 'It costs $100.01; one action may cost $100.00 at most. An owner can raise that cap.'

type Limits = Parameters<typeof amountSection.guardrail>[0][0]

const said = (limits: Limits, amountMinor: number, at = place) => {
  const reasons = amountSection.guardrail([limits])?.(subject({ amountMinor }), at, {})
  return [reasons ?? []].flat()[0] ?? null
}

test.each<[string, Limits, number, readonly [string, string, string] | null]>([
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
  const one = said(amount, amountMinor)
  expect(one && [one.rule, one.outcome, one.text]).toEqual(expected)
})

it('holds the smallest cap of all scopes, and asks where the most specific does', () => {
  const guardrail = amountSection.guardrail([
    { ask_above: 9_000, cap: 20_000 },
    { ask_above: 1_000, cap: 10_000 },
  ])
  const outcomeOf = (amountMinor: number) => guardrail?.(subject({ amountMinor }), place, {})
  expect(outcomeOf(9_000)).toBeNull()
  expect(outcomeOf(9_001)).toMatchObject({ outcome: 'ask' })
  expect(outcomeOf(10_001)).toMatchObject({ outcome: 'block' })
})

it('names the observed and the limit whole, however large they are', () => {
  const amountMinor = Number.MAX_SAFE_INTEGER
  for (const locale of ['en-US', 'de-DE', 'ar-EG', 'hi-IN']) {
    const text = said({ cap: amountMinor - 1 }, amountMinor, { ...place, locale, currency: 'EUR' })?.text ?? ''
    expect(text.length).toBeLessThanOrEqual(160)
    expect(text).toMatch(/^It costs .+; one action may cost .+ at most\. An owner can raise that cap\.$/)
  }
})

import { describe, expect, it, test } from 'vitest'
import { compilePolicy, costOf } from '../../core/rules/evaluate.ts'
import { PolicySchema } from '../../core/rules/policy.ts'
import { place, subject } from '../support/guardrail-subject.ts'

const strict = PolicySchema.parse({
  amount: { ask_above: 1_000, cap: 100_000 },
  budget: { day: { cap: 5_000 } },
  channels: { allow: ['crm'] },
  blocked_words: ['free'],
  kinds: { allow: ['hubspot.*'] },
  quiet_hours: { from: '21:00', to: '08:00' },
})
const everythingWrong = subject({
  amountMinor: 6_000,
  texts: ['It is free'],
  plannedAt: new Date('2026-03-05T05:00:00Z'),
})
const empty = { reserved: 0, committed: 0 }

describe('compilePolicy', () => {
  it('says everything that is wrong, strictest first, in the order of the rules', () => {
    const { outcome, reasons } = compilePolicy(strict).evaluate(everythingWrong, place, empty)
    expect(outcome).toBe('block')
    expect(reasons.map(({ rule, outcome: each }) => [rule, each])).toEqual([
      ['kinds.allow', 'block'],
      ['channels.allow', 'block'],
      ['blocked_words', 'block'],
      ['budget.day.cap', 'block'],
      ['amount.ask_above', 'ask'],
      ['quiet_hours', 'ask'],
    ])
  })

  it('passes without a word where the policy has no rules', () => {
    expect(compilePolicy({}).evaluate(everythingWrong, place, empty)).toEqual({ outcome: 'pass', reasons: [] })
  })

  it('passes without a word where nothing is wrong', () => {
    const fine = subject({ channel: 'crm', kindId: 'hubspot.note.create', amountMinor: 1_000 })
    expect(compilePolicy(strict).evaluate(fine, place, empty)).toEqual({ outcome: 'pass', reasons: [] })
  })

  it('looks at the budget only with the counters of its locked row', () => {
    const budget = compilePolicy(PolicySchema.parse({ budget: { day: { cap: 5_000 } } }))
    expect(budget.evaluate(subject({ amountMinor: 5_001 }), place, null).outcome).toBe('pass')
    expect(budget.evaluate(subject({ amountMinor: 5_001 }), place, empty).outcome).toBe('block')
    expect(budget.evaluate(subject({ amountMinor: 5_000 }), place, empty).outcome).toBe('pass')
  })

  it('keeps the document that it was made from', () => {
    expect(compilePolicy(strict).document).toBe(strict)
  })

  it('gives the same answer every time', () => {
    const policy = compilePolicy(strict)
    expect(policy.evaluate(everythingWrong, place, empty)).toEqual(policy.evaluate(everythingWrong, place, empty))
  })
})

describe('costOf', () => {
  const policy = PolicySchema.parse({ cost_per_person: { 'mailchimp.campaign.send': 2, 'hubspot.note.create': 0 } })
  test.each([
    ['mailchimp.campaign.send', 1_200, 2_400],
    ['mailchimp.campaign.send', 0, 0],
    ['hubspot.note.create', 1_200, 0],
    ['hubspot.contact.update', 1_200, 0],
  ])('%s for %i people costs %i', (kind, people, minor) => {
    expect(costOf(policy, kind, people)).toBe(minor)
  })

  it('is nothing where the policy names no prices', () => {
    expect(costOf({}, 'mailchimp.campaign.send', 1_200)).toBe(0)
  })
})

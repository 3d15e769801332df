import { describe, expect, it, test } from 'vitest'
import { type CompiledPolicy, compilePolicy, costOf, NOTHING_KNOWN } from '../../core/rules/evaluate.ts'
import type { Subject } from '../../core/rules/guardrails/guardrail.ts'
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
/** The verdict with budgets of which nothing is used, or (null) without looking at them. */
function judged(policy: CompiledPolicy, given: Subject, counters: 'empty' | null, labels = {}) {
  const charges = policy.charges(given, labels, given.plannedAt, place.zone)
  return policy.evaluate(given, labels, place, { ...NOTHING_KNOWN, charges, counters: counters && new Map() })
}

describe('compilePolicy', () => {
  it('says everything that is wrong, strictest first, in the order of the rules', () => {
    const { outcome, reasons } = judged(compilePolicy(strict), everythingWrong, 'empty')
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
    expect(judged(compilePolicy({}), everythingWrong, 'empty')).toEqual({ outcome: 'pass', reasons: [] })
  })

  it('passes without a word where nothing is wrong', () => {
    const fine = subject({ channel: 'crm', kindId: 'hubspot.note.create', amountMinor: 1_000 })
    expect(judged(compilePolicy(strict), fine, 'empty')).toEqual({ outcome: 'pass', reasons: [] })
  })

  it('looks at the budget only with the counters of its locked row', () => {
    const budget = compilePolicy(PolicySchema.parse({ budget: { day: { cap: 5_000 } } }))
    expect(judged(budget, subject({ amountMinor: 5_001 }), null).outcome).toBe('pass')
    expect(judged(budget, subject({ amountMinor: 5_001 }), 'empty').outcome).toBe('block')
    expect(judged(budget, subject({ amountMinor: 5_000 }), 'empty').outcome).toBe('pass')
  })

  it('keeps the document that it was made from', () => {
    expect(compilePolicy(strict).document).toBe(strict)
  })

  it('gives the same answer every time', () => {
    const policy = compilePolicy(strict)
    expect(judged(policy, everythingWrong, 'empty')).toEqual(judged(policy, everythingWrong, 'empty'))
  })
})

describe('where a label puts it', () => {
  const scoped = compilePolicy(
    PolicySchema.parse({
      budget: { day: { cap: 9_000 } },
      scopes: [
        { when: { category: 'email_campaign' }, amount: { cap: 100 }, budget: { day: { cap: 50 } } },
        { when: { category: 'audience' }, warn_only: ['budget', 'amount'] },
        { when: { segment: 'VIP' }, amount: { cap: 5 } },
      ],
    }),
  )
  const labelled = subject({ category: 'audience', amountMinor: 500 })

  it('what holds where its kind belongs holds too, caps and budgets included, and warns no less', () => {
    const { outcome, reasons } = judged(scoped, labelled, 'empty', { category: 'email_campaign' })
    expect(outcome).toBe('block')
    expect(reasons.map(({ rule, outcome: each }) => [rule, each])).toEqual([
      ['amount.cap', 'block'],
      ['budget.day.cap', 'block'],
    ])
  })

  it('a segment that it names may add a rule and takes none away', () => {
    const own = subject({ amountMinor: 50 })
    expect(judged(scoped, own, null).outcome).toBe('pass')
    expect(judged(scoped, own, null, { segment: 'VIP' }).outcome).toBe('block')
    expect(judged(scoped, subject({ amountMinor: 500, segment: 'VIP' }), null, { segment: 'Others' }).outcome).toBe(
      'block',
    )
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

import { describe, expect, it, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import { compilePolicy } from '../../core/rules/evaluate.ts'
import { PolicySchema } from '../../core/rules/policy.ts'
import { runPolicyTests } from '../../core/rules/policy-tests.ts'
import { place } from '../support/guardrail-subject.ts'

const policy = compilePolicy(
  PolicySchema.parse({
    amount: { ask_above: 5_000, cap: 50_000 },
    blocked_words: ['guaranteed results'],
    budget: { day: { cap: 60_000 } },
    quiet_hours: { from: '21:00', to: '08:00' },
    cost_per_person: { 'mailchimp.campaign.send': 2 },
    rates: [{ most: 3, per: 'day', of: 'agent' }],
    confidence: { ask_below: 0.7 },
    new_audience: {},
    duplicates: { days: 30 },
    warn_only: ['duplicates'],
    scopes: [{ when: { segment: 'VIP' }, amount: { ask_above: 100 } }],
  }),
)
const send = (action: object) => ({ kind: 'mailchimp.campaign.send', texts: 'Whitening week', people: 24, ...action })
const run = (...cases: readonly unknown[]) => runPolicyTests(policy, cases, createKinds().all, place)

test.each([
  [{}, 'pass', undefined],
  [{ people: 3_000 }, 'ask', 'amount'],
  [{ people: 3_000 }, 'ask', 'amount.ask_above'],
  [{ amount: 50_001 }, 'block', 'amount.cap'],
  [{ amount: 200, segment: 'vip' }, 'ask', 'amount.ask_above'],
  [{ texts: ['Hello', 'Guaranteed results'] }, 'block', 'blocked_words'],
  [{ at: '2026-03-04 22:40' }, 'ask', 'quiet_hours'],
  [{ at: '2026-03-05T05:40:00Z' }, 'ask', 'quiet_hours'],
  [{ at: '2026-03-04T17:00:00Z' }, 'pass', undefined],
  [{ amount: 1_000, used: 59_500 }, 'block', 'budget.day.cap'],
  [{ amount: 0, campaign: 'spring', daily_budget: { after: 1_700 } }, 'block', 'amount.cap'],
  [
    { amount: 0, campaign: 'spring', daily_budget: { before: 500, after: 1_000 }, used: 59_501 },
    'block',
    'budget.day.cap',
  ],
  [{ amount: 0, campaign: 'spring', daily_budget: { before: 900, after: 800 }, used: 60_000 }, 'ask', 'amount'],
  [{ ran: 3 }, 'ask', 'rates'],
  [{ ran: 3, agent: null }, 'pass', undefined],
  [{ confidence: 0.5 }, 'ask', 'confidence'],
  [{ new_audience: true }, 'ask', 'new_audience'],
  [{ sent_before: true }, 'warn', 'duplicates'],
  [{ rejected_before: true }, 'block', 'rejected_before'],
  [{ question: 'Is it the right list?' }, 'ask', 'agent_question'],
] as const)('%o: %s because of %s', (action, expect_, because) => {
  const [result] = run({ name: 'x', action: send(action), expect: expect_, ...(because ? { because } : {}) })
  expect(result).toMatchObject({ passed: true })
})

describe('a case that fails', () => {
  it('says what the policy said instead', () => {
    expect(run({ name: 'Large', action: send({ amount: 6_000 }), expect: 'pass' })).toEqual([
      {
        name: 'Large',
        passed: false,
        says: 'It asks, and should pass. It costs $60.00; above $50.00 a person decides.',
      },
    ])
    expect(run({ name: 'Nothing', action: send({}), expect: 'block' })).toEqual([
      { name: 'Nothing', passed: false, says: 'It passes, and should be blocked. No rule had anything to say.' },
    ])
  })

  it('says which rule it was', () => {
    const [result] = run({ name: 'x', action: send({ amount: 6_000 }), expect: 'ask', because: 'quiet_hours' })
    expect(result?.says).toMatch(/^It asks because of amount.ask_above, not quiet_hours\./)
  })

  it('is not taken for another rule that begins alike', () => {
    const [result] = run({ name: 'x', action: send({ amount: 6_000 }), expect: 'ask', because: 'amo' })
    expect(result?.passed).toBe(false)
  })

  test.each([
    ['x', 'Case 1', /^It cannot be read/],
    [{ name: 'Typo', action: send({ poeple: 3 }), expect: 'pass' }, 'Typo', /^It cannot be read: action /],
    [{ name: 'When', action: send({ at: 'tomorrow' }), expect: 'pass' }, 'When', /action\.at is a time like/],
    [{ name: 'Kind', action: { kind: 'mailchimp.dance' }, expect: 'pass' }, 'Kind', /^There is no kind/],
  ])('%o cannot be read', (written, name, says) => {
    expect(run(written)).toEqual([{ name, passed: false, says: expect.stringMatching(says) }])
  })
})

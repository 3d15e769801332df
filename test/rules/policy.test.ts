import { describe, expect, it, test } from 'vitest'
import { PolicySchema } from '../../core/rules/policy.ts'

const whole = {
  amount: { ask_above: 5_000, cap: 10_000 },
  budget: { day: { ask_above: 20_000, cap: 50_000 } },
  cost_per_person: { 'mailchimp.campaign.send': 2 },
  kinds: { allow: ['mailchimp.*'], deny: ['mailchimp.campaign.send'] },
  channels: { allow: ['email', 'crm'] },
  blocked_words: ['guaranteed', 'free'],
  quiet_hours: { from: '21:00', to: '08:00', outcome: 'block' },
  levels: { email_campaign: 3, crm_update: 1 },
  hold_minutes: { notify: 1440, report: 60 },
  own_approval_below: 1_000,
}

it('takes a whole policy and an empty one as they are', () => {
  expect(PolicySchema.parse(whole)).toEqual(whole)
  expect(PolicySchema.parse({})).toEqual({})
})

it('asks in quiet hours where nothing else is said', () => {
  expect(PolicySchema.parse({ quiet_hours: { from: '21:00', to: '08:00' } })).toEqual({
    quiet_hours: { from: '21:00', to: '08:00', outcome: 'ask' },
  })
})

describe('refuses', () => {
  test.each<[string, unknown, readonly PropertyKey[]]>([
    ['an unknown field', { amounts: {} }, []],
    ['an unknown field inside', { amount: { max: 1 } }, ['amount']],
    ['an unknown window', { budget: { year: { cap: 1 } } }, ['budget']],
    ['a budget without a number', { budget: { day: {} } }, ['budget', 'day']],
    ['a scope that names nothing', { scopes: [{ when: {} }] }, ['scopes', 0, 'when']],
    ['a scope without a place', { scopes: [{ budget: {} }] }, ['scopes', 0, 'when']],
    ['a scope in a scope', { scopes: [{ when: { channel: 'crm' }, scopes: [] }] }, ['scopes', 0]],
    ['a rate of nothing', { currency_rates: { EUR: 0 } }, ['currency_rates', 'EUR']],
    ['a negative amount', { amount: { cap: -1 } }, ['amount', 'cap']],
    ['part of a cent', { amount: { cap: 10.5 } }, ['amount', 'cap']],
    ['an amount as text', { amount: { ask_above: '100' } }, ['amount', 'ask_above']],
    ['more than numbers carry', { amount: { cap: 2 ** 53 } }, ['amount', 'cap']],
    ['a negative price', { cost_per_person: { 'a.b.c': -1 } }, ['cost_per_person', 'a.b.c']],
    ['an unknown channel', { channels: { allow: ['fax'] } }, ['channels', 'allow', 0]],
    ['channels without a list', { channels: {} }, ['channels', 'allow']],
    ['an empty word', { blocked_words: [''] }, ['blocked_words', 0]],
    ['a word of 201 characters', { blocked_words: ['a'.repeat(201)] }, ['blocked_words', 0]],
    ['1,001 words', { blocked_words: Array.from({ length: 1_001 }, () => 'a') }, ['blocked_words']],
    ['24 o’clock', { quiet_hours: { from: '24:00', to: '08:00' } }, ['quiet_hours', 'from']],
    ['sixty minutes', { quiet_hours: { from: '21:00', to: '08:60' } }, ['quiet_hours', 'to']],
    ['an hour of one digit', { quiet_hours: { from: '9:00', to: '17:00' } }, ['quiet_hours', 'from']],
    ['a clock with a line break', { quiet_hours: { from: '09:00\n', to: '17:00' } }, ['quiet_hours', 'from']],
    ['quiet hours without an end', { quiet_hours: { from: '21:00' } }, ['quiet_hours', 'to']],
    [
      'quiet hours that only warn',
      { quiet_hours: { from: '21:00', to: '08:00', outcome: 'warn' } },
      ['quiet_hours', 'outcome'],
    ],
    ['an unknown category', { levels: { fax_blast: 3 } }, ['levels']],
    ['level 0', { levels: { crm_update: 0 } }, ['levels', 'crm_update']],
    ['level 6', { levels: { crm_update: 6 } }, ['levels', 'crm_update']],
    ['level 2.5', { levels: { crm_update: 2.5 } }, ['levels', 'crm_update']],
    ['a hold of more than a day', { hold_minutes: { notify: 1_441 } }, ['hold_minutes', 'notify']],
    ['a hold of more than an hour', { hold_minutes: { report: 61 } }, ['hold_minutes', 'report']],
    ['a hold that ends before it begins', { hold_minutes: { report: -1 } }, ['hold_minutes', 'report']],
    ['a negative limit for own approvals', { own_approval_below: -1 }, ['own_approval_below']],
    ['null for absent', { amount: null }, ['amount']],
    ['a list', [], []],
  ])('%s', (_name, document, path) => {
    const parsed = PolicySchema.safeParse(document)
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.map((issue) => issue.path)).toContainEqual(path)
  })
})

import { describe, expect, it, test } from 'vitest'
import { chargesOf, runsOf } from '../../core/rules/budget-charges.ts'
import { budgetsNow } from '../../core/rules/current-budgets.ts'
import { compilePolicy } from '../../core/rules/evaluate.ts'
import { PolicySchema } from '../../core/rules/policy.ts'
import { subject } from '../support/guardrail-subject.ts'

const cap = { cap: 1_000 }
const zone = 'America/Denver'
const windows = (at: string, given = {}) =>
  chargesOf(
    [{ mark: null, words: null, budget: { day: cap, week: cap, month: cap } }],
    subject({ amountMinor: 5, ...given }),
    new Date(at),
    zone,
  ).map(({ window }) => window)

describe('a charge', () => {
  test.each<[string, string, readonly string[]]>([
    ['an ordinary noon', '2026-03-04T19:00:00Z', ['day:2026-03-04', 'month:2026-03', 'week:2026-W10']],
    [
      'a minute before midnight of the zone',
      '2026-03-05T06:59:59Z',
      ['day:2026-03-04', 'month:2026-03', 'week:2026-W10'],
    ],
    ['midnight of the zone', '2026-03-05T07:00:00Z', ['day:2026-03-05', 'month:2026-03', 'week:2026-W10']],
    [
      'the day the clocks go forward ends an hour early',
      '2026-03-09T05:59:59Z',
      ['day:2026-03-08', 'month:2026-03', 'week:2026-W10'],
    ],
    ['and the next begins then', '2026-03-09T06:00:00Z', ['day:2026-03-09', 'month:2026-03', 'week:2026-W11']],
    [
      'the day the clocks go back ends an hour late',
      '2026-11-02T06:59:59Z',
      ['day:2026-11-01', 'month:2026-11', 'week:2026-W44'],
    ],
    ['the last minute of a month', '2026-04-01T05:59:59Z', ['day:2026-03-31', 'month:2026-03', 'week:2026-W14']],
    [
      'the first week of a year may begin in the one before',
      '2026-12-31T20:00:00Z',
      ['day:2026-12-31', 'month:2026-12', 'week:2026-W53'],
    ],
  ])('%s', (_name, at, expected) => expect(windows(at)).toEqual(expected))

  it('is made nowhere for what costs nothing', () => {
    expect(windows('2026-03-04T19:00:00Z', { amountMinor: 0 })).toEqual([])
  })

  it('goes to every budget that holds: of the scope, of its campaign, of its agent and of its channel', () => {
    const charges = chargesOf(
      [
        { mark: 'scope:abc', words: 'email', budget: { month: cap, campaign: cap } },
        { mark: null, words: null, budget: { campaign: cap, each_agent: { day: cap }, each_channel: { week: cap } } },
      ],
      subject({ amountMinor: 5, agentId: 'agt_1', campaign: 'c1' }),
      new Date('2026-03-04T19:00:00Z'),
      zone,
    )
    expect(charges.map(({ window, ofWords }) => [window, ofWords])).toEqual([
      ['agent:agt_1/day:2026-03-04', 'the day’s budget of one agent'],
      ['campaign:mailchimp:c1', 'the budget of this campaign'],
      ['channel:email/week:2026-W10', 'the week’s budget for email'],
      ['scope:abc/campaign:mailchimp:c1', 'the budget of this campaign'],
      ['scope:abc/month:2026-03', 'the month’s budget for email'],
    ])
  })

  it('of members is counted as one agent’s', () => {
    const [charge] = chargesOf(
      [{ mark: null, words: null, budget: { each_agent: { day: cap } } }],
      subject({ amountMinor: 5, agentId: null }),
      new Date('2026-03-04T19:00:00Z'),
      zone,
    )
    expect(charge?.window).toBe('agent:members/day:2026-03-04')
  })
})

describe('what runs is counted one by one', () => {
  it('in the hour twice when the clocks go back', () => {
    const at = (time: string) =>
      runsOf([{ look: 'runs', of: 'kind', per: 'hour' }], subject(), new Date(time), zone)[0]?.window
    expect(at('2026-11-01T07:30:00Z')).toBe('runs:kind:mailchimp.campaign.send/hour:2026-11-01T01-06:00')
    expect(at('2026-11-01T08:30:00Z')).toBe('runs:kind:mailchimp.campaign.send/hour:2026-11-01T01-07:00')
  })
})

it('the budgets of now are the windows that are charged now', () => {
  const policy = PolicySchema.parse({
    budget: { day: cap, month: cap, campaign: cap, each_agent: { week: cap }, each_channel: { day: cap } },
    scopes: [{ when: { channel: 'email' }, budget: { week: cap } }],
  })
  const at = new Date('2026-03-04T19:00:00Z')
  const now = budgetsNow(policy, {
    at,
    zone,
    agents: [{ id: 'agt_1', name: 'Ada' }],
    campaignWindows: ['campaign:mailchimp:c1'],
  })
  const names = now.map(({ name }) => name)
  expect(names).toEqual([
    'the day’s budget',
    'the month’s budget',
    'the week’s budget of Ada',
    ...['crm', 'email', 'social', 'ads', 'site'].map((channel) => `the day’s budget for ${channel}`),
    'the budget of a campaign',
    'the week’s budget for email',
  ])
})

it('two scopes with the same place count once, under the smaller of each limit', () => {
  const policy = PolicySchema.parse({
    scopes: [
      { when: { channel: 'email' }, budget: { day: { ask_above: 10, cap: 100 } } },
      { when: { channel: 'email' }, budget: { day: { ask_above: 50, cap: 60 } } },
      { when: { channel: 'email' }, budget: { day: { ask_above: 70 } } },
    ],
  })
  const charged = compilePolicy(policy).charges(subject({ amountMinor: 5 }), {}, new Date('2026-03-04T19:00:00Z'), zone)
  expect(charged).toMatchObject([{ amountMinor: 5, limits: { ask_above: 10, cap: 60 } }])
})

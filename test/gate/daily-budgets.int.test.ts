import { describe, expect, it } from 'vitest'
import { setBudget } from '../support/daily-budget-kind.ts'
import { change, counted, MONTH, monthOf, policy, until, useAds } from '../support/daily-budgets.ts'
import { value } from '../support/world.ts'

const DAY = 24 * 3_600_000
const WEEK = 'week:2026-W10'

describe('a daily budget', () => {
  const { its } = useAds()

  it('commits itself for the days that are left, and the next one only the difference', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 9_000 }, week: { cap: 90_000 }, month: { cap: 900_000 } } })
    const first = await world.propose(setBudget('spring', 8_000))
    expect(await counted(world, MONTH)).toEqual({ committed: 0, reserved: 8_000 * 28 })
    expect(first.preview.lines).toContainEqual({
      label: 'It commits',
      value: '$2,240.00 more this month: $80.00 a day for 28 days',
    })
    await world.approve(first)
    const second = await world.propose(setBudget('spring', 8_500))
    expect(await counted(world, MONTH)).toEqual({ committed: 8_000 * 28, reserved: 500 * 28 })
    expect(second.preview.lines).toContainEqual({
      label: 'It commits',
      value: '$140.00 more this month: $85.00 a day instead of $80.00 for 28 days',
    })
    await world.approve(second)
    expect(await counted(world, MONTH)).toEqual({ committed: 8_500 * 28, reserved: 0 })
    expect(await counted(world, WEEK)).toEqual({ committed: 8_500 * 5, reserved: 0 })
    expect(await counted(world, 'day:2026-03-04')).toEqual({ committed: 8_500, reserved: 0 })
    world.pass(10 * DAY)
    await change(world, 'spring', 6_000)
    expect(await counted(world, MONTH)).toEqual({ committed: 8_500 * 11 + 6_000 * 17, reserved: 0 })
  })

  it('is blocked where a window has no room, and says how much a day would pass', async () => {
    const { world } = its
    await policy(world, monthOf(200_000))
    await change(world, 'spring', 5_000)
    const tooMuch = await world.propose(setBudget('spring', 8_000))
    expect(tooMuch).toMatchObject({
      state: 'blocked',
      verdict: {
        reasons: [
          {
            rule: 'budget.month.cap',
            text: 'At $80.00 a day it commits $840.00 more for 28 days; of the month’s budget of $2,000.00 only $600.00 is left. Up to $71.42 a day would pass.',
          },
        ],
      },
    })
    expect(await world.propose(setBudget('spring', 7_143))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('spring', 7_142))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('that goes down frees room only once it is done', async () => {
    const { world } = its
    await policy(world, monthOf(5_000 * 28))
    await change(world, 'spring', 5_000)
    const less = await world.propose(setBudget('spring', 2_000))
    expect(await counted(world, MONTH)).toEqual({ committed: 5_000 * 28, reserved: 0 })
    expect(await world.propose(setBudget('autumn', 1))).toMatchObject({ state: 'blocked' })
    await world.approve(less)
    // Today’s may be spent.
    expect(await counted(world, MONTH)).toEqual({ committed: 5_000 + 2_000 * 27, reserved: 0 })
    expect(await world.propose(setBudget('autumn', 2_893))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('autumn', 2_892))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('that pauses a campaign commits nothing from tomorrow on', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await change(world, 'spring', 5_000)
    world.pass(2 * DAY)
    await change(world, 'spring', 0)
    expect(await counted(world, MONTH)).toEqual({ committed: 5_000 * 3, reserved: 0 })
  })

  it('never passes the day’s cap, however often campaigns are paused and others begin', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 5_000 } } })
    await change(world, 'spring', 5_000)
    await change(world, 'spring', 0)
    expect(await world.propose(setBudget('autumn', 1))).toMatchObject({ state: 'blocked' })
    world.pass(DAY)
    expect(await world.propose(setBudget('autumn', 5_000))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('counts what the platform spent where that is larger', async () => {
    const { world } = its
    await policy(world, monthOf(200_000))
    await change(world, 'spring', 5_000)
    value(await world.gate.recordSpend(world.owner, [{ budget: MONTH, spentMinor: 199_972 }]))
    expect(await world.propose(setBudget('autumn', 2))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('autumn', 1))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('is weighed by 30 days where one action has a limit', async () => {
    const { world } = its
    await policy(world, { amount: { cap: 200_000 } })
    until(world, '2026-03-31T17:00:00Z')
    expect(await world.propose(setBudget('spring', 8_000))).toMatchObject({
      verdict: {
        reasons: [
          {
            text: 'It commits $2,400.00 in 30 days ($80.00 a day); one action may cost $2,000.00 at most. An owner can raise that cap.',
          },
        ],
      },
    })
  })

  it('always asks a person where its campaign has a budget, which it could outlive', async () => {
    const { world } = its
    await policy(world, { budget: { campaign: { cap: 900_000 } } })
    const reasons = [
      {
        rule: 'budget.campaign.daily',
        text: '$80.00 a day has no end, and the budget of this campaign counts it to the end of the month only: a person decides.',
      },
    ]
    const asked = await world.propose(setBudget('spring', 8_000))
    expect(asked.verdict).toMatchObject({ outcome: 'ask', reasons })
    expect((await world.approve(asked)).state).toBe('executed')
    expect(await counted(world, 'campaign:hubspot:spring')).toEqual({ committed: 8_000 * 28, reserved: 0 })
    expect(await world.propose(setBudget('spring', 7_000))).toMatchObject({ verdict: { outcome: 'pass' } })
  })

  it('without a campaign is blocked, and so is one in a currency without a rate', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    expect(await world.propose(setBudget('', 1))).toMatchObject({
      state: 'blocked',
      verdict: { reasons: [{ rule: 'budget.campaign.unknown' }] },
    })
    const euros = { kind: 'hubspot.ad_budget.set', input: { campaign: 'spring', perDay: 1, currency: 'EUR' } }
    expect(await world.propose(euros)).toMatchObject({ state: 'blocked', verdict: { reasons: [{ rule: 'currency' }] } })
    expect((await counted(world, MONTH)) ?? { committed: 0, reserved: 0 }).toEqual({ committed: 0, reserved: 0 })
  })
})

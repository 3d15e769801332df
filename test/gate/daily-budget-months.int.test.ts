import { describe, expect, it } from 'vitest'
import { setBudget } from '../support/daily-budget-kind.ts'
import { change, counted, MONTH, monthOf, policy, undo, until, useAds } from '../support/daily-budgets.ts'
import { value } from '../support/world.ts'

const APRIL = 'month:2026-04'

describe('a daily budget', () => {
  const { its } = useAds()

  it('goes on into a new month, which knows of it from its first moment', async () => {
    const { world } = its
    await policy(world, monthOf(200_000))
    await change(world, 'spring', 5_000)
    until(world, '2026-04-01T06:00:00Z')
    const [seen] = value(await world.gate.listBudgets(world.owner))
    expect(seen).toMatchObject({ id: APRIL, committed: { minor: 5_000 * 30 } })
    expect(await world.propose(setBudget('autumn', 1_667))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('autumn', 1_666))).toMatchObject({ state: 'awaiting_approval' })
    expect(await counted(world, APRIL)).toEqual({ committed: 5_000 * 30, reserved: 1_666 * 30 })
    await change(world, 'spring', 4_000)
    expect(await counted(world, APRIL)).toMatchObject({ committed: 5_000 + 4_000 * 29 })
    expect(await counted(world, MONTH)).toEqual({ committed: 5_000 * 28, reserved: 0 })
  })

  it('counts in a month that something was planned in before', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await world.propose({ ...setBudget('autumn', 1_000), notBefore: new Date('2026-04-10T17:00:00Z') })
    expect(await counted(world, APRIL)).toEqual({ committed: 0, reserved: 1_000 * 21 })
    const done = await change(world, 'spring', 5_000)
    expect(await counted(world, APRIL)).toEqual({ committed: 5_000 * 30, reserved: 1_000 * 21 })
    await undo(world, done.id)
    expect(await counted(world, APRIL)).toEqual({ committed: 0, reserved: 1_000 * 21 })
  })

  it('counts calendar days in a month in which the clocks change', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    // The last minute of 7 March, the night before the clocks go forward, and the first after it.
    until(world, '2026-03-08T06:59:00Z')
    await world.propose(setBudget('a', 1))
    until(world, '2026-03-08T07:00:00Z')
    await world.propose(setBudget('b', 1_000))
    expect(await counted(world, MONTH)).toEqual({ committed: 0, reserved: 25 + 24_000 })
    until(world, '2026-11-01T06:00:00Z')
    await world.propose(setBudget('c', 1))
    expect(await counted(world, 'month:2026-11')).toEqual({ committed: 0, reserved: 30 })
  })

  it('is told to a budget that is new, with what ran before the month', async () => {
    const { world } = its
    await policy(world, {})
    await change(world, 'spring', 5_000)
    until(world, '2026-04-04T17:00:00Z')
    await change(world, 'spring', 8_000)
    await change(world, 'autumn', 1_000)
    const back = await change(world, 'summer', 700)
    await undo(world, back.id)
    await policy(world, monthOf(900_000))
    const total = 5_000 * 3 + 8_000 * 27 + 1_000 * 27 + 700
    expect(await counted(world, APRIL)).toEqual({ committed: total, reserved: 0 })
    await policy(world, { budget: { week: { cap: 900_000 }, month: { cap: 900_000 } } })
    expect(await counted(world, APRIL)).toEqual({ committed: total, reserved: 0 })
    // Monday 30 March to Sunday 5 April.
    expect(await counted(world, 'week:2026-W14')).toEqual({
      committed: 5_000 * 5 + 8_000 * 2 + 1_000 * 2 + 700,
      reserved: 0,
    })
    await change(world, 'spring', 6_000)
    await policy(world, monthOf(800_000))
    expect(await counted(world, APRIL)).toEqual({ committed: total - 2_000 * 26, reserved: 0 })
    until(world, '2026-05-01T17:00:00Z')
    await world.propose(setBudget('summer', 0))
    expect(await counted(world, 'month:2026-05')).toMatchObject({ committed: 7_000 * 31 })
  })
})

import { describe, expect, it } from 'vitest'
import { setBudget } from '../support/daily-budget-kind.ts'
import { decide } from '../support/decide.ts'
import { change, counted, MONTH, monthOf, policy, useAds } from '../support/daily-budgets.ts'
import { refusal, value, type World } from '../support/world.ts'

describe('daily budgets at once', () => {
  const { ads, its } = useAds()

  it('16 of different campaigns never pass the cap', async () => {
    const { world } = its
    await policy(world, monthOf(10_000 * 28))
    await world.letEarn('ad_budget.small', 3)
    await world.letEarn('ad_budget.medium', 3)
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => world.propose(setBudget(`campaign ${n}`, 900 + n))),
    )
    await Promise.all(
      answers.filter(({ state }) => state === 'awaiting_approval').map((action) => world.approve(action)),
    )
    for (let turn = 0; turn < 3; turn += 1) {
      world.pass(6_000)
      await world.sweep()
    }
    const running = [...ads.platform.values()].reduce((sum, perDay) => sum + perDay, 0)
    expect(running).toBeLessThanOrEqual(10_000)
    expect(await counted(world, MONTH)).toEqual({ committed: running * 28, reserved: 0 })
    // Each was at most 915: with 10 in, another would not have fitted.
    expect(running).toBeGreaterThan(10_000 - 915)
  })

  it('of one campaign wait for each other, and end with the last one', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    const perDays = [3_000, 9_000, 1_000, 6_000]
    const waiting: Awaited<ReturnType<World['propose']>>[] = []
    for (const perDay of perDays) waiting.push(await world.propose(setBudget('spring', perDay)))
    expect(await counted(world, MONTH)).toEqual({ committed: 0, reserved: 19_000 * 28 })
    await Promise.all(waiting.map((action) => world.approve(action)))
    for (let turn = 0; turn < perDays.length; turn += 1) {
      world.pass(6_000)
      await world.sweep()
    }
    const states = await Promise.all(waiting.map(({ id }) => world.get(id)))
    expect(states.map(({ state }) => state)).toEqual(perDays.map(() => 'executed'))
    const last = ads.platform.get('spring') ?? 0
    expect(await counted(world, 'daily:hubspot:spring')).toEqual({ committed: last, reserved: 0 })
    const done = await world.query("select subject from ledger_events where type = 'executed' order by id")
    const order = done.map(({ subject }) => perDays[waiting.findIndex(({ id }) => id === subject)] ?? Number.NaN)
    expect(order.at(-1)).toBe(last)
    const taken = order
      .map((perDay, at) => Math.max(0, (order[at - 1] ?? 0) - perDay))
      .reduce((sum, one) => sum + one, 0)
    expect(await counted(world, MONTH)).toEqual({ committed: last * 28 + taken, reserved: 0 })
  })

  it('do not touch a campaign while a change of it is on its way', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    const done = await change(world, 'spring', 5_000)
    const call = Promise.withResolvers<void>()
    ads.gates.set('spring', call.promise)
    const [less, more] = [
      await world.propose(setBudget('spring', 2_000)),
      await world.propose(setBudget('spring', 6_000)),
    ]
    value(await decide(world, less, { decision: 'approve' }))
    while ((await world.get(less.id)).state !== 'executing');
    value(await decide(world, more, { decision: 'approve' }))
    while ((await world.stateRow(more.id))['remark'] === null);
    expect(await world.stateRow(more.id)).toMatchObject({
      state: 'ready',
      remark: { note: 'Another change of this campaign is under way; this one follows it.' },
    })
    const undone = await world.gate.undoAction(world.owner, done.id, { despiteChanges: true })
    expect(refusal(undone)).toMatchObject({ kind: 'not_now' })
    call.resolve()
    await world.settled()
    world.pass(6_000)
    await world.sweep()
    expect(ads.platform.get('spring')).toBe(6_000)
    expect(await counted(world, MONTH)).toEqual({ committed: 6_000 * 28 + 3_000, reserved: 0 })
  })
})

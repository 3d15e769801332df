import { expect, it } from 'vitest'
import { setBudget } from '../support/daily-budget-kind.ts'
import { change, counted, monthOf, policy, undo, useAds } from '../support/daily-budgets.ts'
import { decide } from '../support/decide.ts'
import { value } from '../support/world.ts'

const { ads, its } = useAds()

it('what was looked at while another change of the campaign was under way is looked at again', async () => {
  const { world } = its
  await policy(world, monthOf(900_000))
  await change(world, 'spring', 5_000)
  const [first, second] = [
    await world.propose(setBudget('spring', 2_000)),
    await world.propose(setBudget('spring', 6_000)),
  ]
  const [call, look] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  ads.gates.set('spring', call.promise)
  value(await decide(world, first, { decision: 'approve' }))
  while ((await world.get(first.id)).state !== 'executing');
  ads.looks.set('spring', look.promise)
  value(await decide(world, second, { decision: 'approve' }))
  // It has seen 5,000.
  while (ads.looks.size > 0) await new Promise(setImmediate)
  world.pass(1)
  call.resolve()
  while ((await world.get(first.id)).state !== 'executed');
  look.resolve()
  await world.settled()
  expect(await world.get(second.id)).toMatchObject({ state: 'ready' })
  for (let turn = 0; turn < 2; turn += 1) {
    world.pass(6_000)
    await world.sweep()
  }
  expect(await world.get(second.id)).toMatchObject({ state: 'executed' })
  await undo(world, second.id)
  expect(ads.platform.get('spring')).toBe(2_000)
  expect(await counted(world, 'daily:hubspot:spring')).toMatchObject({ committed: 2_000 })
})

it('a change whose answer was lost keeps the next one back until it is known', async () => {
  const { world } = its
  await policy(world, monthOf(900_000))
  ads.lost.add('spring')
  const lost = await change(world, 'spring', 5_000)
  expect(lost.state).toBe('ready')
  const next = await change(world, 'spring', 3_000)
  expect(next.state).toBe('ready')
  for (let turn = 0; turn < 40 && (await world.get(next.id)).state !== 'executed'; turn += 1) {
    world.pass(15_000)
    await world.sweep()
  }
  expect([await world.get(lost.id), await world.get(next.id)].map(({ state }) => state)).toEqual([
    'executed',
    'executed',
  ])
  expect(ads.platform.get('spring')).toBe(3_000)
  expect(await counted(world, 'daily:hubspot:spring')).toMatchObject({ committed: 3_000 })
})

it.each(['customers/1/campaigns/2', 'x/daily', 'a/day:2026-03-04'])(
  'a campaign that the platform calls %s has rows of its own',
  async (campaign) => {
    const { world } = its
    await policy(world, { budget: { month: { cap: 900_000 }, campaign: { cap: 900_000, ask_above: 900_000 } } })
    await change(world, campaign, 5_000)
    const rows = await world.query('select "window", committed from budgets where committed <> 0 order by "window"', [])
    const name = `hubspot:${encodeURIComponent(campaign)}`
    expect(rows.map((row) => [row['window'], Number(row['committed'])])).toEqual([
      [`campaign:${name}`, 5_000 * 28],
      ['daily', 5_000],
      [`daily:${name}`, 5_000],
      ['month:2026-03', 5_000 * 28],
    ])
    const action = await change(world, campaign, 1_000)
    await undo(world, action.id)
    expect(await counted(world, 'daily')).toMatchObject({ committed: 5_000 })
  },
)

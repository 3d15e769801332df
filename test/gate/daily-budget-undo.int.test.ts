import { describe, expect, it } from 'vitest'
import { change, counted, MONTH, monthOf, policy, undo, until, useAds } from '../support/daily-budgets.ts'
import { refusal, value } from '../support/world.ts'

const DAY = 24 * 3_600_000
const APRIL = 'month:2026-04'

describe('a daily budget', () => {
  const { ads, its } = useAds()

  it('is not raised again by an agent that takes its own cut back', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await change(world, 'spring', 5_000)
    const cut = await change(world, 'spring', 0)
    const said = refusal(await world.gate.undoAction(world.agent, cut.id, { despiteChanges: true }))
    expect(said).toMatchObject({ kind: 'not_permitted', why: expect.stringContaining('spends more a day again') })
    expect(ads.platform.get('spring')).toBe(0)
    expect((await undo(world, cut.id)).state).toBe('undone')
    expect(ads.platform.get('spring')).toBe(5_000)
    const raise = await change(world, 'spring', 6_000)
    expect(value(await world.gate.undoAction(world.agent, raise.id, { despiteChanges: true })).state).toBe('undone')
  })

  it('gives back on an undo what was not spent yet: the days after it', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 900_000 }, month: { cap: 900_000 } } })
    await change(world, 'spring', 5_000)
    const more = await change(world, 'spring', 8_000)
    world.pass(DAY / 2)
    expect((await undo(world, more.id)).state).toBe('undone')
    expect(ads.platform.get('spring')).toBe(5_000)
    expect(await counted(world, 'daily:hubspot:spring')).toMatchObject({ committed: 5_000 })
    expect(await counted(world, MONTH)).toEqual({ committed: 8_000 + 5_000 * 27, reserved: 0 })
    expect(await counted(world, 'day:2026-03-04')).toEqual({ committed: 8_000, reserved: 0 })
  })

  it('is what it was before after an undo, however often it changed since', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await change(world, 'spring', 5_000)
    const first = await change(world, 'spring', 8_000)
    await change(world, 'spring', 4_000)
    await undo(world, first.id)
    expect(await counted(world, 'daily:hubspot:spring')).toMatchObject({ committed: 5_000 })
    // Of today also the 4,000 that were taken off it.
    expect(await counted(world, MONTH)).toEqual({ committed: 5_000 * 28 + 4_000, reserved: 0 })
  })

  it('undone in the next month gives its days back there', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    until(world, '2026-04-01T05:00:00Z')
    const done = await change(world, 'spring', 5_000)
    expect(await counted(world, MONTH)).toMatchObject({ committed: 5_000 })
    until(world, '2026-04-01T20:00:00Z')
    await undo(world, done.id)
    expect(await counted(world, MONTH)).toMatchObject({ committed: 5_000 })
    expect(await counted(world, APRIL)).toMatchObject({ committed: 5_000 })
  })
})

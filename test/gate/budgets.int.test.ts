import { describe, expect, it } from 'vitest'
import { START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK_WINDOW = 'week:2026-W10'
const MONTH_WINDOW = 'month:2026-03'

const contacts = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => String(101 + i))
/** Costs ten dollars a contact under `priced`. */
const add = (n: number) => ({ kind: 'hubspot.list.add', input: { listId: '12', contactIds: contacts(n) } })
const remove = (n: number) => ({ kind: 'hubspot.list.remove', input: { listId: '12', contactIds: contacts(n) } })
const priced = { cost_per_person: { 'hubspot.list.add': 1_000, 'hubspot.list.remove': 1_000 } }
const policy = async (world: World, document: object) =>
  value(await world.gate.setPolicy(world.owner, { ...priced, ...document }, null))
const used = async (world: World, window: string) => {
  const budget = await world.budget(window)
  return budget ? budget.reserved + budget.committed : 0
}

describe('budgets of several windows', () => {
  const its = useWorld()

  it('are charged together, and moved together', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 9_000 }, week: { cap: 9_000 }, month: { cap: 9_000 } } })
    const action = await world.propose(add(2))
    for (const window of ['day:2026-03-04', WEEK_WINDOW, MONTH_WINDOW])
      expect([window, await world.budget(window)]).toEqual([window, { reserved: 2_000, committed: 0 }])
    await world.approve(action)
    for (const window of ['day:2026-03-04', WEEK_WINDOW, MONTH_WINDOW])
      expect([window, await world.budget(window)]).toEqual([window, { reserved: 0, committed: 2_000 }])
  })

  it('block by the one that has no room, and name it; the next day the week still counts', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 9_000 }, week: { cap: 3_000 } } })
    await world.approve(await world.propose(add(2)))
    world.pass(DAY)
    expect(await world.propose(add(2))).toMatchObject({
      state: 'blocked',
      verdict: {
        reasons: [
          { rule: 'budget.week.cap', text: expect.stringContaining('of the week’s budget of $30.00 only $10.00') },
        ],
      },
    })
    // On Monday it begins anew.
    world.pass(5 * DAY)
    expect(await world.propose(add(2))).toMatchObject({ verdict: { outcome: 'pass' } })
  })

  it('of a scope count what it names and nothing else', async () => {
    const { world } = its
    await policy(world, {
      scopes: [{ name: 'list clean-up', when: { kind: 'hubspot.list.remove' }, budget: { month: { cap: 1_000 } } }],
    })
    expect(await world.propose(add(3))).toMatchObject({ verdict: { outcome: 'pass' } })
    expect(await world.propose(remove(2))).toMatchObject({
      state: 'blocked',
      verdict: { reasons: [{ text: expect.stringContaining('of the month’s budget for list clean-up of $10.00') }] },
    })
    expect(await world.propose(remove(1))).toMatchObject({ verdict: { outcome: 'pass' } })
  })

  it('of the platform’s own spend count it where it is larger', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 5_000 } } })
    await world.approve(await world.propose(add(1)))
    const [day] = value(await world.gate.recordSpend(world.owner, [{ budget: 'day:2026-03-04', spentMinor: 4_500 }]))
    expect(day).toMatchObject({ committed: { minor: 1_000 }, spent: { minor: 4_500 } })
    expect(await world.propose(add(1))).toMatchObject({ state: 'blocked', verdict: { outcome: 'block' } })
    value(await world.gate.recordSpend(world.owner, [{ budget: 'day:2026-03-04', spentMinor: 900 }]))
    expect(await world.propose(add(2))).toMatchObject({ verdict: { outcome: 'pass' } })
    expect(await world.gate.recordSpend(world.owner, [{ budget: 'day:1999-01-01', spentMinor: 1 }])).toMatchObject({
      ok: false,
      error: { kind: 'malformed', problems: [{ path: 'items.0.budget' }] },
    })
  })

  it('that are new know what was committed before them, and what is still on its way', async () => {
    const { world } = its
    await policy(world, {})
    await world.approve(await world.propose(add(2)))
    await world.propose(add(3))
    await policy(world, { budget: { month: { cap: 6_000 } } })
    await world.sweep()
    expect(await world.propose(remove(2))).toMatchObject({
      state: 'blocked',
      verdict: { reasons: [{ text: expect.stringContaining('of the month’s budget of $60.00 only $10.00 is left') }] },
    })
    expect(await world.propose(remove(1))).toMatchObject({ verdict: { outcome: 'pass' } })
  })

  it('are never exceeded by one cent by 64 at once, and never starved by what ended', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 20_000 }, week: { cap: 17_000 }, month: { cap: 30_000 } } })
    for (const round of [1, 2]) {
      const proposed = await Promise.all(
        Array.from({ length: 64 }, (_, i) =>
          world.propose({
            ...add(1 + (i % 3)),
            input: { listId: String(100 * round + i), contactIds: contacts(1 + (i % 3)) },
          }),
        ),
      )
      const fitting = proposed.filter(({ state }) => state === 'awaiting_approval')
      const reserved = fitting.reduce((sum, { reach }) => sum + (reach?.amount?.minor ?? 0), 0)
      expect(reserved).toBeLessThanOrEqual(17_000)
      // Nothing that would still have fitted was turned away for good: less than the smallest is left.
      expect(17_000 - reserved).toBeLessThan(1_000)
      for (const window of ['day:2026-03-04', WEEK_WINDOW, MONTH_WINDOW])
        expect(await used(world, window)).toBe(reserved)
      await Promise.all(
        fitting.map(({ id, payloadHash }) =>
          world.gate.decideAction(world.owner, { actionId: id, decision: 'reject', payloadHash: payloadHash ?? '' }),
        ),
      )
      for (const window of ['day:2026-03-04', WEEK_WINDOW, MONTH_WINDOW]) expect(await used(world, window)).toBe(0)
      // So that the agent may propose as many again.
      world.pass(60_000)
    }
  })

  it('roll over at the zone’s midnight on the day the clocks change', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 1_000 } } })
    // 8 March 2026 has 23 hours in Denver: from 07:00 UTC to 06:00 UTC.
    world.pass(new Date('2026-03-09T05:59:00Z').getTime() - START.getTime())
    await world.approve(await world.propose(add(1)))
    expect(await world.budget('day:2026-03-08')).toEqual({ reserved: 0, committed: 1_000 })
    expect(await world.propose(remove(1))).toMatchObject({ state: 'blocked' })
    world.pass(60_000)
    expect(await world.propose(remove(1))).toMatchObject({ verdict: { outcome: 'pass' } })
    expect(await world.budget('day:2026-03-09')).toEqual({ reserved: 1_000, committed: 0 })
  })
})

describe('how often something runs', () => {
  const its = useWorld()
  const thrice = { rates: [{ most: 3, per: 'day', of: 'kind', outcome: 'ask' }] }
  const note = (n: number) => ({ kind: 'hubspot.note.create', input: { contactId: '101', body: `Note ${n}` } })

  it('is exact under 32 at once, and what was turned away does not count', async () => {
    const { world } = its
    await policy(world, thrice)
    for (const band of ['small']) await world.letEarn(`crm_update.${band}`, 3)
    const proposed = await Promise.all(Array.from({ length: 32 }, (_, n) => world.propose(note(n))))
    await world.settled()
    expect(proposed.filter(({ verdict }) => verdict?.outcome === 'pass')).toHaveLength(3)
    world.pass(DAY)
    expect(await world.propose(note(99))).toMatchObject({ verdict: { outcome: 'pass' } })
  })
})

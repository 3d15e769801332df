import { describe, expect, it } from 'vitest'
import { create, nextWrite } from '../support/platform-fault-steps.ts'
import { value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const DAY = 24 * 3_600_000
const MONTH = 'month:2026-03'

/** Costs ten dollars a contact. */
const add = (n: number) => ({
  kind: 'hubspot.list.add',
  input: { listId: '12', contactIds: Array.from({ length: n }, (_, i) => String(101 + i)) },
})
const priced = { cost_per_person: { 'hubspot.list.add': 1_000, [create.kind]: 1_000 } }
const policy = async (world: World, document: object, only: object | null = null) =>
  value(await world.gate.setPolicy(world.owner, { ...priced, ...document }, null, only))
const carried = async (world: World, window: string) =>
  (await world.query('select carried from budgets where "window" = $1', [window])).map((row) => Number(row['carried']))
const withdraw = async (world: World) => {
  const [trial] = value(await world.gate.getPolicy(world.owner)).trials
  if (!trial) throw new Error('There is no trial')
  value(await world.gate.endPolicyTrial(world.owner, trial.id, 'withdrawn'))
}

describe('a budget that is new', () => {
  const its = useWorld()

  it('of a week knows what ran since Monday, also in the month before', async () => {
    const { world } = its
    await policy(world, {})
    world.pass(27 * DAY)
    await world.approve(await world.propose(add(2)))
    world.pass(2 * DAY)
    await policy(world, { budget: { week: { cap: 9_000 }, month: { cap: 9_000 } } })
    expect(await carried(world, 'week:2026-W14')).toEqual([2_000])
    expect(await carried(world, 'month:2026-04')).toEqual([])
  })

  it('knows what may have arrived at the platform', async () => {
    const { world } = its
    await policy(world, {})
    nextWrite(world, 'lost_after')
    expect((await world.approve(await world.propose(create))).state).toBe('unknown')
    await policy(world, { budget: { month: { cap: 9_000 } } })
    expect(await carried(world, MONTH)).toEqual([1_000])
  })

  it('counts what was claimed once, however often the policy changes', async () => {
    const { world } = its
    await policy(world, {})
    await world.approve(await world.propose(add(1)))
    await policy(world, { budget: { month: { cap: 9_000 } } })
    await world.approve(await world.propose(add(3)))
    await policy(world, { budget: { month: { cap: 8_000 } } })
    expect(await carried(world, MONTH)).toEqual([1_000])
    expect(await world.budget(MONTH)).toEqual({ reserved: 0, committed: 3_000 })
  })
})

describe('a budget on trial', () => {
  const its = useWorld()

  it('knows what ran before it where it holds', async () => {
    const { world } = its
    await policy(world, {})
    await world.approve(await world.propose(add(2)))
    await policy(world, { budget: { month: { cap: 9_000 } } }, { kind: 'hubspot.list.add' })
    expect(await carried(world, MONTH)).toEqual([2_000])
    await withdraw(world)
    await policy(world, { budget: { week: { cap: 9_000 } } }, { kind: 'hubspot.note.create' })
    expect(await carried(world, 'week:2026-W10')).toEqual([])
  })

  it('that is withdrawn leaves what ran under it to those in force', async () => {
    const { world } = its
    await policy(world, { budget: { month: { cap: 9_000 } } })
    await policy(world, { budget: { week: { cap: 9_000 } } }, { kind: 'hubspot.list.add' })
    await world.approve(await world.propose(add(1)))
    expect(await world.budget(MONTH)).toBeNull()
    await withdraw(world)
    expect(await carried(world, MONTH)).toEqual([1_000])
  })

  it('shares with those in force what it was charged to', async () => {
    const { world } = its
    await policy(world, { budget: { month: { cap: 9_000 } } })
    await policy(world, { budget: { month: { cap: 8_000 } } }, { kind: 'hubspot.list.add' })
    await world.approve(await world.propose(add(1)))
    await withdraw(world)
    expect(await carried(world, MONTH)).toEqual([0])
    expect(await world.budget(MONTH)).toEqual({ reserved: 0, committed: 1_000 })
  })
})

import { describe, expect, it } from 'vitest'
import { approveMany, earnThree, openOnes, proposed } from '../support/earn-by-work.ts'
import { DAY, update } from '../support/level-steps.ts'
import { useWorld } from '../support/use-world.ts'
import { WALLS } from '../support/walls.ts'
import { refusal, value, type World } from '../support/world.ts'

const SCOPE = 'crm_update.small'
const its = useWorld()

const set = async (policy: unknown, only?: object) =>
  value(await its.world.gate.setPolicy(its.world.owner, policy, null, only))

const wallsGate = async (world: World) => {
  const { cells } = value(await world.gate.explainTrust(world.owner, SCOPE))
  return cells[0]?.next?.gates.find(({ name }) => name === 'walls')
}

const NOTHING_SET =
  'Not set for CRM updates: brand voice, channels and topics. Add them to the policy, or start from a ready pack.'

describe('without its walls', () => {
  it('what has earned a raise is not proposed, a person cannot give it, and both are told what to set', async () => {
    const { world } = its
    await set({})
    await approveMany(world, 31)
    expect(await world.reviewTrust()).toMatchObject({ proposed: 0, raised: 0 })
    expect(await openOnes(world)).toEqual([])
    expect(await wallsGate(world)).toMatchObject({ status: 'missing', has: 0, needs: 3, says: NOTHING_SET })
    const granting = world.gate.setGrant(world.owner, SCOPE, 3, { scenario: update.kind })
    expect(refusal(await granting)).toEqual({ kind: 'not_earned', missing: [NOTHING_SET] })
    await set({ ...WALLS, topics: [] })
    expect(await wallsGate(world)).toMatchObject({
      says: 'No topics are set for CRM updates; add those that a person decides to the policy.',
    })
    expect(await world.reviewTrust()).toMatchObject({ proposed: 0 })
    await set(WALLS)
    expect(await world.reviewTrust()).toMatchObject({ proposed: 1 })
  })

  it('nothing rises by the owner’s standing choice', async () => {
    const { world } = its
    value(await world.gate.setStandingConsent(world.owner, 'crm_update', 3))
    await set({ ...WALLS, warn_only: ['topics'] })
    await approveMany(world, 31)
    expect(await world.reviewTrust()).toMatchObject({ raised: 0 })
    expect((await world.propose(update)).level?.inForce).toBe(2)
    await set(WALLS)
    expect(await world.reviewTrust()).toMatchObject({ raised: 1 })
  })

  it('an open proposal is refused, and taken back', async () => {
    const { world } = its
    await set(WALLS)
    await approveMany(world, 31)
    const { id } = await proposed(world)
    await set({})
    const granting = world.gate.decidePromotion(world.owner, id, 'grant', null)
    expect(refusal(await granting)).toEqual({ kind: 'not_earned', missing: [NOTHING_SET] })
    expect(await world.reviewTrust()).toMatchObject({ withdrawn: 1 })
    expect(value(await world.gate.listGrants(world.owner))).toEqual([])
  })

  it('what was given stays, and the next step waits', async () => {
    const { world } = its
    await set(WALLS)
    await earnThree(world)
    await set({})
    world.pass(DAY)
    await world.reviewTrust()
    expect((await world.propose(update)).level).toMatchObject({ inForce: 3, boundBy: 'grant' })
    expect(await wallsGate(world)).toMatchObject({ status: 'missing', says: NOTHING_SET })
    expect(value(await world.gate.rebuildTrust(world.admin))).toMatchObject({ corrected: 0 })
  })
})

it('a ready pack that is put in force has them all', async () => {
  const { world } = its
  await set({})
  await approveMany(world, 31)
  await set('extends: cautious-start')
  expect(await wallsGate(world)).toMatchObject({ status: 'held' })
  expect(await world.reviewTrust()).toMatchObject({ proposed: 1 })
})

it('a budget is asked for where money moves, and where the policy says that it does', async () => {
  const { world } = its
  await set(WALLS)
  await approveMany(world, 2)
  expect(await wallsGate(world)).toMatchObject({ status: 'held', needs: 3 })
  const priced = { ...WALLS, cost_per_person: { [update.kind]: 1 } }
  await set({ ...priced, budget: {} })
  expect(await wallsGate(world)).toMatchObject({
    has: 3,
    needs: 4,
    says: 'No budget is set for CRM updates, where money moves; add one for a day, a week or a month to the policy.',
  })
  await set({ ...priced, budget: { day: { cap: 1_000 } } })
  expect(await wallsGate(world)).toMatchObject({ status: 'held', has: 4 })
  await approveMany(world, 1)
  // What cost money once is held to a budget from then on.
  await set(WALLS)
  expect(await wallsGate(world)).toMatchObject({ status: 'missing', has: 3, needs: 4 })
})

it('the walls of a version on trial count where it holds', async () => {
  const { world } = its
  await set(WALLS)
  await approveMany(world, 2)
  await set({ ...WALLS, topics: [] }, { kind: update.kind })
  expect(await wallsGate(world)).toMatchObject({ status: 'missing', has: 2 })
})

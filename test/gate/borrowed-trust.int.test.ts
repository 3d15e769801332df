import { expect, it } from 'vitest'
import { approvalLcb } from '../../core/domain/trust/score.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const DAY = 86_400_000
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }
const toList = { kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101'] } }

const its = useWorld()

const policy = async (world: World, similarity: number) => {
  const similar = [{ category: 'crm_update' as const, from: 'audience' as const, similarity }]
  value(await world.gate.setPolicy(world.owner, { similar }, null))
}

const trust = async (world: World) => value(await world.gate.explainTrust(world.owner, 'crm_update.small'))

it('a category that is declared alike gives a head start of the score, capped, and no level', async () => {
  const { world } = its
  await world.letEarn('audience.small', 3)
  await world.propose(toList)
  for (let times = 0; times < 4; times += 1) await world.approve(await world.propose(note))
  world.pass(2 * DAY)
  await world.sweep()
  const alone = await trust(world)
  expect(alone.headStart).toBeNull()
  await policy(world, 0.9)
  const helped = await trust(world)
  expect(helped.headStart?.from).toBe('audience')
  expect(helped.headStart?.score).toBeGreaterThan(alone.score)
  expect(helped.headStart?.score).toBeLessThanOrEqual(59)
  expect(helped).toMatchObject({ score: alone.score, tier: alone.tier, cells: alone.cells })
  expect((await world.propose(note)).level?.inForce).toBe(2)
  await policy(world, 0)
  expect((await trust(world)).headStart).toBeNull()
})

it('a category below level 3 lends nothing', async () => {
  const { world } = its
  await policy(world, 1)
  await world.approve(await world.propose(toList))
  await world.approve(await world.propose(note))
  world.pass(2 * DAY)
  await world.sweep()
  expect((await trust(world)).headStart).toBeNull()
})

it('says how surely a kind is approved, from its own decisions where its siblings are too few', async () => {
  const { world } = its
  for (let times = 0; times < 3; times += 1) await world.approve(await world.propose(note))
  world.pass(2 * DAY)
  await world.sweep()
  expect((await trust(world)).cells[0]?.competence).toBeCloseTo(approvalLcb(3, 0), 12)
})

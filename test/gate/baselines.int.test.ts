import { expect, it } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const DAY = 86_400_000
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld()

const baseline = async (world: World, rate: number | null) =>
  value(await world.gate.setPolicy(world.owner, rate === null ? {} : { baselines: { crm_update: rate } }, null))

async function approve(world: World, count: number): Promise<void> {
  for (let times = 0; times < count; times += 1) await world.approve(await world.propose(note))
  world.pass(2 * DAY)
  await world.sweep()
}

const cell = async (world: World) => {
  const { cells } = value(await world.gate.explainTrust(world.owner, 'crm_update.small'))
  const test = cells[0]?.next?.gates.find(({ name }) => name === 'test')
  return { epoch: cells[0]?.epoch, correct: cells[0]?.correct, evidence: cells[0]?.evidence[0]?.has, says: test?.says }
}

it('what is replaced is what has to be beaten; another baseline starts the proof anew and keeps the counts', async () => {
  const { world } = its
  await baseline(world, 0.9)
  await approve(world, 3)
  const first = await cell(world)
  expect(first).toMatchObject({ epoch: 1, correct: 3, says: expect.stringContaining('more than 90 % is acceptable') })
  await approve(world, 1)
  expect((await cell(world)).evidence).toBeGreaterThan(first.evidence ?? NaN)
  await baseline(world, 0.95)
  await approve(world, 1)
  const second = await cell(world)
  expect(second).toMatchObject({ epoch: 2, correct: 5, says: expect.stringContaining('more than 95 %') })
  expect(second.evidence).toBeLessThan(first.evidence ?? NaN)
  expect(value(await world.gate.rebuildTrust(world.admin))).toMatchObject({ corrected: 0 })
})

it('below the floor of a level the floor holds, and above 98 % nothing can be shown', async () => {
  const { world } = its
  await baseline(world, 0.5)
  await approve(world, 1)
  expect(await cell(world)).toMatchObject({ epoch: 1, says: expect.stringContaining('more than 80 % is acceptable') })
  await baseline(world, 0.99)
  await approve(world, 1)
  expect(await cell(world)).toMatchObject({ evidence: null, says: expect.stringContaining('no number of decisions') })
})

import { expect, it } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const DAY = 86_400_000
const SCOPE = 'crm_update.small'
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld()

/** An action with a planned time a week; the process looks again so long after it. */
async function weeks(world: World, count: number, lateMs = 0): Promise<void> {
  for (let week = 0; week < count; week += 1) {
    await world.propose({ ...note, notBefore: new Date(world.now().getTime() + DAY) })
    world.pass(DAY + lateMs)
    await world.sweep()
    world.pass(6 * DAY - lateMs)
    await world.sweep()
  }
}

const gate = async (world: World) => {
  const { cells } = value(await world.gate.explainTrust(world.owner, SCOPE))
  const own = cells.find(({ agentId, scenario }) => agentId === world.agent.id && scenario === note.kind)
  return own?.next?.gates.find(({ name }) => name === 'service_level')
}

it('level 4 asks for two months in a row in which what was due went out in time', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  expect(await gate(world)).toMatchObject({ status: 'not_applicable_yet' })
  await weeks(world, 5)
  expect(await gate(world)).toMatchObject({ status: 'missing', says: expect.stringContaining('there is one so far') })
  await weeks(world, 4)
  expect(await gate(world)).toMatchObject({
    status: 'held',
    says: 'In the weaker of the last two months 100 % was carried out in time; 95 % is needed.',
  })
  await weeks(world, 1, DAY)
  expect(await gate(world)).toMatchObject({ status: 'missing' })
})

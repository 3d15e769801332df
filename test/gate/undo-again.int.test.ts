import { expect, it } from 'vitest'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import { value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const MINUTE = 60_000
const update = { kind: 'hubspot.contact.update', input: { contactId: '103', phone: '+1 555 0199' } }
const LOST_KEY: Fault = {
  status: 401,
  body: { status: 'error', message: 'No', correlationId: '00000000-0000-4000-8000-000000000000', category: 'TEST' },
}

const its = useWorld()

/** Done, and undone with an answer that was lost on the way there. */
async function undoIntoTheVoid(world: World) {
  const action = await world.approve(await world.propose(update))
  world.hubspot.script.queue({ match: (method) => method === 'PATCH', fault: 'lost_before' })
  value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
  expect((await world.get(action.id)).state).toBe('undoing')
  return action
}

it('an undo that cannot be looked up for half an hour asks a person instead of waiting for ever', async () => {
  const { world } = its
  const action = await undoIntoTheVoid(world)
  world.hubspot.script.queue({ match: () => true, fault: LOST_KEY, times: 1000 })
  for (let minutes = 0; minutes < 40; minutes += 2) {
    world.pass(2 * MINUTE)
    await world.sweep()
  }
  expect(await world.get(action.id)).toMatchObject({
    state: 'executed',
    exception: { source: 'undo_failed', options: ['retry'], resolvedAt: null },
  })
})

it('trying again is another undo, and the exception is settled by it', async () => {
  const { world } = its
  const before = structuredClone(world.hubspot.state.contacts['103']?.properties)
  const action = await undoIntoTheVoid(world)
  for (const _look of [1, 2]) {
    world.pass(MINUTE)
    await world.sweep()
  }
  const { exception } = await world.get(action.id)
  if (!exception) throw new Error('It should have asked')
  value(await world.gate.resolveException(world.owner, exception.id, 'retry'))
  expect(await world.get(action.id)).toMatchObject({ state: 'undone', exception: { resolvedBy: 'Owner' } })
  expect(world.hubspot.state.contacts['103']?.properties).toEqual(before)
})

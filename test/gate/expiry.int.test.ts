import { expect, it } from 'vitest'
import { value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const update = { kind: 'hubspot.contact.update', input: { contactId: '103', phone: '+1 555 0103' } }
const its = useWorld()

it('what the proposer gave a time to live does not run after it, approved or not', async () => {
  const { world } = its
  const action = await world.propose({ ...update, expiresAt: new Date(world.now().getTime() + 2 * HOUR) })
  const stopped = value(await world.gate.stop(world.owner, { kind: 'workspace' }, null))
  value(
    await world.gate.decideAction(world.owner, {
      actionId: action.id,
      decision: 'approve',
      payloadHash: action.payloadHash ?? '',
    }),
  )
  world.pass(3 * HOUR)
  value(await world.gate.resume(world.owner, stopped.switch.id, null))
  await world.sweep()
  expect((await world.get(action.id)).state).toBe('expired')
  expect(world.hubspot.script.effects).toEqual({})
})

it('a policy that lowers a level takes back what was let through without a person', async () => {
  const { world } = its
  await world.letEarn('crm_update.small', 4)
  const slot = new Date(world.now().getTime() + HOUR)
  const action = await world.propose({ ...update, notBefore: slot })
  expect(action.state).toBe('scheduled')
  value(await world.gate.setPolicy(world.owner, { levels: { crm_update: 2 } }, null))
  world.pass(HOUR)
  await world.sweep()
  expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', decisions: [] })
  expect(world.hubspot.script.effects).toEqual({})
})

it('a grant that ran out while it waited takes it back, too', async () => {
  const { world } = its
  const until = new Date(world.now().getTime() + HOUR)
  await world.letEarn('crm_update.small', 3, until)
  const action = await world.propose({ ...update, notBefore: new Date(until.getTime() + HOUR) })
  world.pass(2 * HOUR)
  await world.sweep()
  expect((await world.get(action.id)).state).toBe('awaiting_approval')
  expect(world.hubspot.script.effects).toEqual({})
})

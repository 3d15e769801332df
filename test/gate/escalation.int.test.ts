import { expect, it } from 'vitest'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const HOUR = 3_600_000
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const its = useWorld({
  policy: {
    approvals: {
      escalation: [
        { after_hours: 4, to: 'admin' },
        { after_hours: 10, to: 'bo@example.com' },
      ],
      sla_hours: 8,
    },
  },
})

/** Who was asked, hour by hour. */
async function asked(world: World, hours: number) {
  const told: unknown[] = []
  for (let hour = 1; hour <= hours; hour += 1) {
    world.pass(HOUR)
    await world.sweep()
    for (const job of await world.drainJobs()) if (job.queue === 'reminder') told.push([hour, job.kind, job.to])
  }
  return told
}

it('a waiting card goes along the path of the policy, each step once, and a missed time is recorded', async () => {
  const { world } = its
  const adam = await joins(world, 'Adam', 'admin')
  const bo = await joins(world, 'Bo', 'approver')
  const action = await world.propose(update)
  expect(await asked(world, 20)).toEqual([
    [2, 'remind', null],
    [4, 'escalate', adam.id],
    [8, 'remind', null],
    [10, 'escalate', bo.id],
  ])
  expect(await world.events(action.id)).toEqual(['proposed', 'reminded', 'escalated', 'sla_missed', 'escalated'])
  expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', escalated: true, reminders: 4 })
})

it('asks who stands in, who may approve it, and else an owner', async () => {
  const { world } = its
  const adam = await joins(world, 'Adam', 'admin', { channels: ['email'] })
  const ada = await joins(world, 'Ada', 'admin')
  const vera = await joins(world, 'Vera', 'viewer')
  value(await world.gate.delegate(ada, { to: vera.id, ends: '2026-03-09' }))
  await world.propose(update)
  const told = await asked(world, 12)
  expect(told).toEqual([
    [2, 'remind', null],
    [4, 'escalate', vera.id],
    [8, 'remind', null],
    [10, 'escalate', world.owner.id],
  ])
  expect(told).not.toContainEqual([4, 'escalate', adam.id])
})

it('a snooze neither skips a step nor brings one forward', async () => {
  const { world } = its
  await joins(world, 'Bo', 'approver')
  const action = await world.propose(update)
  expect(await asked(world, 2)).toEqual([[2, 'remind', null]])
  value(await world.gate.snoozeAction(world.owner, action.id, '1h'))
  expect((await asked(world, 9)).map((one) => (Array.isArray(one) ? one.slice(0, 2) : one))).toEqual([
    [1, 'remind'],
    [2, 'escalate'],
    [6, 'remind'],
    [8, 'escalate'],
  ])
})

it('a version on trial gives what stands there its own path', async () => {
  const { world } = its
  const adam = await joins(world, 'Adam', 'admin')
  const path = { approvals: { escalation: [{ after_hours: 2, to: 'admin' }] } }
  value(await world.gate.setPolicy(world.owner, path, null, { kind: update.kind }))
  await world.propose(update)
  expect(await asked(world, 3)).toEqual([
    [1, 'remind', null],
    [2, 'escalate', adam.id],
  ])
})

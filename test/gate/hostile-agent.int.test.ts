import { expect, it } from 'vitest'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { WALLS } from '../support/walls.ts'
import { refusal, value, type World } from '../support/world.ts'

const DAY = 86_400_000
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const people = (from: number, count: number) => Array.from({ length: count }, (_, at) => String(5_000 + from + at))
const piece = (from: number, count: number, listId = '12') => ({
  kind: 'hubspot.list.add',
  input: { listId, contactIds: people(from, count) },
})

const its = useWorld({ policy: WALLS })

/** Contacts that the pieces can be made of. */
const known = (world: World): void => {
  const at = world.now().toISOString()
  for (const id of people(0, 400))
    world.hubspot.state.contacts[id] = { id, properties: {}, createdAt: at, updatedAt: at, archived: false }
}

const states = (all: readonly ActionView[]): readonly string[] => all.map(({ state }) => state)

it('one action cut into many pieces is judged as the one that it is', async () => {
  const { world } = its
  known(world)
  await world.letEarn('audience.small', 3)
  expect((await world.propose(piece(0, 60))).state).toBe('executed')
  expect(await world.propose(piece(60, 40))).toMatchObject({ state: 'executed', band: 'small' })
  const third = await world.propose(piece(100, 30))
  expect(third).toMatchObject({
    state: 'awaiting_approval',
    note: expect.stringContaining('with 2 more like it since yesterday it reaches 130 people.'),
  })
  // Another list is another matter, and so is another day, and what a person approved.
  expect((await world.propose(piece(0, 50, '11'))).state).toBe('executed')
  expect((await world.approve(third)).state).toBe('executed')
  world.pass(DAY)
  expect((await world.propose(piece(300, 50))).state).toBe('executed')
})

it('pieces that come at once see each other', async () => {
  const { world } = its
  known(world)
  await world.letEarn('audience.small', 3)
  const all = await Promise.all([0, 50, 100, 150, 200].map((from) => world.propose(piece(from, 50))))
  await world.settled()
  const now = states(await Promise.all(all.map(({ id }) => world.get(id))))
  const ran = now.filter((state) => state === 'executed').length
  expect(ran).toBeLessThanOrEqual(2)
  expect(now.filter((state) => state === 'awaiting_approval')).toHaveLength(5 - ran)
})

it('easy, small work earns nothing for other work, nor for more of it at once', async () => {
  const { world } = its
  known(world)
  for (let times = 0; times < 31; times += 1) {
    await world.approve(await world.propose(note))
    world.pass(60_000)
  }
  world.pass(2 * DAY)
  await world.sweep()
  await world.reviewTrust()
  const [open] = value(await world.gate.listPromotions(world.owner, 'open'))
  if (!open) throw new Error('Nothing was proposed')
  value(await world.gate.decidePromotion(world.owner, open.id, 'grant', null))
  expect((await world.propose(note)).level?.inForce).toBe(3)
  expect((await world.propose(update)).level?.inForce).toBe(2)
  expect((await world.propose(piece(0, 5))).level?.inForce).toBe(2)
})

it('an agent decides nothing of its own, and a decision that is sent again counts once', async () => {
  const { world } = its
  const { id, payloadHash } = await world.propose(note)
  const approve = { actionId: id, decision: 'approve' as const, payloadHash: payloadHash ?? '' }
  expect(refusal(await world.gate.decideAction(world.agent, approve))).toMatchObject({ kind: 'not_permitted' })
  value(await world.gate.decideAction(world.owner, approve))
  await world.settled()
  for (let times = 0; times < 3; times += 1)
    expect(refusal(await world.gate.decideAction(world.owner, approve)).kind).not.toBe('not_permitted')
  world.pass(2 * DAY)
  await world.sweep()
  const { cells } = value(await world.gate.explainTrust(world.owner, 'crm_update.small'))
  expect(cells[0]).toMatchObject({ decisions: 1, cycles: 1 })
})

import { expect, it } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { refusal, START, value } from '../support/world.ts'

const HOUR = 3_600_000
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const add = { kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101'] } }
const CHANNEL = { kind: 'channel', value: 'crm' } as const
const later = { notBefore: new Date(START.getTime() + 100 * HOUR) }

const its = useWorld()

it('a channel freezes in place, and goes on as it was', async () => {
  const { world } = its
  const action = await world.propose(update)
  const { switch: stop } = value(await world.gate.stop(world.viewer, CHANNEL, 'Wrong data'))
  expect(stop.words).toBe('everything over the CRM')
  expect(refusal(await world.gate.proposeAction(world.agent, { ...update, reason: 'x' }, world.once())).kind).toBe(
    'stopped',
  )
  expect(await world.approve(action)).toMatchObject({ state: 'ready', frozenBy: { id: stop.id } })
  world.pass(5 * HOUR)
  await world.sweep()
  expect((await world.get(action.id)).state).toBe('ready')
  value(await world.gate.resume(world.owner, stop.id, null))
  await world.sweep()
  expect((await world.get(action.id)).state).toBe('executed')
})

it('resumed under review, people look first, and levels act as 2 for the time that was given', async () => {
  const { world } = its
  const approved = await world.approve(await world.propose({ ...update, ...later }))
  await world.letEarn('audience.small', 3)
  const alone = await world.propose({ ...add, ...later })
  expect(alone.state).toBe('scheduled')
  const { switch: stop } = value(await world.gate.stop(world.viewer, { kind: 'workspace' }, 'Wrong data'))
  value(await world.gate.resume(world.admin, stop.id, 'Mended', { stage: 'review', forHours: 2 }))
  for (const { id } of [approved, alone])
    expect(await world.get(id)).toMatchObject({
      state: 'awaiting_approval',
      note: 'It had been stopped and was resumed under review, so it came back to you.',
    })
  expect(value(await world.gate.listSwitches(world.viewer))).toMatchObject([
    { mode: 'review', target: { kind: 'workspace' }, until: new Date(START.getTime() + 2 * HOUR) },
  ])
  expect(await world.propose(add)).toMatchObject({
    state: 'awaiting_approval',
    level: {
      inForce: 2,
      boundBy: 'review',
      why: 'The grant is level 3, but it was stopped and resumed under review, so people decide for now.',
    },
  })
  world.pass(2 * HOUR)
  expect((await world.propose(add)).state).toBe('executed')
  expect(value(await world.gate.listSwitches(world.viewer))).toEqual([])
})

it('is of its target alone, by topic too, and can be ended early', async () => {
  const { world } = its
  await world.letEarn('crm_update.small', 3)
  const topic = { kind: 'topic', value: 'braces' } as const
  const { switch: stop } = value(await world.gate.stop(world.viewer, topic, null))
  value(await world.gate.resume(world.admin, stop.id, null, { stage: 'review' }))
  const about = (body: string) => ({ kind: 'hubspot.note.create', input: { contactId: '101', body } })
  expect((await world.propose(about('Wants braces'))).level?.boundBy).toBe('review')
  expect((await world.propose(about('Wants whitening'))).level?.boundBy).not.toBe('review')
  const [review] = value(await world.gate.listSwitches(world.viewer))
  if (!review) throw new Error('It is listed')
  expect(await world.events(review.id)).toEqual(['resumed_under_review'])
  value(await world.gate.resume(world.admin, review.id, null))
  expect((await world.propose(about('Wants braces'))).level?.boundBy).not.toBe('review')
  expect(await world.events(review.id)).toEqual(['resumed_under_review', 'resumed'])
})

it('is refused for the whole installation, and for no time', async () => {
  const { world } = its
  const all = value(await world.gate.stop(world.owner, { kind: 'all' }, null)).switch
  const before = await world.rowCounts()
  const staged = await world.gate.resume(world.owner, all.id, null, { stage: 'review' })
  expect(refusal(staged)).toMatchObject({ kind: 'malformed', problems: [{ path: 'stage' }] })
  const forever = await world.gate.resume(world.owner, all.id, null, { stage: 'review', forHours: 0 })
  expect(refusal(forever)).toMatchObject({ kind: 'malformed', problems: [{ path: 'for_hours' }] })
  expect(await world.rowCounts()).toEqual(before)
})

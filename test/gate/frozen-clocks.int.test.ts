import { describe, expect, it } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { at } from '../support/at.ts'
import { DAY, HOUR, send, toNewPatients, update } from '../support/level-steps.ts'
import { resume, stop } from '../support/switches.ts'
import { useWorld } from '../support/use-world.ts'

describe('frozen clocks', () => {
  const its = useWorld()

  it('of a waiting card stand still and get their time back', async () => {
    const { world } = its
    const action = await world.propose(update)
    world.pass(HOUR)
    await stop(world, { kind: 'workspace' })
    world.pass(10 * DAY)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', reminders: 0 })
    await resume(world)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      reminders: 0,
      expiresAt: at(17 * DAY),
    })
    expect(await world.stateRow(action.id)).toMatchObject({ remind_at: at(11 * DAY), due_at: at(11 * DAY) })
    world.pass(23 * HOUR)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ reminders: 1 })
  })

  it('can still be decided on although the card would have expired', async () => {
    const { world } = its
    const action = await world.propose(update)
    await stop(world, { kind: 'workspace' })
    world.pass(10 * DAY)
    expect((await world.approve(action)).state).toBe('ready')
    expect(world.hubspot.script.effects).toEqual({})
    await resume(world)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  it('two stops at the same time give their time back once', async () => {
    const { world } = its
    const action = await world.propose(update)
    const first = await stop(world, { kind: 'workspace' })
    world.pass(HOUR)
    const second = await stop(world, { kind: 'platform', value: 'hubspot' })
    world.pass(HOUR)
    await resume(world, first.switch.id)
    expect((await world.get(action.id)).expiresAt).toEqual(at(7 * DAY + HOUR))
    world.pass(HOUR)
    await resume(world, second.switch.id)
    expect((await world.get(action.id)).expiresAt).toEqual(at(7 * DAY + 3 * HOUR))
  })

  it('one stop inside another gives nothing back by itself', async () => {
    const { world } = its
    const action = await world.propose(update)
    await stop(world, { kind: 'workspace' })
    world.pass(HOUR)
    const inner = await stop(world, { kind: 'platform', value: 'hubspot' })
    world.pass(HOUR)
    await resume(world, inner.switch.id)
    expect((await world.get(action.id)).expiresAt).toEqual(at(7 * DAY))
    world.pass(HOUR)
    await resume(world)
    expect((await world.get(action.id)).expiresAt).toEqual(at(7 * DAY + 3 * HOUR))
  })

  it('what was proposed long before a stop of something else keeps its clocks', async () => {
    const { world } = its
    const action = await world.propose(update)
    await stop(world, { kind: 'platform', value: 'mailchimp' })
    world.pass(HOUR)
    await resume(world)
    expect(await world.get(action.id)).toEqual(action)
  })

  it('a waiting card never waits past its slot', async () => {
    const { world } = its
    const action = await world.propose({ ...update, notBefore: at(4 * HOUR) })
    await stop(world, { kind: 'workspace' })
    world.pass(HOUR)
    await resume(world)
    expect((await world.get(action.id)).expiresAt).toEqual(at(4 * HOUR))
    world.pass(3 * HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('expired')
  })

  it('a hold is waited out in full', async () => {
    const { world } = its
    toNewPatients(world)
    await world.letEarn('email_campaign.small', 3)
    const action = await world.propose(send)
    world.pass(HOUR)
    await stop(world, { kind: 'workspace' })
    world.pass(2 * DAY)
    await resume(world)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'held', holdUntil: at(3 * DAY) })
    world.pass(23 * HOUR)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual({ [`campaign.send ${MAILCHIMP_SEED.campaignId}`]: 1 })
  })

  it('the window for an undo gets its time back', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    world.pass(HOUR)
    await stop(world, { kind: 'workspace' })
    world.pass(2 * DAY)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    await resume(world)
    expect((await world.get(action.id)).undo.until).toEqual(at(3 * DAY))
  })
})

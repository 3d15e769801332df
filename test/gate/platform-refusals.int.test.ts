import { describe, expect, it, test } from 'vitest'
import { value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'
import {
  SECOND,
  HOUR,
  at,
  update,
  create,
  UPDATED,
  CREATED,
  hubspotError,
  nextWrite,
} from '../support/platform-fault-steps.ts'

describe('an answer that says no', () => {
  const its = useWorld()

  test.each([
    [429, { 'retry-after': '7' }, 7 * SECOND],
    [429, { 'retry-after': '0' }, SECOND],
    [503, {}, SECOND],
  ])('%i with %j is tried again after %i ms', async (status, headers, wait) => {
    const { world } = its
    nextWrite(world, hubspotError(status, headers))
    const action = await world.approve(await world.propose(create))
    expect(action.state).toBe('ready')
    expect(await world.stateRow(action.id)).toMatchObject({ run_at: at(wait), due_at: at(wait), approved: true })
    world.pass(wait - 1)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    world.pass(1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
  })

  it('500 to what must not be repeated is a lost answer', async () => {
    const { world } = its
    nextWrite(world, hubspotError(500))
    expect((await world.approve(await world.propose(create))).state).toBe('unknown')
  })

  it('503 eight times is the end of it, and releases its money', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.contact.create': 100 }, budget: { day: { cap: 1_000 } } },
        null,
      ),
    )
    nextWrite(world, hubspotError(503), 100)
    const action = await world.approve(await world.propose(create))
    for (let i = 0; i < 10; i += 1) {
      world.pass(300 * SECOND)
      await world.sweep()
    }
    expect(await world.get(action.id)).toMatchObject({ state: 'failed', note: 'HubSpot could not be reached.' })
    expect(await world.query('select count(*)::int as n from executions')).toEqual([{ n: 8 }])
    expect(await world.budget('day:2026-03-04')).toEqual({ reserved: 0, committed: 0 })
  })

  test.each([
    ['the write', (method: string) => method === 'PATCH'],
    ['the look before it', (method: string) => method === 'GET'],
  ])('401 to %s: back to waiting, connection lost, and approving again is enough', async (_name, match) => {
    const { world } = its
    world.hubspot.script.queue({ match, fault: hubspotError(401), times: 1 })
    const action = await world.approve(await world.propose(update))
    expect(action).toMatchObject({
      state: 'awaiting_approval',
      note: 'HubSpot no longer accepts our connection. Connect it again, then approve.',
      decisions: [{ decision: 'approve' }],
    })
    expect(action.expiresAt).toEqual(at(7 * 24 * HOUR))
    expect(
      value(await world.gate.listConnections(world.owner)).map(({ platform, state }) => [platform, state]),
    ).toEqual([
      ['hubspot', 'lost'],
      ['mailchimp', 'live'],
    ])
    expect(world.hubspot.script.effects).toEqual({})
    expect((await world.approve(action)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })

  it('400 to the write fails for good', async () => {
    const { world } = its
    nextWrite(world, hubspotError(400))
    const action = await world.approve(await world.propose(create))
    expect(action).toMatchObject({ state: 'failed', note: 'HubSpot does not accept one of these values.' })
    world.pass(HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    expect(await world.query('select state, error from executions')).toMatchObject([
      { state: 'failed', error: { kind: 'rejected', status: 400 } },
    ])
  })

  it('a contact that is gone before the write sends it back with the reason', async () => {
    const { world } = its
    const gone = world.hubspot.state.contacts['103']
    const action = await world.propose(update)
    if (gone) gone.archived = true
    expect(await world.approve(action)).toMatchObject({
      state: 'awaiting_approval',
      note: 'Something on the platform has to be mended first.',
      preflight: [expect.stringContaining('contact')],
    })
    expect(await world.query('select 1 from executions')).toEqual([])
  })
})

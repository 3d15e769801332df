import { describe, expect, it } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { claimExecution } from '../../core/gate/claim-execution.ts'
import { recordReceipt } from '../../core/gate/record-receipt.ts'
import { value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'
import {
  SECOND,
  update,
  create,
  UPDATED,
  CREATED,
  hubspotError,
  nextWrite,
  loaded,
  claimAndDie,
  lookOf,
} from '../support/platform-fault-steps.ts'

describe('a process that dies between claim and receipt', () => {
  const its = useWorld()

  it('after it sent what must not be repeated: found, once', async () => {
    const { world } = its
    const { action } = await claimAndDie(world, create, 'after')
    expect((await world.get(action.id)).state).toBe('executing')
    world.pass(30 * SECOND - 1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executing')
    world.pass(1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('unknown')
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
    expect(await world.events(action.id)).toEqual(['proposed', 'approved', 'claimed', 'lease_lapsed', 'executed'])
  })

  it('before it sent it: absent twice, then once', async () => {
    const { world } = its
    const { action } = await claimAndDie(world, create, 'before')
    for (let step = 0; step < 3; step += 1) {
      world.pass(30 * SECOND)
      await world.sweep()
    }
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
  })

  it('after what may be repeated: repeated soon, and the undo still knows how it was', async () => {
    const { world } = its
    const before = structuredClone(world.hubspot.state.contacts['103']?.properties)
    const { action } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    expect(world.hubspot.state.contacts['103']?.properties).toEqual(before)
  })

  it('a late receipt settles what is not known', async () => {
    const { world } = its
    const { action, claimed, kind, receipt } = await claimAndDie(world, create, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    if (!receipt) throw new Error('It was sent')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      exception: null,
      receipt: { reference: receipt.reference },
    })
  })

  it('a late receipt before the repeat settles what waits for it', async () => {
    const { world } = its
    const { action, claimed, kind, receipt } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('ready')
    if (!receipt) throw new Error('It was sent')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', exception: null })
    world.pass(SECOND)
    await world.sweep()
    expect(await world.query('select attempt, state from executions')).toEqual([{ attempt: 1, state: 'done' }])
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })

  it.each([
    ['is refused', () => hubspotError(400)],
    ['is refused for its connection', () => hubspotError(401)],
    ['has to wait', () => hubspotError(429, { 'retry-after': '1' })],
  ])('a late receipt while the repeat is under way counts where the repeat %s', async (_name, fault) => {
    const { world } = its
    const was = structuredClone(world.hubspot.state.contacts['103']?.properties)
    const { action, claimed, kind, receipt, before } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    const { stored } = await loaded(world, action)
    const again = await claimExecution(world.context, stored, kind, lookOf(world, before))
    if (!again || !receipt) throw new Error('It was claimed again')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    nextWrite(world, fault())
    const answer = await kind.run(again.payload.input, before, world.platforms.session(kind), { key: action.id })
    await recordReceipt(world.context, again, kind, answer)
    expect((await world.get(action.id)).state).toBe('executed')
    expect(value(await world.gate.listExceptions(world.owner))).toEqual([])
    value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: true }))
    expect(world.hubspot.state.contacts['103']?.properties).toEqual(was)
  })

  it('a late receipt after a repeat is recorded and raises a possible double', async () => {
    const { world } = its
    const { action, claimed, kind, receipt } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    if (!receipt) throw new Error('It was sent')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      exception: { source: 'possible_double', options: ['happened'] },
    })
    expect(value(await world.gate.listExceptions(world.owner))).toHaveLength(1)
    expect(await world.query('select attempt, state from executions order by 1')).toEqual([
      { attempt: 1, state: 'done' },
      { attempt: 2, state: 'done' },
    ])
  })
})

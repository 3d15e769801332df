import { describe, expect, it } from 'vitest'
import type { ActionView } from '../../core/gate/views.ts'
import { refusal, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'
import { SECOND, HOUR, at, update, UPDATED, hubspotError, nextWrite } from '../support/platform-fault-steps.ts'

describe('undo', () => {
  const its = useWorld()
  const undo = (world: World, action: ActionView, despiteChanges = false) =>
    world.gate.undoAction(world.approver, action.id, { despiteChanges })

  it('names what somebody changed since and asks; despite it, puts back what was', async () => {
    const { world } = its
    const contact = world.hubspot.state.contacts['103']
    const before = structuredClone(contact?.properties)
    const action = await world.approve(await world.propose(update))
    if (contact) contact.properties['phone'] = '+1 555 0000'
    const counts = await world.rowCounts()
    expect(refusal(await undo(world, action))).toEqual({
      kind: 'platform_changed',
      differences: [{ label: 'Phone', was: '+1 555 0199', is: '+1 555 0000' }],
    })
    expect(await world.rowCounts()).toEqual(counts)
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
    expect(value(await undo(world, action, true)).state).toBe('undone')
    expect(contact?.properties).toEqual(before)
    expect(refusal(await undo(world, action))).toMatchObject({ kind: 'not_now', state: 'undone' })
  })

  it('whose answer was lost is looked up', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    nextWrite(world, 'lost_after')
    expect(value(await undo(world, action)).state).toBe('undoing')
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('undone')
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 2 })
  })

  it('that did not happen leaves it done, says so, and can be pressed again', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    nextWrite(world, 'lost_before')
    value(await undo(world, action))
    world.pass(30 * SECOND)
    await world.sweep()
    // "Unchanged" is believed the second time.
    expect((await world.get(action.id)).state).toBe('undoing')
    world.pass(30 * SECOND)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      exception: { source: 'undo_failed' },
      note: 'It could not be undone: the platform shows it unchanged. Press Undo again.',
    })
    expect(value(await undo(world, action)).state).toBe('undone')
  })

  it('that the platform refuses leaves it done', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    nextWrite(world, hubspotError(400))
    expect(value(await undo(world, action))).toMatchObject({ state: 'executed', exception: { source: 'undo_failed' } })
  })

  it.each([
    ['the write', 'PATCH'],
    ['the look before it', 'GET'],
  ])(
    'whose connection is lost at %s leaves it done, and can be pressed again when that is mended',
    async (_name, hit) => {
      const { world } = its
      const action = await world.approve(await world.propose(update))
      world.hubspot.script.queue({ match: (method) => method === hit, fault: hubspotError(403), times: 1000 })
      await undo(world, action)
      expect((await world.get(action.id)).state).toBe('executed')
      const [connection] = value(await world.gate.listConnections(world.owner))
      expect(connection).toMatchObject({ platform: 'hubspot', state: 'lost' })
      world.hubspot.script.clear()
      expect(value(await undo(world, action)).state).toBe('undone')
      expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 2 })
    },
  )

  it('twice at once is one undo', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    const answers = await Promise.all([undo(world, action), undo(world, action)])
    expect(answers.filter(({ ok: done }) => done)).toHaveLength(1)
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 2 })
  })

  it('before the effect cancels', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    expect(value(await undo(world, action))).toMatchObject({ state: 'cancelled' })
    world.pass(HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('is refused after its window, to viewers, and while stopped', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    const counts = await world.rowCounts()
    expect(refusal(await world.gate.undoAction(world.viewer, action.id, { despiteChanges: false })).kind).toBe(
      'not_permitted',
    )
    expect(await world.rowCounts()).toEqual(counts)
    value(await world.gate.stop(world.owner, { kind: 'platform', value: 'hubspot' }, 'Broken'))
    expect(refusal(await undo(world, action))).toMatchObject({ kind: 'stopped', what: 'HubSpot', reason: 'Broken' })
    value(await world.gate.resume(world.owner, 'every', null))
    world.pass(24 * HOUR)
    expect(refusal(await undo(world, action))).toEqual({
      kind: 'window_closed',
      at: at(24 * HOUR),
      why: 'The time to undo it is over.',
    })
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })
})

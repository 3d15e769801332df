import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, refusal, value, type World } from '../support/world.ts'
import { HOOK, HOUR, approved, deliveries, endpointOf, status } from '../support/callback-world.ts'

describe('replay', () => {
  const its = useWorld()

  async function gone(world: World) {
    await approved(world)
    world.callbackAnswers.push(status(410))
    await world.tellAgents()
    await approved(world, `${HOOK}?two`)
    await world.tellAgents()
    world.callbacks.length = 0
    return await endpointOf(world)
  }

  it('waits for the address to be enabled, then sends what was missed with its old ids', async () => {
    const { world } = its
    const endpoint = await gone(world)
    const before = await world.rowCounts()
    expect(
      refusal(await world.gate.replayCallbacks(world.admin, endpoint.id, { deliveries: 'all', since: null })).kind,
    ).toBe('malformed')
    expect(await world.rowCounts()).toEqual(before)
    expect(value(await world.gate.enableCallback(world.admin, endpoint.id))).toMatchObject({
      state: 'live',
      notSent: 2,
      disabledAt: null,
    })
    await world.tellAgents()
    expect(world.callbacks).toEqual([])
    const again = value(
      await world.gate.replayCallbacks(world.agent, endpoint.id, { deliveries: 'failed', since: null }),
    )
    expect(again).toMatchObject({ replayed: 2, endpoint: { waiting: 2, notSent: 0 } })
    await world.tellAgents()
    const { items } = await deliveries(world)
    expect(items.map(({ state }) => state)).toEqual(['delivered', 'delivered'])
    expect(new Set(world.callbacks.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set(items.map(({ id }) => id)),
    )
    expect(await world.events(endpoint.id)).toEqual(['callback_disabled', 'callback_enabled', 'callbacks_replayed'])
  })

  it('of one delivery sends it although it was taken and the action moved on', async () => {
    const { world } = its
    const action = await approved(world)
    await world.tellAgents()
    value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    await world.settled()
    await world.tellAgents()
    const { endpoint, items } = await deliveries(world)
    const first = items.at(-1)
    if (!first) throw new Error('Nothing was told')
    value(await world.gate.replayCallbacks(world.agent, endpoint.id, { deliveries: first.id }))
    await world.tellAgents()
    expect(world.callbacks.map(({ headers }) => headers['webhook-id'])).toEqual([first.id, items[0]?.id, first.id])
    expect(world.callbacks[2]?.body).toBe(world.callbacks[0]?.body)
  })

  it('since a time leaves older ones alone', async () => {
    const { world } = its
    await approved(world)
    await world.tellAgents()
    world.pass(HOUR)
    const since = world.now()
    await approved(world, `${HOOK}?two`)
    await world.tellAgents()
    const endpoint = await endpointOf(world)
    const replay = (deliveriesOf: 'failed' | 'all') =>
      world.gate.replayCallbacks(world.owner, endpoint.id, { deliveries: deliveriesOf, since })
    expect(value(await replay('failed')).replayed).toBe(0)
    expect(value(await replay('all')).replayed).toBe(1)
    await world.tellAgents()
    expect(world.callbacks.map(({ url }) => url)).toEqual([HOOK, `${HOOK}?two`, `${HOOK}?two`])
  })

  it('is for the agent itself, admins and owners; another agent does not see the address', async () => {
    const { world } = its
    const endpoint = await gone(world)
    const { agent: made } = value(await world.gate.createAgent(world.owner, { name: 'Other', kinds: [] }))
    const other: Actor = { kind: 'agent', id: made.id, workspaceId: world.workspaceId, name: 'Other' }
    const before = await world.rowCounts()
    expect(value(await world.gate.listCallbacks(other))).toEqual([])
    const verbs = (actor: Actor) => [
      world.gate.replayCallbacks(actor, endpoint.id, { deliveries: 'all', since: null }),
      world.gate.enableCallback(actor, endpoint.id),
    ]
    const listing = await world.gate.listCallbackDeliveries(other, endpoint.id, { limit: 10 })
    expect(refusal(listing)).toEqual({ kind: 'not_found', what: 'the callback address' })
    for (const verb of verbs(other)) expect(refusal(await verb).kind).toBe('not_found')
    for (const actor of [world.viewer, world.approver])
      for (const verb of verbs(actor)) expect(refusal(await verb).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    expect(await endpointOf(world)).toEqual(endpoint)
  })

  it('reaches nothing of another workspace', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const endpoint = await gone(client)
    const [theirs] = (await deliveries(client)).items
    const before = await world.rowCounts()
    for (const actor of [world.owner, world.agent]) {
      expect(value(await world.gate.listCallbacks(actor))).toEqual([])
      for (const answer of [
        await world.gate.listCallbackDeliveries(actor, endpoint.id, { limit: 10 }),
        await world.gate.enableCallback(actor, endpoint.id),
        await world.gate.replayCallbacks(actor, endpoint.id, { deliveries: 'all', since: null }),
      ])
        expect(refusal(answer).kind).toBe('not_found')
    }
    expect(refusal(await world.gate.rotateCallbackSecret(world.owner, client.agent.id)).kind).toBe('not_found')
    expect(await world.rowCounts()).toEqual(before)
    // Their delivery through an address of one's own is not there either.
    await approved(world)
    await world.tellAgents()
    const own = await endpointOf(world)
    if (!theirs) throw new Error('Nothing was told')
    expect(refusal(await world.gate.replayCallbacks(world.owner, own.id, { deliveries: theirs.id })).kind).toBe(
      'not_found',
    )
    await client.close()
  })
})

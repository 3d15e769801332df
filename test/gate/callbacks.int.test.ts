import { describe, expect, it } from 'vitest'
import type { CallbackEndpointId } from '../../core/domain/ids.ts'
import { proposeAction } from '../../core/gate/propose-action.ts'
import { proposePlan } from '../../core/gate/propose-plan.ts'
import { sendCallback } from '../../core/gate/send-callback.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { HOOK, HOUR, approved, deliveries, endpointOf, opens, status, update } from '../support/callback-world.ts'

describe('a delivery', () => {
  const its = useWorld()

  it('tells type, time and data, signed with the secret that the agent can read', async () => {
    const { world } = its
    const action = await approved(world)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    const [sent] = world.callbacks
    if (!sent) throw new Error('Nothing was sent')
    expect(JSON.parse(sent.body)).toEqual({
      type: 'action.executed',
      timestamp: START.toISOString(),
      data: expect.objectContaining({ id: action.id, state: 'executed', kind: 'hubspot.contact.update' }),
    })
    expect(sent.headers['webhook-id']).toMatch(/^msg_[0-9a-z]{26}$/)
    expect(sent.headers['webhook-timestamp']).toBe(String(START.getTime() / 1000))
    const { secret } = value(await world.gate.getCallbackSecret(world.agent))
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
    expect(opens(secret, sent)).toBe(true)
    const { endpoint, items } = await deliveries(world)
    expect(endpoint).toMatchObject({ state: 'live', url: HOOK, failures: 0, lastSuccessAt: START })
    expect(items).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 204, deliveredAt: START }])
  })

  it('is written once, whatever runs twice', async () => {
    const { world } = its
    const action = await approved(world)
    const version = Number((await world.stateRow(action.id))['version'])
    await Promise.all([1, 2, 3].map(() => world.tellAgent(world.workspaceId, action.id, version)))
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    expect((await deliveries(world)).items).toHaveLength(1)
  })

  it('comes again with growing waits: the same id and bytes, the time and signature of the attempt', async () => {
    const { world } = its
    await approved(world)
    world.callbackAnswers.push(status(500), { ok: false, error: { kind: 'unreachable' } })
    await world.tellAgents()
    expect((await deliveries(world)).items[0]).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500 })
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    world.pass(6_000)
    await world.tellAgents()
    expect((await deliveries(world)).items[0]).toMatchObject({ attempts: 2, lastFailure: 'unreachable' })
    world.pass(299_000)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(2)
    world.pass(61_000)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(3)
    const of = (name: string) => new Set(world.callbacks.map(({ headers }) => headers[name]))
    expect([of('webhook-id').size, of('webhook-timestamp').size, of('webhook-signature').size]).toEqual([1, 3, 3])
    expect(new Set(world.callbacks.map(({ body }) => body)).size).toBe(1)
    expect((await deliveries(world)).items[0]).toMatchObject({ state: 'delivered', attempts: 3 })
    expect(await endpointOf(world)).toMatchObject({ state: 'live', failures: 0, failingSince: null })
  })

  it('after a death between sending and recording is sent again with the same id', async () => {
    const { world } = its
    await approved(world)
    await world.sideJobs.runWaiting(async (job) => {
      if (job.queue === 'webhook') await world.tellAgent(job.workspaceId, job.subject, job.version)
      return { kind: 'done' }
    })
    const [due] = await world.store.takeDueCallbacks(1, 120_000)
    if (!due) throw new Error('Nothing is due')
    const dies = async (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<never> => {
      world.callbacks.push({ url, headers, body })
      throw new Error('The process died here')
    }
    const dying = { ...world.context, callbacks: { post: dies, problemOf: () => null } }
    await expect(sendCallback(dying, due.workspaceId, due.id)).rejects.toThrow('died')
    expect((await deliveries(world)).items[0]).toMatchObject({ state: 'waiting', attempts: 0 })
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    world.pass(120_000)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(2)
    expect(new Set(world.callbacks.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect((await deliveries(world)).items[0]).toMatchObject({ state: 'delivered', attempts: 1 })
  })

  it('is taken by one of two processes', async () => {
    const { world } = its
    await approved(world)
    await world.sideJobs.runWaiting(async (job) => {
      if (job.queue === 'webhook') await world.tellAgent(job.workspaceId, job.subject, job.version)
      return { kind: 'done' }
    })
    await Promise.all(Array.from({ length: 5 }, () => world.sweepCallbacks(20)))
    expect(world.callbacks).toHaveLength(1)
  })

  it('of a version that was left behind is not sent: the newer one is', async () => {
    const { world } = its
    const action = await approved(world)
    world.callbackAnswers.push(status(500))
    await world.tellAgents()
    value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    await world.settled()
    world.pass(6_000)
    await world.tellAgents()
    const { items } = await deliveries(world)
    expect(items.map(({ type, state }) => [type, state])).toEqual([
      ['action.undone', 'delivered'],
      ['action.executed', 'overtaken'],
    ])
  })

  it('waits as long as an overloaded receiver asks, and with it everything else for that address', async () => {
    const { world } = its
    await approved(world)
    world.callbackAnswers.push(status(503, HOUR))
    await world.tellAgents()
    await approved(world, `${HOOK}?again=1`)
    await world.tellAgents()
    world.pass(HOUR - 1000)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    world.pass(HOUR / 4)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(3)
    expect(await endpointOf(world)).toMatchObject({ state: 'live', waiting: 0 })
  })

  it('is forgotten after 30 days', async () => {
    const { world } = its
    await approved(world)
    await world.tellAgents()
    world.pass(30 * 24 * HOUR - 1)
    expect(await world.forgetCallbacks()).toBe(0)
    world.pass(2)
    expect(await world.forgetCallbacks()).toBe(1)
    expect((await deliveries(world)).items).toEqual([])
  })
})

describe('an address that fails', () => {
  const its = useWorld()
  const noticeOf = (world: World, id: CallbackEndpointId) => ({
    queue: 'callback_notice',
    workspaceId: world.workspaceId,
    subject: id,
  })

  it('is disabled after three days, after ten attempts at the same delivery', async () => {
    const { world } = its
    await approved(world)
    world.callbackAnswers.push(...Array.from({ length: 20 }, () => status(500)))
    for (let passed = 0; passed < 100 * HOUR; passed += HOUR / 2) {
      await world.tellAgents()
      world.pass(HOUR / 2)
    }
    const { endpoint, items } = await deliveries(world)
    expect(endpoint).toMatchObject({ state: 'disabled', disabledWhy: 'failing', failingSince: START })
    expect(endpoint.disabledAt?.getTime()).toBeGreaterThanOrEqual(START.getTime() + 72 * HOUR)
    expect(items[0]).toMatchObject({ state: 'failed', attempts: 10 })
    expect(world.callbacks).toHaveLength(10)
    expect(await world.events(endpoint.id)).toEqual(['callback_disabled'])
  })

  it('is disabled at once by 410 Gone; later events are kept, not sent', async () => {
    const { world } = its
    await approved(world)
    await approved(world, `${HOOK}?two`)
    world.callbackAnswers.push(status(410))
    await world.sideJobs.runWaiting(async (job) => {
      if (job.queue === 'webhook') await world.tellAgent(job.workspaceId, job.subject, job.version)
      return { kind: 'done' }
    })
    await world.sweepCallbacks(1)
    const endpoint = await endpointOf(world)
    expect(endpoint).toMatchObject({ state: 'disabled', disabledWhy: 'gone', notSent: 2, waiting: 0 })
    expect(await world.drainJobs()).toEqual(expect.arrayContaining([noticeOf(world, endpoint.id)]))
    await approved(world)
    await world.tellAgents()
    world.pass(24 * HOUR)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    expect(await endpointOf(world)).toMatchObject({ state: 'disabled', notSent: 3 })
  })

  it('is disabled when it leads into a private network, without another try', async () => {
    const { world } = its
    await approved(world)
    world.callbackAnswers.push({ ok: false, error: { kind: 'forbidden' } })
    await world.tellAgents()
    world.pass(100 * HOUR)
    await world.tellAgents()
    expect(world.callbacks).toHaveLength(1)
    const { endpoint, items } = await deliveries(world)
    expect(endpoint).toMatchObject({ state: 'disabled', disabledWhy: 'forbidden' })
    expect(items).toMatchObject([{ state: 'failed', lastFailure: 'forbidden', attempts: 1 }])
  })

  it('goes on being tried while something gets through in between', async () => {
    const { world } = its
    for (let day = 0; day < 6; day += 1) {
      world.callbackAnswers.push(status(500))
      await approved(world, `${HOOK}?day=${day}`)
      await world.tellAgents()
      world.pass(24 * HOUR)
      await world.tellAgents()
    }
    expect(await endpointOf(world)).toMatchObject({ state: 'live', failures: 0 })
  })

  it('is refused at once where the gate would never call it', async () => {
    const { world } = its
    const before = await world.rowCounts()
    const says = 'It lies in a private network.'
    const strict = { ...world.context, callbacks: { ...world.context.callbacks, problemOf: () => says } }
    const given = { reason: 'x', callbackUrl: 'https://10.0.0.1/hook' }
    for (const answer of [
      await proposeAction(strict, world.agent, { ...update, ...given }, world.once()),
      await proposePlan(strict, world.agent, { title: 'x', steps: [update], ...given }, world.once()),
    ]) {
      expect(refusal(answer)).toEqual({ kind: 'malformed', problems: [{ path: 'callback_url', says }] })
    }
    expect(await world.rowCounts()).toEqual(before)
  })
})

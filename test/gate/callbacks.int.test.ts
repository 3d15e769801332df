import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CallbackEndpointId } from '../../core/domain/ids.ts'
import type { Actor } from '../../core/domain/people.ts'
import { getCallbackSecret, rotateCallbackSecret } from '../../core/gate/callback-secret.ts'
import { proposeAction } from '../../core/gate/propose-action.ts'
import { proposePlan } from '../../core/gate/propose-plan.ts'
import { sendCallback } from '../../core/gate/send-callback.ts'
import { tellAgent } from '../../core/gate/tell-agent.ts'
import { createSecrets } from '../../core/postgres/secrets.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, refusal, START, value, type World } from '../support/world.ts'

const HOOK = 'https://agent.example.com/hook'
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const HOUR = 3_600_000
const status = (code: number, retryAfterMs: number | null = null) =>
  ({ ok: false, error: { kind: 'status', status: code, retryAfterMs } }) as const

/** Proposes, approves, and lets the decision be told; the action rests after its execution. */
async function approved(world: World, callbackUrl = HOOK) {
  return await world.approve(await world.propose({ ...update, callbackUrl }))
}
async function deliveries(world: World, actor: Actor = world.owner) {
  const [endpoint] = value(await world.gate.listCallbacks(actor))
  if (!endpoint) throw new Error('No endpoint')
  const { items } = value(await world.gate.listCallbackDeliveries(actor, endpoint.id, { limit: 50 }))
  return { endpoint, items }
}
const endpointOf = async (world: World) => (await deliveries(world)).endpoint

/** What a receiver does, independent of the code that signs. */
function opens(secret: string, sent: World['callbacks'][number]): boolean {
  const { headers, body } = sent
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${mac}`)
}

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

describe('the signing secret', () => {
  const its = useWorld()

  it('comes with a new agent, and is the same at its next key', async () => {
    const { world } = its
    const made = value(await world.gate.createAgent(world.owner, { name: 'Writer', kinds: [] }))
    expect(made.callbackSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const actor: Actor = { kind: 'agent', id: made.agent.id, workspaceId: world.workspaceId, name: 'Writer' }
    expect(value(await world.gate.getCallbackSecret(actor)).secret).toBe(made.callbackSecret)
    expect(value(await world.gate.rotateAgentKey(world.owner, made.agent.id)).callbackSecret).toBe(made.callbackSecret)
    const [row] = await world.query('select current from callback_secrets where owner_id = $1', [made.agent.id])
    expect(String(row?.['current'])).not.toContain(made.callbackSecret?.slice(6, 20))
  })

  it('of an agent from before secrets were kept is the one that it had', async () => {
    const { world } = its
    const derived = `whsec_${world.secrets.derive(`callback:${world.agent.id}`)}`
    expect(value(await world.gate.getCallbackSecret(world.agent)).secret).toBe(derived)
    expect(value(await world.gate.getCallbackSecret(world.agent)).secret).toBe(derived)
  })

  it('stays the same when another key seals from now on', async () => {
    const { world } = its
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
    const before = { ...world.context, secrets: createSecrets([keys[0]]) }
    const after = { ...world.context, secrets: createSecrets([keys[1], keys[0]]) }
    const lost = { ...world.context, secrets: createSecrets([keys[1]]) }
    const first = value(await getCallbackSecret(before, world.agent)).secret
    expect(value(await getCallbackSecret(after, world.agent)).secret).toBe(first)
    expect(refusal(await getCallbackSecret(lost, world.agent)).kind).toBe('check_failed')
    // Without the old key nothing is signed with a guess; a new secret can be made.
    const action = await approved(world)
    await tellAgent(lost, world.workspaceId, action.id, Number((await world.stateRow(action.id))['version']))
    const [due] = await world.store.takeDueCallbacks(1, 0)
    if (!due) throw new Error('Nothing is due')
    await sendCallback(lost, due.workspaceId, due.id)
    expect(world.callbacks).toEqual([])
    expect((await deliveries(world)).items[0]).toMatchObject({ state: 'waiting', lastFailure: 'unsigned' })
    expect(value(await rotateCallbackSecret(lost, world.agent, null))).toMatchObject({ previousUntil: null })
    expect(value(await getCallbackSecret(lost, world.agent)).secret).not.toBe(first)
  })

  it('changes over in 24 hours, in which both sign', async () => {
    const { world } = its
    const first = value(await world.gate.getCallbackSecret(world.agent)).secret
    const rotated = value(await world.gate.rotateCallbackSecret(world.admin, world.agent.id))
    const until = new Date(START.getTime() + 24 * HOUR)
    expect(rotated.previousUntil).toEqual(until)
    expect(rotated.secret).not.toBe(first)
    expect(value(await world.gate.getCallbackSecret(world.agent))).toEqual(rotated)
    const told = async () => {
      await approved(world, `${HOOK}?n=${world.callbacks.length}`)
      await world.tellAgents()
      const sent = world.callbacks.at(-1)
      if (!sent) throw new Error('Nothing was sent')
      const count = sent.headers['webhook-signature']?.split(' ').length
      return { old: opens(first, sent), new: opens(rotated.secret, sent), count }
    }
    expect(await told()).toEqual({ old: true, new: true, count: 2 })
    world.pass(24 * HOUR - 1)
    expect(await told()).toEqual({ old: true, new: true, count: 2 })
    world.pass(1)
    expect(await told()).toEqual({ old: false, new: true, count: 1 })
    expect(value(await world.gate.getCallbackSecret(world.agent)).previousUntil).toBeNull()
  })

  it('is read by who proposes, and of another agent changed by admins and owners only', async () => {
    const { world } = its
    const before = await world.rowCounts()
    expect(refusal(await world.gate.getCallbackSecret(world.viewer)).kind).toBe('not_permitted')
    expect(refusal(await world.gate.rotateCallbackSecret(world.viewer, null)).kind).toBe('not_permitted')
    for (const actor of [world.viewer, world.approver, world.agent])
      expect(refusal(await world.gate.rotateCallbackSecret(actor, world.agent.id)).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    expect(value(await world.gate.rotateCallbackSecret(world.agent, null)).secret).toMatch(/^whsec_/)
    expect(value(await world.gate.getCallbackSecret(world.approver)).secret).toMatch(/^whsec_/)
  })
})

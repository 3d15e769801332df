import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import type { ConnectionId } from '../../core/domain/ids.ts'
import {
  DANA,
  PATIENT,
  UNKNOWN,
  address,
  form,
  post,
  hear,
  standing,
  suppressions,
  reached,
} from '../support/mailchimp-webhooks.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const its = useWorld()

describe('where the connection has a secret', () => {
  const SECRET = 'a-secret-of-the-webhook'
  const signed = (world: World, body: string, at: Date, secret = SECRET) => {
    const seconds = Math.floor(at.getTime() / 1000)
    const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
    return { ...post(body), headers: { 'x-mailchimp-signature': `t=${seconds},v1=${mac}` } }
  }

  it('only what was signed with it counts, and somebody who moved is one person', async () => {
    const { world } = its
    const { connectionId } = await address(world)
    const credentials = JSON.stringify({ apiKey: 'a-key-us6', server: 'us6', webhookSecret: SECRET })
    value(await world.gate.replaceCredentials(world.admin, connectionId, credentials))
    const call = await address(world)
    const left = form('unsubscribe', { email: DANA })
    const rows = await world.rowCounts()
    const late = new Date(world.now().getTime() - 301_000)
    for (const message of [
      post(left),
      signed(world, left, world.now(), 'another'),
      signed(world, left, late),
      { ...signed(world, left, world.now()), body: `${left} ` },
    ])
      expect(refusal(await world.gate.hearWebhook({ ...call, message }))).toMatchObject({ kind: 'not_permitted' })
    expect(await world.rowCounts()).toEqual(rows)
    expect(value(await world.gate.hearWebhook({ ...call, message: signed(world, left, world.now()) }))).toMatchObject({
      recorded: 1,
    })
    const moved = form('upemail', { old_email: DANA, new_email: PATIENT })
    const told = value(await world.gate.hearWebhook({ ...call, message: signed(world, moved, world.now()) }))
    expect(told).toMatchObject({ people: 1 })
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    const kept = value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: DANA }]))
    expect(kept.identifiers).toHaveLength(2)
  })

  test.each([
    ['sealed with another key', null],
    ['no JSON', 'a-key-us6'],
    ['a list', '[]'],
    ['a secret that is no text', '{"apiKey":"a-key-us6","webhookSecret":7}'],
    ['an empty secret', '{"apiKey":"a-key-us6","webhookSecret":""}'],
  ])('nothing counts while it cannot be read, and it is to be told again: %s', async (_what, credentials) => {
    const { world } = its
    const { connectionId } = await address(world)
    if (credentials === null)
      await world.query("update connections set credentials = 'a.b.c.d' where id = $1", [connectionId])
    else value(await world.gate.replaceCredentials(world.admin, connectionId, credentials))
    const rows = await world.rowCounts()
    for (const [type, email] of [
      ['unsubscribe', DANA],
      ['subscribe', PATIENT],
    ] as const)
      expect(value(await hear(world, form(type, { email })))).toEqual({
        people: 0,
        recorded: 0,
        merged: 0,
        unread: true,
      })
    expect(await world.rowCounts()).toEqual(rows)
    expect(value(await hear(world, null)).unread).toBe(false)
  })

  it('whoever was forgotten and moved is reached at neither address', async () => {
    const { world } = its
    const { connectionId } = await address(world)
    const credentials = JSON.stringify({ apiKey: 'a-key-us6', server: 'us6', webhookSecret: SECRET })
    value(await world.gate.replaceCredentials(world.admin, connectionId, credentials))
    const call = await address(world)
    value(await world.gate.erasePerson(world.owner, [{ kind: 'email', value: DANA }]))
    const moved = form('upemail', { old_email: DANA, new_email: PATIENT })
    value(await world.gate.hearWebhook({ ...call, message: signed(world, moved, world.now()) }))
    expect(await suppressions(world, PATIENT)).toMatchObject([{ channel: null, reason: 'erased', liftedAt: null }])
    expect(await standing(world, PATIENT)).toEqual([])
    expect(await reached(world)).toBe(2)
  })
})

describe('the address', () => {
  test.each<[string, (a: Awaited<ReturnType<typeof address>>) => object]>([
    ['without its key', () => ({ key: '' })],
    ['with a key of its own making', ({ key }) => ({ key: `${key.split('.')[0]}.${'A'.repeat(43)}` })],
    ['of another workspace', ({ key }) => ({ key: key.replace(/^wks_\w+/, 'wks_another') })],
    ['of another connection', () => ({ connectionId: 'con_another' })],
    ['of another platform', () => ({ platform: 'hubspot' })],
  ])('%s is not known', async (_what, wrong) => {
    const { world } = its
    const right = await address(world)
    const body = form('unsubscribe', { email: DANA })
    expect(await world.gate.hearWebhook({ ...right, ...wrong(right), message: post(body) })).toEqual({
      ok: false,
      error: { kind: 'not_found', what: 'this address' },
    })
    expect(await standing(world, DANA)).toEqual([])
  })

  it('of one connection is not that of another with the same name elsewhere, even with its key', async () => {
    const { world } = its
    const hubspot = value(await world.gate.listConnections(world.owner)).find(({ platform }) => platform === 'hubspot')
    expect(hubspot?.webhookKey).toBeTruthy()
    const { key } = await address(world)
    // safe: an id of ours
    const connectionId = (hubspot?.id ?? '') as ConnectionId
    expect((await world.gate.hearWebhook({ platform: 'mailchimp', connectionId, key, message: null })).ok).toBe(false)
  })

  it('that was taken back counts nothing, and the new one does', async () => {
    const { world } = its
    const before = await address(world)
    const { id, webhookKey } = value(await world.gate.renewWebhookUrl(world.admin, before.connectionId))
    expect([id, webhookKey === before.key]).toEqual([before.connectionId, false])
    const rows = await world.rowCounts()
    const left = form('unsubscribe', { email: DANA })
    expect(refusal(await world.gate.hearWebhook({ ...before, message: post(left) }))).toEqual(UNKNOWN)
    expect(refusal(await world.gate.hearWebhook({ ...before, message: null }))).toEqual(UNKNOWN)
    expect(await world.rowCounts()).toEqual(rows)
    expect(value(await hear(world, left))).toMatchObject({ recorded: 1 })
    expect(await address(world)).toMatchObject({ key: webhookKey })
  })

  it('that is taken back while the platform is asked counts nothing of the answer', async () => {
    const { world } = its
    world.mailchimp.script.queue({ match: (method) => method === 'GET', fault: 'slow' })
    const call = await address(world)
    const heard = world.gate.hearWebhook({ ...call, message: post(form('subscribe', { email: PATIENT })) })
    await expect.poll(() => world.mailchimp.script.pending().slow).toBe(1)
    value(await world.gate.renewWebhookUrl(world.admin, call.connectionId))
    const rows = await world.rowCounts()
    world.mailchimp.script.release()
    expect(value(await heard)).toEqual({ people: 0, recorded: 0, merged: 0, unread: true })
    expect(await world.rowCounts()).toEqual(rows)
    expect(await standing(world, PATIENT)).toEqual([])
  })

  it('is another one with other credentials', async () => {
    const { world } = its
    const { connectionId, key } = await address(world)
    const mended = value(await world.gate.replaceCredentials(world.admin, connectionId, '{"apiKey":"another-us1"}'))
    expect(mended.webhookKey).not.toBe(key)
    expect(await address(world)).toMatchObject({ key: mended.webhookKey })
    expect(refusal(await world.gate.hearWebhook({ ...(await address(world)), key, message: null }))).toEqual(UNKNOWN)
  })

  it('cannot be moved on by whoever knows it', async () => {
    const { world } = its
    const { connectionId, key } = await address(world)
    const [workspace = '', digest = ''] = key.split('.')
    for (const guess of [`${workspace}.1.${digest}`, `${workspace}.0.${digest}`, `${workspace}.-1.${digest}`])
      expect((await world.gate.hearWebhook({ ...(await address(world)), key: guess, message: null })).ok).toBe(false)
    expect(refusal(await world.gate.renewWebhookUrl(world.approver, connectionId))).toMatchObject({
      kind: 'not_permitted',
    })
    expect(refusal(await world.gate.renewWebhookUrl(world.owner, world.newId('con')))).toMatchObject({
      kind: 'not_found',
    })
    expect((await world.gate.hearWebhook({ ...(await address(world)), message: null })).ok).toBe(true)
  })

  it('of before there were others goes on working', async () => {
    const { world } = its
    const { connectionId, key } = await address(world)
    const [digest] = world.secrets.digester(`webhook:${world.workspaceId}`)(connectionId)
    expect(key).toBe(`${world.workspaceId}.${digest}`)
  })

  it('is for admins and owners to see', async () => {
    const { world } = its
    for (const { webhookKey } of value(await world.gate.listConnections(world.approver))) expect(webhookKey).toBeNull()
  })
})

import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { ConnectionId } from '../../core/domain/ids.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const SEND = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const DANA = 'dana@example.com'
const UNKNOWN = { kind: 'not_found', what: 'this address' }
const its = useWorld()

async function address(world: World) {
  const all = value(await world.gate.listConnections(world.owner))
  const { id, webhookKey } = all.find(({ platform }) => platform === 'mailchimp') ?? {}
  if (!id || !webhookKey) throw new Error('Mailchimp has no address')
  return { platform: 'mailchimp', connectionId: id, key: webhookKey }
}

const form = (type: string, data: Record<string, string>, firedAt = '2026-03-04 16:00:00'): string =>
  new URLSearchParams([
    ['type', type],
    ['fired_at', firedAt],
    ...Object.entries(data).map(([name, said]) => [`data[${name}]`, said]),
  ]).toString()

const hear = async (world: World, body: string | null) =>
  await world.gate.hearWebhook({ ...(await address(world)), body })

const standing = async (world: World, email: string) =>
  value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: email }])).standing

describe('what Mailchimp tells', () => {
  it('is known of the person from then on, once however often it is told', async () => {
    const { world } = its
    const left = form('unsubscribe', { email: DANA, reason: 'manual' })
    expect(value(await hear(world, left))).toEqual({ people: 1, recorded: 1, merged: 0 })
    expect(value(await hear(world, left))).toEqual({ people: 1, recorded: 0, merged: 0 })
    expect(await standing(world, DANA)).toMatchObject([{ channel: 'email', standing: 'withdrawn' }])
    const events = await world.query("select count(*)::int as n from ledger_events where type = 'consents_heard'")
    expect(events).toEqual([{ n: 1 }])
  })

  it('counts by its own time, in whatever order it comes', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: DANA }, '2026-03-04 16:00:00'))
    await hear(world, form('subscribe', { email: DANA }, '2026-03-04 15:00:00'))
    expect(await standing(world, DANA)).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('follows somebody to another address', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: DANA }))
    await hear(world, form('upemail', { old_email: DANA, new_email: 'd@example.org' }))
    expect(await standing(world, 'd@example.org')).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('leaves somebody out of a send that was approved before', async () => {
    const { world } = its
    const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
    if (!list) throw new Error('The seeded audience is gone')
    list.members = Object.fromEntries(Object.entries(list.members).slice(0, 3))
    const action = await world.propose({ ...SEND, notBefore: new Date(world.now().getTime() + 3_600_000) })
    expect((await world.approve(action)).state).toBe('scheduled')
    // On another audience of the same account.
    await hear(world, form('unsubscribe', { email: 'patient-0002@example.com' }))
    world.pass(3_600_000)
    await world.sweep()
    await world.settled()
    expect(world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]?.emailsSent).toBe(2)
  })

  it('may only look whether somebody is there', async () => {
    expect(value(await hear(its.world, null))).toEqual({ people: 0, recorded: 0, merged: 0 })
  })

  it('and nothing else is taken up', async () => {
    const { world } = its
    expect(await hear(world, 'type=unsubscribe')).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    expect(value(await hear(world, form('unsubscribe', { email: 'not an address' })))).toMatchObject({ recorded: 0 })
    expect(
      await world.query('select count(*)::int as n from people where workspace_id = $1', [world.workspaceId]),
    ).toEqual([{ n: 0 }])
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
    expect(await world.gate.hearWebhook({ ...right, ...wrong(right), body })).toEqual({
      ok: false,
      error: { kind: 'not_found', what: 'this address' },
    })
    expect(await standing(world, DANA)).toEqual([])
  })

  it('of one connection is not that of another with the same name elsewhere, even with its key', async () => {
    const { world } = its
    const hubspot = value(await world.gate.listConnections(world.owner)).find(({ platform }) => platform === 'hubspot')
    expect(hubspot?.webhookKey).toBeNull()
    const { key } = await address(world)
    // safe: an id of ours
    const connectionId = (hubspot?.id ?? '') as ConnectionId
    expect((await world.gate.hearWebhook({ platform: 'mailchimp', connectionId, key, body: null })).ok).toBe(false)
  })

  it('that was taken back counts nothing, and the new one does', async () => {
    const { world } = its
    const before = await address(world)
    const { id, webhookKey } = value(await world.gate.renewWebhookUrl(world.admin, before.connectionId))
    expect([id, webhookKey === before.key]).toEqual([before.connectionId, false])
    const rows = await world.rowCounts()
    const left = form('unsubscribe', { email: DANA })
    expect(refusal(await world.gate.hearWebhook({ ...before, body: left }))).toEqual(UNKNOWN)
    expect(refusal(await world.gate.hearWebhook({ ...before, body: null }))).toEqual(UNKNOWN)
    expect(await world.rowCounts()).toEqual(rows)
    expect(value(await hear(world, left))).toMatchObject({ recorded: 1 })
    expect(await address(world)).toMatchObject({ key: webhookKey })
  })

  it('is another one with other credentials', async () => {
    const { world } = its
    const { connectionId, key } = await address(world)
    const mended = value(await world.gate.replaceCredentials(world.admin, connectionId, '{"apiKey":"another-us1"}'))
    expect(mended.webhookKey).not.toBe(key)
    expect(await address(world)).toMatchObject({ key: mended.webhookKey })
    expect(refusal(await world.gate.hearWebhook({ ...(await address(world)), key, body: null }))).toEqual(UNKNOWN)
  })

  it('cannot be moved on by whoever knows it', async () => {
    const { world } = its
    const { connectionId, key } = await address(world)
    const [workspace = '', digest = ''] = key.split('.')
    for (const guess of [`${workspace}.1.${digest}`, `${workspace}.0.${digest}`, `${workspace}.-1.${digest}`])
      expect((await world.gate.hearWebhook({ ...(await address(world)), key: guess, body: null })).ok).toBe(false)
    expect(refusal(await world.gate.renewWebhookUrl(world.approver, connectionId))).toMatchObject({
      kind: 'not_permitted',
    })
    expect(refusal(await world.gate.renewWebhookUrl(world.owner, world.newId('con')))).toMatchObject({
      kind: 'not_found',
    })
    expect((await world.gate.hearWebhook({ ...(await address(world)), body: null })).ok).toBe(true)
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

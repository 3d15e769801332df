import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { ConnectionId } from '../../core/domain/ids.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const SEND = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const DANA = 'dana@example.com'
const PATIENT = 'patient-0001@example.com'
const SIGNED_UP = new Date('2026-01-05T08:00:00.000Z')
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
    ['data[list_id]', MAILCHIMP_SEED.listId],
    ...Object.entries(data).map(([name, said]) => [`data[${name}]`, said]),
  ]).toString()

/** As Mailchimp posts it, unsigned. */
const post = (body: string) => ({ url: 'https://gate.example.com/webhooks', headers: {}, body })

const hear = async (world: World, body: string | null) =>
  await world.gate.hearWebhook({ ...(await address(world)), message: body === null ? null : post(body) })

const standing = async (world: World, email: string) =>
  value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: email }])).standing

const suppressions = async (world: World, email: string) =>
  value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: email }])).suppressions

function audienceOf(world: World) {
  const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
  if (!list) throw new Error('The seeded audience is gone')
  return list
}

function memberOf(world: World, email: string) {
  const member = Object.values(audienceOf(world).members).find((one) => one.email === email)
  if (!member) throw new Error('The seeded member is gone')
  return member
}

/** How many of the first three members a campaign reaches. */
async function reached(world: World): Promise<number | undefined> {
  const list = audienceOf(world)
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, 3))
  await world.approve(await world.propose(SEND))
  await world.settled()
  return world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]?.emailsSent
}

describe('what Mailchimp tells', () => {
  it('is known of the person from then on, once however often it is told', async () => {
    const { world } = its
    const left = form('unsubscribe', { email: DANA, reason: 'manual' })
    expect(value(await hear(world, left))).toEqual({ people: 1, recorded: 1, merged: 0, unread: false })
    expect(value(await hear(world, left))).toEqual({ people: 1, recorded: 0, merged: 0, unread: false })
    expect(await standing(world, DANA)).toMatchObject([{ channel: 'email', standing: 'withdrawn' }])
    const events = await world.query("select count(*)::int as n from ledger_events where type = 'consents_heard'")
    expect(events).toEqual([{ n: 1 }])
  })

  it('counts by its own time, in whatever order it comes', async () => {
    const { world } = its
    const said: [string, string, string][] = [
      ['unsubscribe', PATIENT, '2026-03-04 16:00:00'],
      ['subscribe', PATIENT, '2026-03-04 17:00:00'],
      ['cleaned', PATIENT, '2026-03-04 16:00:00'],
    ]
    for (const [type, email, at] of [...said, ...said.toReversed()]) await hear(world, form(type, { email }, at))
    expect(await standing(world, PATIENT)).toMatchObject([
      { standing: 'withdrawn', at: new Date('2026-03-04T16:00:00.000Z') },
    ])
  })

  it('holds for the address that somebody has now', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: DANA }))
    const moved = form('upemail', { old_email: DANA, new_email: 'd@example.org' })
    expect(value(await hear(world, moved))).toMatchObject({ recorded: 1, merged: 0 })
    expect(value(await hear(world, moved))).toMatchObject({ recorded: 0, merged: 0 })
    expect(await standing(world, 'd@example.org')).toMatchObject([{ standing: 'withdrawn' }])
  })

  test.each(['asked', 'bounced', 'complained', 'legal'] as const)(
    'keeps what a person had said of the address before (%s), though Mailchimp has the new one as joined since',
    async (reason) => {
      const { world } = its
      const identifiers = [{ kind: 'email' as const, value: DANA }]
      value(await world.gate.suppressPeople(world.owner, [{ identifiers, reason, channel: 'email' }]))
      memberOf(world, PATIENT).optedInAt = '2026-03-04T16:30:00.000Z'
      world.pass(3_600_000)
      const moved = form('upemail', { old_email: DANA, new_email: PATIENT })
      await hear(world, moved)
      await hear(world, moved)
      expect(await suppressions(world, PATIENT)).toMatchObject([{ channel: 'email', reason, liftedAt: null }])
      expect(await reached(world)).toBe(2)
      const events = await world.query("select body from ledger_events where type = 'people_suppressed'")
      expect(events).toHaveLength(2)
      expect(JSON.stringify(events)).not.toContain('example.com')
    },
  )

  it('keeps nothing that was lifted', async () => {
    const { world } = its
    const identifiers = [{ kind: 'email' as const, value: DANA }]
    value(await world.gate.suppressPeople(world.owner, [{ identifiers, reason: 'asked' }]))
    value(await world.gate.liftSuppressions(world.owner, { identifiers }))
    await hear(world, form('upemail', { old_email: DANA, new_email: PATIENT }))
    expect(await suppressions(world, PATIENT)).toEqual([])
  })

  it('leaves somebody out of a send that was approved before', async () => {
    const { world } = its
    const list = audienceOf(world)
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
    expect(value(await hear(its.world, null))).toEqual({ people: 0, recorded: 0, merged: 0, unread: false })
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

describe('that somebody joined', () => {
  it('counts as Mailchimp has it, with its time', async () => {
    const { world } = its
    expect(value(await hear(world, form('subscribe', { email: PATIENT })))).toMatchObject({ people: 1, recorded: 1 })
    expect(value(await hear(world, form('subscribe', { email: PATIENT })))).toMatchObject({ people: 1, recorded: 0 })
    const { consents } = value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: PATIENT }]))
    expect(consents).toMatchObject([{ standing: 'given', source: 'Mailchimp', at: SIGNED_UP, channel: 'email' }])
  })

  it('undoes no withdrawal where somebody made it up', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: PATIENT }))
    const before = await world.rowCounts()
    // The stand-in has them as subscribed since January, and Dana not at all.
    await hear(world, form('subscribe', { email: PATIENT }, '2026-03-05 16:00:00'))
    const after = await world.rowCounts()
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    expect(after['people']).toBe(before['people'])
    expect(value(await hear(world, form('subscribe', { email: DANA })))).toMatchObject({ people: 0, recorded: 0 })
    expect(await standing(world, DANA)).toEqual([])
  })

  it('is a withdrawal where Mailchimp says that they left', async () => {
    const { world } = its
    await hear(world, form('subscribe', { email: 'patient-1201@example.com' }))
    expect(await standing(world, 'patient-1201@example.com')).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('counts again for whoever really came back', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: PATIENT }))
    memberOf(world, PATIENT).optedInAt = '2026-03-04T16:30:00.000Z'
    world.pass(3_600_000)
    await hear(world, form('subscribe', { email: PATIENT }, '2026-03-04 16:30:00'))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'given' }])
  })

  it('lets nobody agree for somebody else by a made-up change of address', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: DANA }))
    await hear(world, form('upemail', { old_email: DANA, new_email: PATIENT }))
    const identifiers = [{ kind: 'email' as const, value: PATIENT }]
    world.pass(3_600_000)
    const given = { identifiers, channel: 'email' as const, standing: 'given' as const, source: 'Form' }
    value(await world.gate.recordConsents(world.owner, [given]))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'given' }])
    expect(await standing(world, DANA)).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('counts nothing where it cannot be read, and is to be told again if that may pass', async () => {
    const { world } = its
    const joined = form('subscribe', { email: PATIENT })
    world.mailchimp.script.queue({ match: (method) => method === 'GET', fault: 'lost_before' })
    expect(value(await hear(world, joined))).toMatchObject({ recorded: 0, unread: true })
    expect(await standing(world, PATIENT)).toEqual([])
    expect(value(await hear(world, joined))).toMatchObject({ recorded: 1, unread: false })
  })

  it('is read no faster than that the platform stands it; who left counts all the same', async () => {
    const { world } = its
    const joined = form('subscribe', { email: DANA })
    for (let call = 0; call < 5; call += 1) expect(value(await hear(world, joined)).unread).toBe(false)
    expect(value(await hear(world, joined)).unread).toBe(true)
    expect(value(await hear(world, form('unsubscribe', { email: DANA })))).toMatchObject({ recorded: 1, unread: false })
    world.pass(1000)
    expect(value(await hear(world, joined)).unread).toBe(false)
  })
})

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

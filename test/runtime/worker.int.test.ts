import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyServerDatabase } from '../support/databases.ts'
import { startLatencyProxy } from '../support/latency-proxy.ts'
import { startWorker } from '../support/worker.ts'
import { buildWorker } from '../support/worker-build.ts'
import { createWorkerWorld, type WorkerWorld } from '../support/worker-world.ts'

const WITHIN = { timeout: 90_000, interval: 50 }
const LATENCY_MS = 50

let script = ''
const closing: (() => Promise<void>)[] = []
beforeAll(() => {
  script = buildWorker('core/entry/worker.ts', 'dist/worker')
})
afterAll(async () => {
  for (const close of closing) await close()
})

/** What Slack delivers when two people press at once. */
const pressTwice = (world: WorkerWorld, id: string) =>
  Promise.all([world.press('action_approve', id), world.press('action_approve', id)])

describe.each([
  ['beside its database', (url: string) => Promise.resolve(url)],
  [
    `${LATENCY_MS} ms away from it`,
    async (url: string) => {
      const proxy = await startLatencyProxy(url, LATENCY_MS)
      closing.push(proxy.close)
      return proxy.url
    },
  ],
])('a Worker in workerd, %s', (_where, through) => {
  let world: WorkerWorld
  beforeAll(async () => {
    world = await createWorkerWorld({ script, through })
  })
  afterAll(() => world.close())

  it('does the whole job: proposes, shows a card, takes a signed press, carries it out once, takes it back', async () => {
    const action = await world.propose('ada@example.com')
    expect(action.state).toBe('awaiting_approval')
    await expect.poll(() => world.button('action_approve', action.id), WITHIN).not.toBeNull()
    expect(await pressTwice(world, action.id)).toContainEqual({ ok: true })
    await expect.poll(() => world.stateOf(action.id), WITHIN).toBe('executed')
    expect(world.made('ada@example.com')).toBe(1)
    await expect.poll(() => world.button('action_undo', action.id), WITHIN).not.toBeNull()
    expect(await world.press('action_undo', action.id)).toEqual({ ok: true })
    await expect.poll(() => world.stateOf(action.id), WITHIN).toBe('undone')
    expect(world.archived()).toEqual([1])
    expect(world.worker.logged).toEqual([])
  })
})

describe('a Worker in workerd', () => {
  let world: WorkerWorld
  beforeAll(async () => {
    world = await createWorkerWorld({ script })
  })
  afterAll(() => world.close())

  it('carries out at its time what was planned, although nobody asks', async () => {
    const soon = new Date(Date.now() + 12_000).toISOString()
    const { id, payload_hash } = await world.propose('katherine@example.com', {}, { not_before: soon })
    const decided = { decision: 'approve', payload_hash }
    const approved = await world.call(`/v1/actions/${id}/decisions`, world.keys.owner, decided)
    expect(await approved.json()).toMatchObject({ state: 'scheduled' })
    await expect.poll(() => world.made('katherine@example.com'), WITHIN).toBe(1)
    await expect.poll(() => world.stateOf(id), WITHIN).toBe('executed')
  })

  it('exports the ledger, which is read piece by piece while the answer is on its way', async () => {
    const answer = await world.worker.fetch('/v1/ledger/export', {
      headers: { authorization: `Bearer ${world.keys.owner}` },
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
    const lines = (await answer.text()).trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(3)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ line: 'end' })
    expect(world.worker.logged).toEqual([])
  })

  it('is ready, and says how long it really waits', async () => {
    const ready = await world.worker.fetch('/readyz')
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      {
        ready: true,
        checks: [{ name: 'database' }, { name: 'clock' }, { name: 'ledger' }, { name: 'hyperdrive_cache' }],
      },
    ])
    const body = { kind: 'hubspot.contact.create', input: { email: 'joan@example.com' }, reason: 'They wrote to us' }
    const waited = await world.call('/v1/actions', world.keys.agent, body, {
      'idempotency-key': 'joan',
      prefer: 'wait=30',
    })
    expect([waited.status, waited.headers.get('preference-applied')]).toEqual([202, 'wait=25'])
  })

  it('refuses a press that Slack did not sign', async () => {
    const { id } = await world.propose('mary@example.com')
    await expect.poll(() => world.button('action_approve', id), WITHIN).not.toBeNull()
    expect(await world.press('action_approve', id, { 'x-slack-signature': `v0=${'0'.repeat(64)}` })).toMatchObject({
      ok: false,
    })
    expect([await world.stateOf(id), world.made('mary@example.com')]).toEqual(['awaiting_approval', 0])
  })
})

describe('a Worker that cannot serve', () => {
  const VARIABLES = {
    TENURE_PUBLIC_URL: 'https://gate.test',
    TENURE_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    TENURE_LEDGER_KEY: Buffer.alloc(32, 2).toString('base64'),
  }
  const SLACK = {
    SLACK_SIGNING_SECRET: 's',
    SLACK_BOT_TOKEN: 'b',
    SLACK_TEAM_ID: 'T1',
    SLACK_APPROVALS_CHANNEL: 'C1',
  }
  const namesIn = (logged: readonly string[]): readonly unknown[] =>
    logged.map((line) => (JSON.parse(line) as { name?: string }).name)

  it('names in its log what is missing, and tells nobody else', async () => {
    const databaseUrl = await emptyServerDatabase()
    const worker = await startWorker({ script, databaseUrl, directUrl: '', variables: VARIABLES })
    closing.push(worker.close)
    const answer = await worker.fetch('/v1/actions')
    expect(answer.status).toBe(503)
    expect(await answer.text()).not.toMatch(/SLACK|DATABASE/)
    await expect.poll(() => namesIn(worker.logged), WITHIN).toEqual(['SLACK_BOT_TOKEN', 'DATABASE_DIRECT_URL'])
    expect((await worker.fetch('/healthz')).status).toBe(200)
    expect(await (await worker.fetch('/readyz')).json()).toMatchObject({ ready: false, failing: ['configuration'] })
  })

  it('is alive but not ready before the database is migrated and installed', async () => {
    const databaseUrl = await emptyServerDatabase()
    const variables = { ...VARIABLES, ...SLACK }
    const worker = await startWorker({ script, databaseUrl, directUrl: databaseUrl, variables })
    closing.push(worker.close)
    expect((await worker.fetch('/healthz')).status).toBe(200)
    const answer = await worker.fetch('/readyz')
    expect([answer.status, await answer.json()]).toMatchObject([503, { ready: false, failing: ['database'] }])
    expect((await worker.fetch('/v1/actions')).status).toBe(503)
  })
})

import { createServer } from 'node:http'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { emptyServerDatabase } from '../support/databases.ts'
import { runNode, startGate, type RunningGate } from '../support/running-gate.ts'

const propose = (gate: RunningGate, key: string, body: object = {}): Promise<Response> =>
  fetch(`${gate.url}/v1/actions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gate.agentKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
      prefer: 'wait=15',
    },
    body: JSON.stringify({
      kind: 'hubspot.contact.update',
      input: { contactId: '101', phone: '+1 555 0111' },
      reason: 'They called',
      ...body,
    }),
  })

async function approve(gate: RunningGate, action: { id: string; payload_hash: string }): Promise<Response> {
  return await fetch(`${gate.url}/v1/actions/${action.id}/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gate.ownerToken}`, 'content-type': 'application/json', prefer: 'wait=15' },
    body: JSON.stringify({ decision: 'approve', payload_hash: action.payload_hash }),
  })
}

async function stateOf(gate: RunningGate, id: string): Promise<string> {
  const response = await fetch(`${gate.url}/v1/actions/${id}`, {
    headers: { authorization: `Bearer ${gate.ownerToken}` },
  })
  return ((await response.json()) as { state: string }).state
}

it.each([
  ['the embedded database', async () => ({})],
  ['a Postgres server', async () => ({ DATABASE_URL: await emptyServerDatabase() })],
])('does the main job over HTTP on %s, and keeps it over a restart', async (_name, settings) => {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-entry-'))
  const env = { TENURE_DATA_DIR: folder, ...(await settings()) }
  const first = await startGate(env)
  const ready = await fetch(`${first.url}/readyz`)
  expect(ready.status).toBe(200)
  const action = (await (await propose(first, 'one')).json()) as { id: string; state: string; payload_hash: string }
  expect(action.state).toBe('awaiting_approval')
  expect(first.printed()).toContain(`${first.url}/sandbox/slack`)
  await first.close()
  expect(first.process.exitCode).toBe(0)

  const second = await startGate(env)
  const again = await propose(second, 'one')
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect((await approve(second, action)).status).toBe(200)
  await expect.poll(() => stateOf(second, action.id), { timeout: 15_000 }).toBe('executed')
  await second.close()
  rmSync(folder, { recursive: true, force: true })
})

it('two gates that start first on one empty server at once share one workspace', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-entry-'))
  const env = { TENURE_DATA_DIR: folder, DATABASE_URL: await emptyServerDatabase() }
  const [first, second] = await Promise.all([startGate(env), startGate(env)])
  const made = await propose(first, 'shared')
  expect(made.status).toBe(202)
  const action = (await made.json()) as { id: string }
  expect(await stateOf(second, action.id)).toBe('awaiting_approval')
  await first.close()
  await second.close()
  rmSync(folder, { recursive: true, force: true })
})

it('refuses a second process on one embedded database, and takes over from one that died', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-entry-'))
  const first = await startGate({ TENURE_DATA_DIR: folder })
  const second = runNode(['dist/node.js'], { PORT: '0', TENURE_DATA_DIR: folder })
  expect(await second.exited).toBe(1)
  expect(second.printed()).toContain('Another gate')
  first.process.kill('SIGKILL')
  await new Promise((resolve) => first.process.once('exit', resolve))
  const third = await startGate({ TENURE_DATA_DIR: folder })
  expect((await fetch(`${third.url}/healthz`)).status).toBe(200)
  await third.close()
  rmSync(folder, { recursive: true, force: true })
})

it('names every problem of its configuration and starts nothing', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'tenure-entry-')), 'data')
  const run = runNode(['dist/node.js'], { TENURE_ENV: 'production', PORT: 'x', TENURE_DATA_DIR: folder })
  expect(await run.exited).toBe(2)
  expect(run.printed()).toContain('PORT: ')
  expect(() => readdirSync(folder)).toThrow('ENOENT')
})

it('tells the agent’s callback address, signed with the secret that its key reads', async () => {
  const gate = await startGate()
  const heard: { headers: Record<string, unknown>; body: string }[] = []
  const server = createServer((request, answer) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      answer.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const callback = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`
  const given = await fetch(`${gate.url}/v1/callback-secret`, { headers: { authorization: `Bearer ${gate.agentKey}` } })
  const { callback_secret: secret } = (await given.json()) as { callback_secret: string }
  const action = (await (await propose(gate, 'two', { callback_url: callback })).json()) as {
    id: string
    payload_hash: string
  }
  await approve(gate, action)
  await expect
    .poll(() => heard.map(({ body }) => (JSON.parse(body) as { type: string }).type).at(-1), { timeout: 15_000 })
    .toBe('action.executed')
  const last = heard.at(-1)
  const signed = `${String(last?.headers['webhook-id'])}.${String(last?.headers['webhook-timestamp'])}.${last?.body}`
  const expected = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(signed)
    .digest('base64')
  expect(last?.headers['webhook-signature']).toBe(`v1,${expected}`)
  server.close()
  await gate.close()
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { startMortalPostgres } from '../support/mortal-postgres.ts'
import { startPlatforms } from '../support/platforms.ts'
import { type RunningGate, startGate } from '../support/running-gate.ts'

const CLIENTS = 4
const EACH = 8
/** Longer than any answer may take; a request that is not answered by then hangs. */
const HANGS_AFTER_MS = 60_000
const WAIT = { timeout: 120_000, interval: 100 }

type Answer = { readonly status: number; readonly type: string; readonly body: Record<string, unknown> }

let postgres: Awaited<ReturnType<typeof startMortalPostgres>>
let platforms: Awaited<ReturnType<typeof startPlatforms>>
let gate: RunningGate
let database: Database
beforeAll(async () => {
  postgres = await startMortalPostgres()
  platforms = await startPlatforms(() => new Date())
  gate = await startGate({
    DATABASE_URL: postgres.url,
    HUBSPOT_BASE_URL: platforms.baseUrls.hubspot,
    HUBSPOT_ACCESS_TOKEN: 'a-token',
  })
  database = openServer(postgres.url, { max: 1 })
})
afterAll(async () => {
  await gate.close()
  await database.close()
  await platforms.close()
  await postgres.close()
})

async function ask(
  path: string,
  token: string,
  body: object | null,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${gate.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(HANGS_AFTER_MS),
  }).catch((error: unknown) => {
    throw new Error(`${path} was not answered: ${String(error)}\n${gate.printed()}`)
  })
  // safe: the gate answers objects
  const answered = (await response.json()) as Record<string, unknown>
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: answered }
}

it('killed in the middle of traffic and started again: no answer hangs, nothing acknowledged is lost, one effect each', {
  timeout: 300_000,
}, async () => {
  const failures: Answer[] = []
  let acknowledged = 0
  /** Repeats a request until it is answered, as a client does that must know. */
  const insist = async (...request: Parameters<typeof ask>): Promise<Answer> => {
    for (;;) {
      const answer = await ask(...request)
      if (answer.status < 500) return answer
      failures.push(answer)
      await new Promise((next) => setTimeout(next, 50))
    }
  }
  const ids: string[] = []
  const client = async (number: number): Promise<void> => {
    for (let i = 0; i < EACH; i += 1) {
      const key = `${number}-${i}`
      const proposal = {
        kind: 'hubspot.contact.create',
        input: { email: `outage-${key}@example.com`, firstName: 'New' },
        reason: 'They called',
      }
      const proposed = await insist('/v1/actions', gate.agentKey, proposal, { 'idempotency-key': key })
      expect([200, 202]).toContain(proposed.status)
      acknowledged += 1
      const id = String(proposed.body['id'])
      ids.push(id)
      const decision = { decision: 'approve', payload_hash: proposed.body['payload_hash'] }
      const decided = await insist(`/v1/actions/${id}/decisions`, gate.ownerToken, decision)
      // 409: the approval counted, and its answer was lost.
      expect([200, 409]).toContain(decided.status)
    }
  }
  const traffic = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
  await expect.poll(() => acknowledged, WAIT).toBeGreaterThan(CLIENTS * 2)
  postgres.kill()
  await expect.poll(() => failures.length, WAIT).toBeGreaterThan(CLIENTS)
  await postgres.startAgain()
  await traffic

  for (const { type, status, body } of failures) {
    expect(type).toContain('application/problem+json')
    expect([500, 503]).toContain(status)
    expect(body['type']).toEqual(expect.any(String))
  }
  expect(new Set(ids).size).toBe(CLIENTS * EACH)
  // What was on its way when the server died is looked up when its lease and the platform's time are over.
  await expect
    .poll(async () => {
      await ask('/sandbox/clock', gate.ownerToken, { advance_ms: 31_000 })
      const rows = await database.query("select count(*)::int as n from action_states where state <> 'executed'", [])
      return rows[0]?.['n']
    }, WAIT)
    .toBe(0)
  const made = platforms.hubspot.script.log.filter(
    ({ method, path, status }) => method === 'POST' && path === '/crm/v3/objects/contacts' && status === 201,
  )
  expect(made).toHaveLength(CLIENTS * EACH)
  expect(Object.values(platforms.hubspot.script.effects)).toEqual(Array.from({ length: CLIENTS * EACH }, () => 1))
  const [row] = await database.query('select max(at) as at from ledger_events', [])
  expect(row?.['at']).toBeInstanceOf(Date)
  expect(await brokenInvariants(database, row?.['at'] as Date)).toEqual([])
  expect(gate.process.exitCode).toBe(null)
})

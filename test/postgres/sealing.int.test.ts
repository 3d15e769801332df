import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../core/domain/canonical.ts'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { serverDatabase } from '../support/databases.ts'
import { exported, verified, verify } from '../support/ledger.ts'
import { createWorld, type World } from '../support/world.ts'

const WITHIN_MS = 30_000
let database: Database & { readonly url: string }
let other: Database
let sql: postgres.Sql
let world: World

beforeAll(async () => {
  database = await serverDatabase()
  other = openServer(database.url, { max: 4, idleInTransactionMs: 300 })
  sql = postgres(database.url, { max: 12, onnotice: () => {} })
})
beforeEach(async () => {
  world = await createWorld(database)
})
afterAll(async () => {
  await sql.end()
  await other.close()
  await database.close()
})

/** One event of a subject of its own, as the gate writes it. */
async function append(tx: postgres.Sql, subject: string, version = 1): Promise<void> {
  const workspace = world.workspaceId
  const at = world.now().toISOString()
  const body = canonicalJson({ workspace, subject, version, type: 'tested', at, body: {} })
  const digest = createHash('sha256').update(body).digest('hex')
  await tx`insert into ledger_events (workspace_id, subject, subject_version, type, at, body, digest)
    values (${workspace}, ${subject}, ${version}, 'tested', ${at}, ${body}, ${digest})`
}

type Step = 'open' | 'write' | 'commit' | 'roll back' | 'seal' | 'seal twice'

it('seals each committed event once, whatever is open, rolled back or sealed at the same time', async () => {
  const second = await world.beside(other)
  let subjects = 0
  const committed = new Set<string>()
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom<Step>('open', 'write', 'write', 'commit', 'roll back', 'seal', 'seal twice'),
      fc.nat({ max: 5 }),
    ),
    { minLength: 10, maxLength: 30, size: 'max' },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (schedule) => {
      const open: { tx: postgres.ReservedSql; wrote: string[] }[] = []
      const end = async (at: number, how: 'commit' | 'rollback'): Promise<void> => {
        const [one] = open.splice(at % open.length, 1)
        if (!one) return
        await one.tx.unsafe(how)
        one.tx.release()
        if (how === 'commit') for (const subject of one.wrote) committed.add(subject)
      }
      for (const [step, at] of schedule) {
        if (step === 'open' && open.length < 8) {
          const tx = await sql.reserve()
          await tx.unsafe('begin')
          open.push({ tx, wrote: [] })
        }
        const one = open[at % Math.max(1, open.length)]
        if (step === 'write') {
          const subject = `subject-${(subjects += 1)}`
          await append(one?.tx ?? sql, subject)
          if (one) one.wrote.push(subject)
          else committed.add(subject)
        }
        if (step === 'commit' && open.length > 0) await end(at, 'commit')
        if (step === 'roll back' && open.length > 0) await end(at, 'rollback')
        if (step === 'seal') await world.sealLedger()
        if (step === 'seal twice') await Promise.all([world.sealLedger(), second.sealLedger(), world.sealLedger()])
      }
      while (open.length > 0) await end(0, 'commit')
      await Promise.all([world.sealLedger(), second.sealLedger()])
      await untilSealed()
      const report = await verify(world)
      expect(report).toMatchObject({ findings: [], events: committed.size, unsealed: { events: 0 } })
    }),
    { numRuns: 6 },
  )
  const sealed = (await exported(world)).flatMap((line) => (line.line === 'event' ? [line.subject] : []))
  // How many there are is the draw's; that there were some is not left to it.
  expect(sealed.length).toBeGreaterThan(0)
  expect(sealed.toSorted()).toEqual([...committed].toSorted())
  await second.close()
}, 240_000)

/** Other transactions of the server (its own housekeeping) may hold the horizon for a moment. */
async function untilSealed(): Promise<void> {
  const deadline = performance.now() + WITHIN_MS
  for (;;) {
    await world.sealLedger()
    const waiting = await world.store.ledger.unsealed()
    if (!waiting.some(({ workspaceId }) => workspaceId === world.workspaceId)) return
    if (performance.now() > deadline) throw new Error('It was not sealed in time')
    await pause(20)
  }
}

it('waits for a slow transaction that began first, and then takes both', async () => {
  const slow = await sql.reserve()
  await slow.unsafe('begin')
  await append(slow, 'slow')
  await append(sql, 'fast')
  world.pass(60_000)
  expect((await world.sealLedger()).lagMs).toBeGreaterThanOrEqual(60_000)
  expect(await verify(world)).toMatchObject({ found: 0, events: 0, unsealed: { events: 1 } })
  await slow.unsafe('commit')
  slow.release()
  await untilSealed()
  expect(await verify(world)).toMatchObject({ found: 0, events: 2, unsealed: { events: 0 } })
})

it('is not held up for ever by a transaction that somebody abandoned', async () => {
  const wrote = Promise.withResolvers<void>()
  const abandoned = other.drizzle.transaction(async (tx) => {
    await tx.execute(`insert into ledger_events (workspace_id, subject, subject_version, type, at, body, digest)
      values ('${world.workspaceId}', 'abandoned', 1, 'tested', now(), '{}', '')`)
    wrote.resolve()
    // Whoever began it never comes back to it.
    await new Promise(() => {})
  })
  const ended = expect(abandoned).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await wrote.promise
  await append(sql, 'fast')
  await untilSealed()
  await ended
  expect(await verify(world)).toMatchObject({ found: 0, events: 1, unsealed: { events: 0 } })
})

it('takes versions that were written out of the order of their transactions', async () => {
  const early = await sql.reserve()
  await early.unsafe('begin')
  await append(early, 'something else')
  await append(sql, 'disputed', 1)
  // It began first and writes last: the second version has the lower transaction number.
  await append(early, 'disputed', 2)
  await early.unsafe('commit')
  early.release()
  await untilSealed()
  const lines = await exported(world)
  const order = lines.flatMap((line) => (line.line === 'event' ? [`${line.subject} ${line.version}`] : []))
  expect(order).toEqual(['something else 1', 'disputed 2', 'disputed 1'])
  expect(verified(lines)).toMatchObject({ found: 0, events: 3 })
})

it('cuts a long backlog into batches of five thousand', async () => {
  await sql`insert into ledger_events (workspace_id, subject, subject_version, type, at, body, digest)
    select ${world.workspaceId}, 'backlog', n, 'tested', ${world.now().toISOString()}, 'b' || n, '' from generate_series(1, 12001) n`
  expect(await world.sealLedger()).toMatchObject({ batches: 3, events: 12_001 })
  expect(await world.sealLedger()).toMatchObject({ batches: 0, events: 0 })
})

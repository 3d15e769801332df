import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SideJob } from '../../core/ports/approvals.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createSideJobs, jobRow, type Outcome, type SideJobs } from '../../core/postgres/side-jobs.ts'
import { queryOf } from '../../core/postgres/database.ts'
import { write } from '../../core/postgres/writes.ts'
import { asRole } from '../../core/postgres/transaction.ts'
import { embeddedDatabase, serverDatabase } from '../support/databases.ts'
import { idOf } from '../support/views.ts'

const workspaceId = idOf('wks', 'wks_a')
const card = (subject: string): SideJob => ({ queue: 'card', workspaceId, subject: idOf('act', subject) })
const webhook = (version: number): SideJob => ({
  queue: 'webhook',
  workspaceId,
  subject: idOf('act', 'act_1'),
  version,
})
const reminder: SideJob = { queue: 'reminder', workspaceId, subject: idOf('act', 'act_1'), to: null, kind: 'remind' }
const digest: SideJob = { queue: 'digest', workspaceId, period: 'week' }
const done: Outcome = { kind: 'done' }

describe.each([
  ['a server', serverDatabase],
  ['the embedded database', embeddedDatabase],
])('side jobs on %s', (_name, open) => {
  let database: Database
  let sideJobs: SideJobs

  beforeAll(async () => {
    database = await open()
    sideJobs = await createSideJobs(database)
  })
  beforeEach(async () => {
    await database.query('delete from pgboss.job', [])
  })
  afterAll(async () => {
    await sideJobs.close()
    await database.close()
  })

  /** Puts jobs into a transaction that ends as told. */
  const enqueue = (jobs: readonly SideJob[], options: { readonly startAfter?: Date; readonly fail?: true } = {}) =>
    asRole(
      database.drizzle,
      'tenure_app',
      workspaceId,
      (now) => now,
      async (tx) => {
        const { fail, ...rest } = options
        await write(queryOf(tx), { jobs: jobs.map((job) => jobRow(job, rest.startAfter ?? null, null)) }, true)
        if (fail) throw new Error('rolled back')
      },
    )
  /** Runs what is waiting and gives what ran. */
  async function run(answer: (job: SideJob) => Outcome = () => done): Promise<readonly SideJob[]> {
    const ran: SideJob[] = []
    const count = await sideJobs.runWaiting((job) => {
      ran.push(job)
      return Promise.resolve().then(() => answer(job))
    })
    expect(count).toBe(ran.length)
    return ran
  }
  const states = async () =>
    (
      await database.query('select name, state::text, retry_count from pgboss.job order by name, created_on, id', [])
    ).map((row) => `${String(row['name'])} ${String(row['state'])} ${String(row['retry_count'])}`)
  /** Lets the time pass for which jobs wait. */
  const wait = () =>
    database.query(`update pgboss.job set start_after = now() - interval '1 second' where start_after > now()`, [])

  it('runs each job once, with what was put into it', async () => {
    const jobs = [card('act_1'), reminder, webhook(1), webhook(2), digest]
    await enqueue(jobs)
    const ran = await run()
    expect(ran).toHaveLength(5)
    for (const job of jobs) expect(ran).toContainEqual(job)
    expect(await run()).toEqual([])
    expect(new Set(await states())).toEqual(
      new Set(['card completed 0', 'digest completed 0', 'reminder completed 0', 'webhook completed 0']),
    )
  })

  it('does not exist when its transaction was rolled back', async () => {
    await expect(enqueue([card('act_1'), webhook(1)], { fail: true })).rejects.toThrow('rolled back')
    expect(await states()).toEqual([])
    expect(await run()).toEqual([])
  })

  // The embedded database has one connection: there is nobody who could look.
  if (open === serverDatabase)
    it('is not seen before its transaction commits', async () => {
      await asRole(
        database.drizzle,
        'tenure_app',
        workspaceId,
        (now) => now,
        async (tx) => {
          await write(queryOf(tx), { jobs: [jobRow(webhook(1), null, null)] }, true)
          expect(await run()).toEqual([])
        },
      )
      expect(await run()).toEqual([webhook(1)])
    })

  it('keeps one waiting card a subject, and every webhook', async () => {
    await enqueue([card('act_1'), card('act_1'), card('act_2'), webhook(1), webhook(1)])
    await enqueue([card('act_1')])
    const ran = (await run()).map((job) => `${job.queue} ${'subject' in job ? job.subject : ''}`)
    expect(ran.toSorted()).toEqual(['card act_1', 'card act_2', 'webhook act_1', 'webhook act_1'])
  })

  it('draws a card once more when it changed while it was drawn', async () => {
    await enqueue([card('act_1')])
    let changed = false
    const ran: SideJob[] = []
    await sideJobs.runWaiting(async (job) => {
      ran.push(job)
      if (!changed) await enqueue([card('act_1')])
      changed = true
      return done
    })
    expect(ran).toEqual([card('act_1'), card('act_1')])
  })

  it('runs again later what asked for it, and counts no failure', async () => {
    await enqueue([card('act_1'), webhook(1)])
    const later: Outcome = { kind: 'later', afterMs: 60_000 }
    expect(await run((job) => (job.queue === 'card' ? later : done))).toEqual([card('act_1'), webhook(1)])
    expect(await states()).toEqual(['card completed 0', 'card created 0', 'webhook completed 0'])
    const [row] = await database.query(
      `select extract(epoch from start_after - now())::float8 as seconds from pgboss.job where state = 'created'`,
      [],
    )
    expect(Number(row?.['seconds'])).toBeGreaterThan(50)
    expect(Number(row?.['seconds'])).toBeLessThan(61)
    expect(await run()).toEqual([])
    await wait()
    expect(await run()).toEqual([card('act_1')])
  })

  it('tries again what threw, and goes on with the others', async () => {
    await enqueue([webhook(1), webhook(2), digest])
    const failing = (job: SideJob): Outcome => {
      if (job.queue === 'webhook' && job.version === 1) throw new Error('The address did not answer')
      return done
    }
    expect(await run(failing)).toHaveLength(3)
    expect((await states()).toSorted()).toEqual(['digest completed 0', 'webhook completed 0', 'webhook retry 0'])
    expect(await run(failing)).toEqual([])
    await wait()
    expect(await run()).toEqual([webhook(1)])
    expect((await states()).toSorted()).toEqual(['digest completed 0', 'webhook completed 0', 'webhook completed 1'])
  })

  it('reports what threw', async () => {
    const reported: unknown[] = []
    const other = await createSideJobs(database, { schedule: false, onError: (error) => reported.push(error) })
    await enqueue([webhook(1)])
    const failure = new Error('The address did not answer')
    await other.runWaiting(() => Promise.reject(failure))
    await other.close()
    expect(reported).toEqual([failure])
  })

  it('gives up after the seventh failure and keeps what was said', async () => {
    await enqueue([webhook(1)])
    let runs = 0
    for (let round = 0; round < 10; round += 1) {
      const ran = await run(() => {
        throw new Error('The address did not answer')
      })
      runs += ran.length
      await wait()
    }
    expect(runs).toBe(7)
    expect(await database.query('select state::text, output->>$1 as says from pgboss.job', ['message'])).toEqual([
      { state: 'failed', says: 'The address did not answer' },
    ])
  })

  it('waits for the moment that it was put off to', async () => {
    await enqueue([reminder], { startAfter: new Date(Date.now() + 60_000) })
    expect(await run()).toEqual([])
    await wait()
    expect(await run()).toEqual([reminder])
  })

  it('lets go after as many as it may run of a queue, whatever is added meanwhile', async () => {
    let version = 0
    await enqueue([webhook(version), reminder])
    const ran: SideJob['queue'][] = []
    const count = await sideJobs.runWaiting(async (job) => {
      ran.push(job.queue)
      if (job.queue === 'webhook') await enqueue([webhook((version += 1))])
      return done
    }, 3)
    expect([count, ran.toSorted()]).toEqual([4, ['reminder', 'webhook', 'webhook', 'webhook']])
    expect(await run()).toEqual([webhook(3)])
  })

  it('goes to one of two processes', async () => {
    await enqueue(Array.from({ length: 20 }, (_, version) => webhook(version)))
    const other = await createSideJobs(database)
    const ran: SideJob[] = []
    const work = (job: SideJob): Promise<Outcome> => {
      ran.push(job)
      return Promise.resolve(done)
    }
    const counts = await Promise.all([sideJobs.runWaiting(work), other.runWaiting(work)])
    await other.close()
    expect(counts[0] + counts[1]).toBe(20)
    const versions = ran.map((job) => (job.queue === 'webhook' ? job.version : NaN))
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, version) => version))
  })
})

import { PgBoss } from 'pg-boss'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import type { SideJob } from '../ports/approvals.ts'
import type { Database } from './database.ts'

export const QUEUES = [
  'card',
  'reminder',
  'webhook',
  'callback_notice',
  'digest',
  'trust_card',
  'review',
  'head',
] as const satisfies readonly SideJob['queue'][]

/** A side job's worker asks to be run again later (a rate limit), which does not count as a failure. */
export type Outcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterMs: number }

export type SideJobs = {
  /**
   * Takes and runs what is waiting, at most `atMost` of each queue, else until nothing is; returns how many ran. Who
   * goes on for ever needs the bound: under load there is always another, and other queues and the end of the process
   * would wait for it.
   */
  runWaiting(run: (job: SideJob) => Promise<Outcome>, atMost?: number): Promise<number>
  /** The weekly and the monthly summary of a workspace, in its zone: Mondays, and on the first, at 9:00. */
  scheduleDigests(workspaceId: WorkspaceId, zone: string): Promise<void>
  /** The newest head of the ledger for the channel, every day at 9:00 in the workspace's zone. */
  scheduleHeads(workspaceId: WorkspaceId, zone: string): Promise<void>
  /** One round of what `supervise` and `schedule` do by themselves, for a runtime without timers: call it every minute. */
  keepUp(now: Date): Promise<void>
  close(): Promise<void>
}

/** One waiting job a subject is enough: who runs it reads the newest state. */
const ONE_WAITING: readonly SideJob['queue'][] = ['card', 'trust_card', 'review']

const RETRIES = { retryLimit: 6, retryDelay: 5, retryBackoff: true, expireInSeconds: 120 }

/** Makes the queues and lets the tenant role write jobs; part of migrate, so that serving needs no rights on the schema. */
export async function migrateSideJobs(database: Database): Promise<void> {
  const boss = new PgBoss({ db: executor(database), ...backend(database), supervise: false, schedule: false })
  await boss.start()
  for (const queue of QUEUES) {
    await boss.createQueue(queue, { policy: ONE_WAITING.includes(queue) ? 'short' : 'standard', ...RETRIES })
  }
  const functions = await Promise.all(QUEUES.map((queue) => enqueueFunction(boss, queue)))
  await boss.stop({ graceful: false })
  await database.exec(`${functions.join('\n')}\n${RIGHTS}`)
}

/**
 * A workspace may write jobs of its own and read them back, and of the rest only what a send looks up. The worker is the
 * connecting user (the tables' owner, or a member of tenure_system). The policies are made once: making them again would
 * lock the table under those who run.
 */
const RIGHTS = `
  grant usage on schema pgboss to tenure_app, tenure_system;
  grant select, insert, update on all tables in schema pgboss to tenure_system;
  grant execute on all functions in schema pgboss to tenure_app, tenure_system;
  revoke all on all tables in schema pgboss from tenure_app;
  grant select on pgboss.queue to tenure_app;
  do $$ declare job_table regclass; begin
    for job_table in
      select c.oid from pg_class c where c.oid = 'pgboss.job'::regclass
        or c.oid in (select inhrelid from pg_inherits where inhparent = 'pgboss.job'::regclass)
    loop
      execute format('grant select, insert on %s to tenure_app', job_table);
      if not exists (select from pg_policy p where p.polrelid = job_table and p.polname = 'own_workspace') then
        execute format('alter table %s enable row level security', job_table);
        execute format('create policy own_workspace on %s to tenure_app
          using (data->>''workspaceId'' = any ((select public.tenure_workspaces())::text[]))
          with check (data->>''workspaceId'' = any ((select public.tenure_workspaces())::text[]))', job_table);
        execute format('create policy every_workspace on %s to tenure_system using (true) with check (true)', job_table);
      end if;
    end loop;
  end $$;`

/** The statement with which this version of pg-boss inserts jobs, as a function that a statement of ours can call. */
async function enqueueFunction(boss: PgBoss, queue: SideJob['queue']): Promise<string> {
  let statement = ''
  const recorder = {
    executeSql: (text: string) => {
      statement = text
      return Promise.resolve({ rows: [] })
    },
  }
  await boss.insert(queue, [{ data: {} }], { db: recorder })
  return `create or replace function tenure_enqueue_${queue}(jobs text) returns void language sql as $enqueue$ ${statement} $enqueue$;`
}

export type SideJobOptions = {
  /** Whether this process also sends the digests when they are due. */
  readonly schedule: boolean
  /** Whether it mends and tidies the queues by itself; it does where absent. */
  readonly supervise?: boolean
  readonly onError: (error: unknown) => void
}

/** A scheduled time that was missed by less than this is still served by `keepUp`. */
const DUE_FOR_MS = 5 * 60_000

const QUIET: SideJobOptions = { schedule: false, onError: () => {} }

export async function createSideJobs(database: Database, options: SideJobOptions = QUIET): Promise<SideJobs> {
  const boss = new PgBoss({
    db: executor(database),
    ...backend(database),
    supervise: options.supervise ?? true,
    schedule: options.schedule,
    migrate: false,
    createSchema: false,
  })
  boss.on('error', options.onError)
  await boss.start()
  // Reading each queue once fills pg-boss's cache, so that a send inside a transaction never needs a second connection.
  for (const queue of QUEUES) await boss.getQueue(queue)

  async function runOne(queue: SideJob['queue'], run: (job: SideJob) => Promise<Outcome>): Promise<boolean> {
    const [job] = await boss.fetch<object>(queue, { batchSize: 1 })
    if (!job) return false
    // safe: only `enqueue` below writes to these queues
    const payload = { ...job.data, queue } as SideJob
    try {
      const outcome = await run(payload)
      if (outcome.kind === 'later')
        await boss.send(queue, job.data, { ...key(payload), startAfter: new Date(Date.now() + outcome.afterMs) })
      await boss.complete(queue, job.id)
    } catch (error) {
      options.onError(error)
      await boss.fail(queue, job.id, { message: error instanceof Error ? error.message : 'unknown' })
    }
    return true
  }

  return {
    async scheduleDigests(workspaceId, zone) {
      for (const [period, cron] of [
        ['week', '0 9 * * 1'],
        ['month', '0 9 1 * *'],
      ] as const) {
        await boss.schedule('digest', cron, { workspaceId, period }, { tz: zone, key: `${workspaceId}-${period}` })
      }
    },
    async scheduleHeads(workspaceId, zone) {
      await boss.schedule('head', '0 9 * * *', { workspaceId }, { tz: zone, key: workspaceId })
    },
    async keepUp(now) {
      await boss.supervise()
      const from = new Date(now.getTime() - DUE_FOR_MS)
      for (const { name, key: of, cron, timezone, data } of await boss.getSchedules()) {
        const [at] = boss.previewSchedule(cron, { tz: timezone, from, count: 1 })
        // Both windows start at the same full five minutes of the clock, so that each time is sent once.
        if (at !== undefined && at <= now)
          await boss.send(name, data ?? null, { singletonKey: of, singletonSeconds: DUE_FOR_MS / 1000 })
      }
    },
    async runWaiting(run, atMost = Infinity) {
      let count = 0
      for (const queue of QUEUES) for (let ran = 0; ran < atMost && (await runOne(queue, run)); ran += 1) count += 1
      return count
    },
    close: () => boss.stop({ graceful: false }),
  }
}

const key = (job: SideJob) =>
  ONE_WAITING.includes(job.queue) ? { singletonKey: 'subject' in job ? job.subject : job.workspaceId } : {}

/**
 * A job as `tenure_write` puts it into the transaction of what asked for it: it exists exactly when that does.
 * `of` names the new action that it belongs to.
 */
export function jobRow(job: SideJob, startAfter: Date | null, of: ActionId | null) {
  const { queue, ...data } = job
  return { queue, of, data, ...key(job), ...(startAfter ? { startAfter } : {}) }
}

const backend = (database: Database) => (database.kind === 'embedded' ? ({ backend: 'pglite' } as const) : {})

function executor(database: Database) {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      return { rows: [...(await database.query(text, values))] }
    },
  }
}

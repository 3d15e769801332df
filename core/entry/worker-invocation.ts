import { AsyncLocalStorage } from 'node:async_hooks'
import manifest from '../../package.json' with { type: 'json' }
import type { WorkspaceId } from '../domain/ids.ts'
import { createPolicyCache, type FollowUp } from '../gate/dependencies.ts'
import type { Readiness } from '../http/health/readiness.ts'
import type { Logger } from '../http/http-env.ts'
import { homeWorkspace } from '../postgres/bootstrap.ts'
import { readsAreFresh } from '../postgres/canary.ts'
import type { Database } from '../postgres/database.ts'
import { createLedgerKey } from '../postgres/ledger-key.ts'
import { createSecrets } from '../postgres/secrets.ts'
import { createSideJobs, type Outcome, type SideJobs } from '../postgres/side-jobs.ts'
import { createKept, type Kept } from '../postgres/store.ts'
import type { TimeOf } from '../postgres/transaction.ts'
import { createBackground } from './background.ts'
import { judgeAddress } from './model-judge.ts'
import { newSecret } from './new-secret.ts'
import { pollCommits } from './poll-commits.ts'
import { type Assembled, assemble, reportTo, SIDE_JOBS_AT_ONCE, type Wiring } from './wire.ts'
import { wakeTicker } from './ticker.ts'
import { createWorkerCallbacks } from './worker-callbacks.ts'
import type { Settings } from './worker-settings.ts'

/** What a test replaces. */
export type WorkerParts = {
  /** One for each invocation, closed when it ends. */
  readonly open: (url: string) => Database
  readonly fetch: Wiring['fetch']
  readonly timeOf: TimeOf
  readonly logger: Logger
}

/** Kept between invocations of one isolate: nothing in it holds a connection. Filled by the first that needs it. */
export type Remembered = {
  home?: WorkspaceId
  sideJobs?: SideJobs
  compiled?: ReturnType<typeof createPolicyCache>
  kept?: Kept
  /** The database of the invocation that is running, for what is kept between them. */
  current?: AsyncLocalStorage<Database>
}

/** What stands in the way of serving; `says` is for whoever runs it. */
export type Unready = { readonly name: string; readonly says: string }

export type Invocation = Assembled & {
  readonly sideJobs: SideJobs
  /** Runs what waits; the soonest time in milliseconds after which one asked to run again, or null. */
  readonly drainSideJobs: () => Promise<number | null>
  /** Work that keeps the invocation open. */
  readonly background: (work: () => Promise<unknown>) => void
}

/** Follow-ups start at once in the invocation that made them; the queue gives them again when that one must have ended. */
const NET_AFTER_SECONDS = 40
/** Under the 30 s that an invocation may go on after its answer. */
const MOST_WAIT_SECONDS = 25

/**
 * Runs work with one database client and everything on top of it, then lets what the work began come to its end and
 * closes. `onEnd` takes that end: `waitUntil`.
 */
export async function withInvocation<T>(
  parts: WorkerParts,
  remembered: Remembered,
  settings: Settings,
  onEnd: (end: Promise<unknown>) => void,
  work: (invocation: Invocation) => Promise<T>,
  unready: (why: Unready) => T,
): Promise<T> {
  const database = parts.open(settings.hyperdrive.connectionString)
  const report = reportTo(parts.logger)
  const background = createBackground(report('background_failed'))
  const current = (remembered.current ??= new AsyncLocalStorage())
  return await current.run(database, async () => {
    try {
      const base = await prepare(remembered, current, report).catch((error: unknown): Unready => {
        report('invocation_failed')(error)
        return { name: 'database', says: 'The database does not answer, or was not migrated.' }
      })
      if ('says' in base) return unready(base)
      return await work(open(parts, remembered, settings, { ...base, database, background }))
    } finally {
      onEnd(background.idle().then(() => database.close()))
    }
  })
}

type Base = { readonly home: WorkspaceId; readonly sideJobs: SideJobs }

async function prepare(
  remembered: Remembered,
  current: AsyncLocalStorage<Database>,
  report: ReturnType<typeof reportTo>,
): Promise<Base | Unready> {
  const database = current.getStore()
  if (!database) throw new Error('There is no invocation')
  const home = remembered.home ?? (await homeWorkspace(database))
  if (home === null) return { name: 'installation', says: 'Nothing is installed in this database: run tenure install.' }
  // The one who comes first keeps it; another who made one at the same time uses its own.
  const sideJobs =
    remembered.sideJobs ??
    (await createSideJobs(lending(current), {
      schedule: false,
      supervise: false,
      onError: report('side_jobs_failed'),
    }))
  remembered.home = home
  remembered.sideJobs ??= sideJobs
  return { home, sideJobs }
}

/** A database that is whichever the running invocation has. */
function lending(current: AsyncLocalStorage<Database>): Database {
  const its = (): Database => {
    const database = current.getStore()
    if (!database) throw new Error('There is no invocation')
    return database
  }
  return {
    kind: 'server',
    get drizzle() {
      return its().drizzle
    },
    exec: (text) => its().exec(text),
    query: (text, values) => its().query(text, values),
    run: (text, values) => its().run(text, values),
    close: () => Promise.resolve(),
  }
}

type Opened = Base & { readonly database: Database; readonly background: ReturnType<typeof createBackground> }

function open(parts: WorkerParts, remembered: Remembered, settings: Settings, opened: Opened): Invocation {
  const { database, background, home, sideJobs } = opened
  const { queue, ticker } = settings
  const wake = coalesced(background.run, () => wakeTicker(ticker, 0))
  const drain = coalesced(background.run, async () => {
    const again = await drainSideJobs()
    if (again !== null) await wakeTicker(ticker, again)
  })
  const assembled: Assembled = assemble(wiringOf(parts, settings, home, database), {
    kept: (remembered.kept ??= createKept()),
    background: background.run,
    committed: (_ids, hasJobs) => {
      wake()
      if (hasJobs) drain()
    },
    followed: (items) => background.run(() => Promise.all(items.map((item) => sendFollowUp(queue, item)))),
    nextCommit: pollCommits(sleep),
    compiled: (remembered.compiled ??= createPolicyCache()),
    mostWaitSeconds: MOST_WAIT_SECONDS,
    alsoReady: () => canary(database),
  })
  async function drainSideJobs(): Promise<number | null> {
    let soonest: number | null = null
    const ran = await sideJobs.runWaiting(async (job): Promise<Outcome> => {
      const outcome = await assembled.runSideJob(job)
      if (outcome.kind === 'later') soonest = Math.min(soonest ?? outcome.afterMs, outcome.afterMs)
      return outcome
    }, SIDE_JOBS_AT_ONCE)
    return ran < SIDE_JOBS_AT_ONCE ? soonest : 0
  }
  return { ...assembled, sideJobs, drainSideJobs, background: background.run }
}

/** Runs work in the background; asked again while it runs, once more afterwards. */
function coalesced(run: (work: () => Promise<unknown>) => void, work: () => Promise<unknown>): () => void {
  let asked = false
  let running = false
  return () => {
    asked = true
    if (running) return
    running = true
    run(async () => {
      try {
        while (asked) {
          asked = false
          await work()
        }
      } finally {
        running = false
      }
    })
  }
}

const sendFollowUp = (queue: Settings['queue'], item: FollowUp): Promise<unknown> =>
  queue.send(item, { delaySeconds: NET_AFTER_SECONDS })

function wiringOf(parts: WorkerParts, settings: Settings, home: WorkspaceId, database: Database): Wiring {
  const { config, required, assets } = settings
  return {
    database,
    secrets: createSecrets([Buffer.from(required.TENURE_SECRET_KEY, 'base64')]),
    ledgerKey: createLedgerKey(Buffer.from(required.TENURE_LEDGER_KEY, 'base64')),
    homeWorkspace: home,
    zone: config.TENURE_TIME_ZONE,
    publicUrl: required.TENURE_PUBLIC_URL,
    version: VERSION,
    baseUrls: { hubspot: config.HUBSPOT_BASE_URL, mailchimp: config.MAILCHIMP_BASE_URL },
    slack: {
      signingSecret: required.SLACK_SIGNING_SECRET,
      botToken: required.SLACK_BOT_TOKEN,
      teamId: required.SLACK_TEAM_ID,
      approvalsChannel: required.SLACK_APPROVALS_CHANNEL,
      apiUrl: config.SLACK_API_URL ?? null,
    },
    callbacks: createWorkerCallbacks(parts.fetch),
    judge: judgeAddress(config),
    fetch: parts.fetch,
    docsAsset: async (name) => {
      const answer = await assets?.fetch(`https://assets.invalid/${name}`)
      if (!answer?.ok) return null
      return { body: new Uint8Array(await answer.arrayBuffer()), type: answer.headers.get('content-type') ?? '' }
    },
    logger: parts.logger,
    timeOf: parts.timeOf,
    proposalsPerSecond: config.TENURE_PROPOSALS_PER_SECOND,
  }
}

async function canary(database: Database): Promise<Readiness['checks']> {
  const isFresh = await readsAreFresh(database, newSecret(), new Date())
  const check = { name: 'hyperdrive_cache', ok: isFresh }
  return [isFresh ? check : { ...check, says: 'Hyperdrive answers from its cache. Switch caching off.' }]
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const VERSION = manifest.version

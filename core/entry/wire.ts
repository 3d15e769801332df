import { createKinds, createPlatforms, createWebhooks } from '../../connectors/registry.ts'
import { createSlackApp, type SlackApp } from '../../slack-app/app.ts'
import type { MemberId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { type Commits, createCommits } from '../gate/commits.ts'
import { createGate, type RunningGate } from '../gate/create-gate.ts'
import { createPolicyCache, type Dependencies } from '../gate/dependencies.ts'
import type { Gate } from '../gate/gate.ts'
import { createApp } from '../http/app.ts'
import { errorWords } from '../http/error-words.ts'
import type { Readiness } from '../http/health/readiness.ts'
import type { Logger } from '../http/http-env.ts'
import type { SideJob } from '../ports/approvals.ts'
import type { Callbacks } from '../ports/callbacks.ts'
import type { Judge } from '../ports/judge.ts'
import type { LedgerKey } from '../ports/ledger.ts'
import type { Secrets } from '../ports/secrets.ts'
import type { Store } from '../ports/store.ts'
import type { Database } from '../postgres/database.ts'
import { createMessages, createSeenRequests } from '../postgres/messages.ts'
import { randomUUID } from 'node:crypto'
import { createNewId } from '../postgres/new-id.ts'
import { createSideJobs, type Outcome } from '../postgres/side-jobs.ts'
import { createStore, type Kept } from '../postgres/store.ts'
import type { TimeOf } from '../postgres/transaction.ts'
import { createBackground } from './background.ts'
import { createElapsed } from './elapsed.ts'
import { createModelJudge, type JudgeAddress } from './model-judge.ts'
import { newSecret } from './new-secret.ts'
import { repeat } from './repeat.ts'
import { watchSealing } from './watch-sealing.ts'

export type Wiring = {
  readonly database: Database
  readonly secrets: Secrets
  readonly ledgerKey: LedgerKey
  readonly homeWorkspace: WorkspaceId
  /** Of the operator's workspace. */
  readonly zone: string
  readonly publicUrl: string
  readonly version: string
  readonly baseUrls: Readonly<Record<string, string | undefined>>
  readonly slack: {
    readonly signingSecret: string
    readonly botToken: string
    readonly teamId: string
    readonly approvalsChannel: string
    readonly apiUrl: string | null
  }
  readonly callbacks: Callbacks
  /** The model that reads texts; null: none is set up. */
  readonly judge: JudgeAddress | null
  /** To the platforms and to Slack. */
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>
  readonly docsAsset: Parameters<typeof createApp>[0]['docsAsset']
  readonly logger: Logger
  readonly timeOf: TimeOf
  /** Of one agent, on average. */
  readonly proposalsPerSecond: number
}

export type Wired = {
  readonly app: ReturnType<typeof createApp>
  readonly gate: Gate
  readonly slack: SlackApp
  /** Starts the sweep and the side jobs. */
  readonly start: () => void
  /** The clock of a development gate was moved on: what that makes due is not left waiting for real time. */
  readonly clockMoved: (byMs: number) => void
  /** Lets what runs come to its end, then closes. */
  readonly close: () => Promise<void>
}

const SWEEP_EVERY_MS = 250
const SIDE_JOBS_EVERY_MS = 1000
const SWEEP_LIMIT = 50
const CALLBACKS_AT_ONCE = 20
/** Of each queue, before another look at what else there is to do. */
export const SIDE_JOBS_AT_ONCE = 20
/** Old deliveries are forgotten this often. */
const FORGET_EVERY_MS = 3_600_000
/** What is due of the levels: proposals, notices, lapses. */
const REVIEW_EVERY_MS = 3_600_000
const SEAL_EVERY_MS = 30_000
const PACE = { intervalMs: 1000, burst: 3 }
const MOST_SKEW_MS = 2000

/** What runs the work differs from runtime to runtime. */
export type Running = Pick<Dependencies, 'background' | 'committed' | 'compiled' | 'followed'> & {
  /** What the store knows from before; absent: nothing. */
  readonly kept?: Kept
  readonly nextCommit: Commits['next']
  /** The longest that a request may wait, in seconds; absent: as the door has it. */
  readonly mostWaitSeconds?: number
  /** What else has to hold before requests are taken. */
  readonly alsoReady?: () => Promise<Readiness['checks']>
}

export type Assembled = Pick<RunningGate, 'gate' | 'carryOut' | 'forgetCallbacks' | 'reviewAll'> & {
  readonly store: Store
  readonly slack: SlackApp
  readonly app: ReturnType<typeof createApp>
  /** One sweep; reports what failed. True: there may be more that is due. */
  readonly sweepOnce: () => Promise<boolean>
  readonly runSideJob: (job: SideJob) => Promise<Outcome>
  /** Sends the callbacks that are due; true: there may be more. */
  readonly sendCallbacks: () => Promise<boolean>
  /** Seals the ledger as far as it can be sealed, and warns. */
  readonly seal: () => Promise<false>
}

/** Says in the log that something failed which nobody waits for. */
export const reportTo =
  (logger: Logger) =>
  (event: string) =>
  (error: unknown): void =>
    logger.error(event, { error: errorWords(error) })

/** Puts store, gate, Slack app and door together, whatever runs them. */
export function assemble(wiring: Wiring, running: Running): Assembled {
  const { database, logger, timeOf } = wiring
  const { mostWaitSeconds, alsoReady, kept, ...follow } = running
  const fetch: Wiring['fetch'] = (url, init) => wiring.fetch(url, init)
  const now = (): Date => timeOf(new Date())
  const store = createStore(database, timeOf, kept)
  const kinds = createKinds()
  const made = createGate({
    ...follow,
    store,
    kinds,
    webhooks: createWebhooks(),
    platforms: createPlatforms({ fetch, baseUrls: wiring.baseUrls, now: () => now().getTime() }),
    secrets: wiring.secrets,
    ledgerKey: wiring.ledgerKey,
    callbacks: wiring.callbacks,
    judge: judgeOf(wiring, fetch),
    newId: createNewId(() => now().getTime()),
    newSecret,
    monotonicMs: createElapsed(
      () => performance.now(),
      () => Date.now(),
    ),
    // Ten seconds' worth at once.
    proposalRate: { intervalMs: 1000 / wiring.proposalsPerSecond, burst: Math.ceil(10 * wiring.proposalsPerSecond) },
    homeWorkspace: wiring.homeWorkspace,
  })
  const { gate, sweep, carryOut, sealLedger, sweepCallbacks, forgetCallbacks, reviewAll } = made
  const sealing = watchSealing(sealLedger, logger)
  const slack = wireSlack(wiring, gate, store, running.background, now)
  const app = createApp({
    gate,
    kinds,
    publicUrl: wiring.publicUrl,
    version: wiring.version,
    requestId: () => `req_${randomUUID()}`,
    readiness: () => readiness(store, timeOf, async () => [sealing.check(), ...((await alsoReady?.()) ?? [])]),
    docsAsset: wiring.docsAsset,
    slack: (request) => slack.handle(request),
    logger,
    ...(mostWaitSeconds === undefined ? {} : { mostWaitSeconds }),
  })
  return {
    app,
    gate,
    slack,
    store,
    carryOut,
    forgetCallbacks,
    reviewAll,
    seal: () => sealing.seal(),
    runSideJob: (job) => runSideJob(slack, made, logger, job),
    async sendCallbacks() {
      const swept = await sweepCallbacks(CALLBACKS_AT_ONCE)
      for (const error of swept.failed) reportTo(logger)('callback_failed')(error)
      return swept.done === CALLBACKS_AT_ONCE
    },
    async sweepOnce() {
      const swept = await sweep(SWEEP_LIMIT)
      for (const { item, error } of swept.failed) reportTo(logger)(`due_${item.work}_failed`)(error)
      return swept.done === SWEEP_LIMIT
    },
  }
}

function judgeOf({ judge, logger }: Wiring, fetch: Wiring['fetch']): Judge | undefined {
  if (judge === null) return undefined
  return createModelJudge({ ...judge, fetch, failed: (failure) => logger.warn('judge_failed', failure) })
}

/** Puts the program together for one process on Node. */
export async function wire(wiring: Wiring): Promise<Wired> {
  const report = reportTo(wiring.logger)
  const sideJobs = await createSideJobs(wiring.database, { schedule: true, onError: report('side_jobs_failed') })
  await sideJobs.scheduleDigests(wiring.homeWorkspace, wiring.zone)
  await sideJobs.scheduleHeads(wiring.homeWorkspace, wiring.zone)
  const background = createBackground(report('background_failed'))
  const commits = createCommits()
  let wakeSideJobs = (): void => {}
  const { app, gate, slack, sweepOnce, runSideJob, sendCallbacks, forgetCallbacks, reviewAll, seal } = assemble(
    wiring,
    {
      background: background.run,
      committed: (ids, hasJobs) => {
        commits.committed(ids)
        if (hasJobs) wakeSideJobs()
      },
      nextCommit: commits.next,
      compiled: createPolicyCache(),
    },
  )
  let loops: { stop(): Promise<void> }[] = []
  let clockMoved: Wired['clockMoved'] = () => {}
  return {
    app,
    gate,
    slack,
    clockMoved: (byMs) => clockMoved(byMs),
    start() {
      // In a loop of their own: a receiver that hangs holds up no card.
      const callbacks = repeat(SIDE_JOBS_EVERY_MS, sendCallbacks, report('callbacks_failed'))
      const forget = async (): Promise<false> => {
        await forgetCallbacks()
        return false
      }
      const forgetting = repeat(FORGET_EVERY_MS, forget, report('callbacks_failed'))
      const review = async (): Promise<false> => {
        await reviewAll()
        return false
      }
      const reviewing = repeat(REVIEW_EVERY_MS, review, report('review_failed'))
      const jobs = repeat(
        SIDE_JOBS_EVERY_MS,
        async () => {
          const ran = await sideJobs.runWaiting(runSideJob, SIDE_JOBS_AT_ONCE)
          if (ran > 0) callbacks.wake()
          return ran > 0
        },
        report('side_jobs_failed'),
      )
      wakeSideJobs = () => jobs.wake()
      const due = repeat(SWEEP_EVERY_MS, sweepOnce, report('sweep_failed'))
      let sinceReviewMs = 0
      clockMoved = (byMs) => {
        due.wake()
        sinceReviewMs += byMs
        if (sinceReviewMs < REVIEW_EVERY_MS) return
        sinceReviewMs = 0
        reviewing.wake()
      }
      loops = [jobs, due, callbacks, forgetting, reviewing, repeat(SEAL_EVERY_MS, seal, report('sealing_failed'))]
    },
    async close() {
      await Promise.all(loops.map((loop) => loop.stop()))
      await background.idle()
      await sideJobs.close()
    },
  }
}

function wireSlack(
  wiring: Wiring,
  gate: Gate,
  store: Store,
  run: (work: () => Promise<unknown>) => void,
  now: () => Date,
): SlackApp {
  const { slack, timeOf, logger } = wiring
  const installation = { teamId: slack.teamId, botToken: slack.botToken }
  const isNew = createSeenRequests(wiring.database.drizzle, timeOf)
  // safe: nobody's id; a viewer in whose name side jobs read
  const readerId = 'mem_sidejobs' as MemberId
  return createSlackApp({
    gate,
    config: {
      signingSecret: slack.signingSecret,
      installationOf: async (teamId) => (teamId === slack.teamId ? installation : null),
      installationOfWorkspace: async (workspaceId) => (workspaceId === wiring.homeWorkspace ? installation : null),
      approvalsChannel: slack.approvalsChannel,
      apiUrl: slack.apiUrl,
      publicUrl: wiring.publicUrl,
    },
    messages: createMessages(wiring.database.drizzle, timeOf),
    pace: async (workspaceId, channel) => {
      const taken = await store.transact<number, never>(workspaceId, async (tx) =>
        ok((await tx.takeToken(`slack:${channel}`, PACE)) ?? 0),
      )
      return taken.ok ? taken.value : 0
    },
    seen: async (key) => !(await isNew(key)),
    reader: (workspaceId) => ({
      kind: 'member',
      id: readerId,
      workspaceId,
      name: 'Tenure',
      role: 'viewer',
      via: 'slack',
    }),
    now,
    background: (work) => run(() => work),
    fetch: (url, init) => wiring.fetch(url, init),
    log: (level, message, about) =>
      level === 'error'
        ? logger.error(message, about ?? {})
        : level === 'warn'
          ? logger.warn(message, about ?? {})
          : undefined,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
}

/** A callback is only written down here; the loop of its own sends it. */
async function runSideJob(
  slack: SlackApp,
  { tellAgent, reviewTrust }: Pick<RunningGate, 'tellAgent' | 'reviewTrust'>,
  logger: Logger,
  job: SideJob,
): Promise<Outcome> {
  if (job.queue === 'webhook') {
    await tellAgent(job.workspaceId, job.subject, job.version)
    return { kind: 'done' }
  }
  if (job.queue === 'review') {
    await reviewTrust(job.workspaceId)
    return { kind: 'done' }
  }
  const result = await slack.runSideJob(job)
  if (result.kind === 'retry') return { kind: 'later', afterMs: result.afterMs }
  // A repeat would fail too, so it is not repeated.
  if (result.kind === 'failed') logger.warn('side_job_given_up', { queue: job.queue, says: result.says })
  return { kind: 'done' }
}

async function readiness(store: Store, timeOf: TimeOf, also: NonNullable<Running['alsoReady']>): Promise<Readiness> {
  try {
    const skewMs = Math.abs((await store.databaseNow()).getTime() - timeOf(new Date()).getTime())
    const clock = { name: 'clock', ok: skewMs <= MOST_SKEW_MS }
    return {
      checks: [
        { name: 'database', ok: true },
        clock.ok
          ? clock
          : { ...clock, says: `The clock is ${Math.round(skewMs / 1000)} s from the database's. Set it right.` },
        ...(await also()),
      ],
    }
  } catch {
    return { checks: [{ name: 'database', ok: false, says: 'The database does not answer.' }] }
  }
}

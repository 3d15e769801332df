import { z } from 'zod'
import { openServer } from '../postgres/database.ts'
import { createSideJobs } from '../postgres/side-jobs.ts'
import type { FollowUp } from '../gate/dependencies.ts'
import { createAlarm, wakeTicker } from './ticker.ts'
import type { Env, ExecutionContext, MessageBatch, ObjectState } from './worker-bindings.ts'
import {
  type Invocation,
  type Remembered,
  VERSION,
  type Unready,
  withInvocation,
  type WorkerParts,
} from './worker-invocation.ts'
import { readSettings, type Settings } from './worker-settings.ts'
import { reportTo } from './wire.ts'

const NDJSON = 'application/x-ndjson'

const FollowUpSchema = z.object({
  work: z.enum(['execute', 'check']),
  workspaceId: z.string(),
  actionId: z.string(),
})

/** An answer that is read piece by piece goes on asking the database: its invocation stays open until it was read. */
function untilRead(response: Response, background: Invocation['background']): Response {
  const { body } = response
  if (body === null || response.headers.get('content-type') !== NDJSON) return response
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  // Who reads sees how it ends; a failure is told where it happened.
  background(() => body.pipeTo(writable).catch(() => undefined))
  return new Response(readable, response)
}

/** The handlers of a Worker over these parts. Everything is made when it is called for, nothing when the file loads. */
const REVIEW_MINUTE = 7

export function createWorker(parts: WorkerParts) {
  const remembered: Remembered = {}
  const report = reportTo(parts.logger)

  function settingsOf(env: Env): Settings | null {
    const read = readSettings(env)
    if ('settings' in read) return read.settings
    for (const { name, says } of read.problems) parts.logger.error('not_configured', { name, says })
    return null
  }

  /** Runs work to its end, the end of what it began included; what is not ready is thrown, so that it is tried again. */
  async function within<T>(settings: Settings, work: (invocation: Invocation) => Promise<T>): Promise<T> {
    let end: Promise<unknown> = Promise.resolve()
    const result = await withInvocation<{ readonly value: T } | Unready>(
      parts,
      remembered,
      settings,
      (ending) => (end = ending),
      async (invocation) => ({ value: await work(invocation) }),
      (why) => why,
    )
    await end
    if ('says' in result) throw new Error(result.says)
    return result.value
  }

  /** Does what is due and what waits to be drawn or told; in how many milliseconds there is more, or null. */
  const tick = async ({ sweepOnce, drainSideJobs, sendCallbacks, store }: Invocation): Promise<number | null> => {
    while (await sweepOnce());
    while (await sendCallbacks());
    const [due, drawing] = [await store.nextDueInMs(), await drainSideJobs()]
    return due === null || drawing === null ? (due ?? drawing) : Math.min(due, drawing)
  }

  /** What needs a session of its own. */
  async function keepUp(settings: Settings): Promise<void> {
    const direct = openServer(settings.required.DATABASE_DIRECT_URL, { max: 1 })
    try {
      const onError = report('side_jobs_failed')
      const sideJobs = await createSideJobs(direct, { schedule: false, supervise: false, onError })
      await sideJobs.keepUp(parts.timeOf(new Date()))
      await sideJobs.close()
    } finally {
      await direct.close()
    }
  }

  /** Each minute, one after the other; one that fails does not keep the others from their turn. */
  const UPKEEP: Readonly<Record<string, (settings: Settings) => Promise<unknown>>> = {
    wake_ticker: (settings) => wakeTicker(settings.ticker, 0),
    do_what_is_due: (settings) => within(settings, tick),
    keep_up_side_jobs: keepUp,
    seal_ledger: (settings) => within(settings, ({ seal }) => seal()),
    // Once an hour is enough; what a decision makes possible is looked at at once, as a side job.
    review_trust: async (settings) => {
      if (parts.timeOf(new Date()).getUTCMinutes() === REVIEW_MINUTE)
        await within(settings, ({ reviewAll }) => reviewAll())
    },
    forget_callbacks: (settings) => within(settings, ({ forgetCallbacks }) => forgetCallbacks()),
  }

  return {
    handlers: {
      async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
        const settings = settingsOf(env)
        if (!settings) return notReady(request, { name: 'configuration', says: 'The log names what is missing.' })
        const answer = withInvocation(
          parts,
          remembered,
          settings,
          (end) => ctx.waitUntil(end),
          async ({ app, background }) => untilRead(await app.fetch(request), background),
          (why) => notReady(request, why),
        )
        // Who asked may be gone before the answer; what was begun goes on all the same.
        ctx.waitUntil(answer)
        return await answer
      },

      async queue(batch: MessageBatch, env: Env): Promise<void> {
        const settings = settingsOf(env)
        for (const message of batch.messages) {
          const item = FollowUpSchema.safeParse(message.body)
          try {
            if (!settings) throw new Error('The settings are not complete')
            // safe: only `followed` sends to this queue
            if (item.success) await within(settings, ({ carryOut }) => carryOut(item.data as FollowUp))
            message.ack()
          } catch (error) {
            report('follow_up_failed')(error)
            message.retry()
          }
        }
      },

      async scheduled(_event: unknown, env: Env): Promise<void> {
        const settings = settingsOf(env)
        if (!settings) return
        for (const [name, work] of Object.entries(UPKEEP)) await work(settings).catch(report(`${name}_failed`))
      },
    },

    Ticker: class {
      readonly #alarm: ReturnType<typeof createAlarm>
      constructor(state: ObjectState, env: Env) {
        const settings = settingsOf(env)
        const due = async (): Promise<number | null> => (settings ? await within(settings, tick) : null)
        this.#alarm = createAlarm(state, due, () => Date.now())
      }
      fetch(request: Request): Promise<Response> {
        return this.#alarm.fetch(request)
      }
      alarm(): Promise<void> {
        return this.#alarm.alarm()
      }
    },
  }
}

/** It is alive, but cannot serve. The names are for whoever runs it and tell nobody else anything. */
function notReady(request: Request, { name, says }: Unready): Response {
  const { pathname } = new URL(request.url)
  if (pathname === '/healthz') return Response.json({ ok: true, version: VERSION })
  const headers = { 'cache-control': 'no-store', 'retry-after': '30' }
  if (pathname === '/readyz')
    return Response.json(
      { ready: false, failing: [name], checks: [{ name, ok: false, says }] },
      { status: 503, headers },
    )
  return Response.json(
    { type: 'about:blank', title: 'Not ready', status: 503, detail: 'This gate is not ready. Try again later.' },
    { status: 503, headers: { ...headers, 'content-type': 'application/problem+json' } },
  )
}

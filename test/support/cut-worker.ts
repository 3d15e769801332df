import { AsyncLocalStorage } from 'node:async_hooks'
import { logger } from '../../core/entry/log.ts'
import type { Env, ExecutionContext } from '../../core/entry/worker-bindings.ts'
import { createWorker } from '../../core/entry/worker-handlers.ts'
import { type Database, type Drizzle, openHyperdrive } from '../../core/postgres/database.ts'
import '../../core/entry/jitless.ts'

type SQL = Parameters<Drizzle['execute']>[0]

/**
 * The Worker with a clock that a test turns, and with requests that end before their n-th call to the outside: the
 * runtime is told that nothing is left to wait for, and drops the rest as it does after 30 s.
 */
type Cut = {
  calls: number
  readonly before: number
  /** Whether the side jobs' own statements count, too. */
  readonly fine: boolean
  readonly happen: () => void
}

const cutting = new AsyncLocalStorage<Cut>()
let aheadMs = 0
let hasTicker = true
/** What a cache between us and the database would have kept; null: there is none. */
let cache: Map<string, unknown> | null = null
/** What became of the last request that was to be cut. */
let outcome: 'running' | 'cut' | 'done' = 'done'

function call<T>(work: () => Promise<T>): Promise<T> {
  const cut = cutting.getStore()
  if (!cut) return work()
  cut.calls += 1
  if (cut.calls < cut.before) return work()
  cut.happen()
  return new Promise(() => {})
}

function counted(database: Database): Database {
  const { drizzle } = database
  return {
    ...database,
    // safe: the two methods that are called outside a transaction
    drizzle: {
      transaction: (work: Parameters<typeof drizzle.transaction>[0]) => call(() => drizzle.transaction(work)),
      execute: (query: SQL) => call(() => cached(query, async () => await drizzle.execute(query))),
    } as unknown as Database['drizzle'],
    query: (text, values) =>
      cutting.getStore()?.fine ? call(() => database.query(text, values)) : database.query(text, values),
  }
}

/** Reads that were made before are answered as they were then. */
async function cached(query: SQL, work: () => Promise<unknown>): Promise<unknown> {
  const text = JSON.stringify(query)
  if (cache === null || !text.includes('select ')) return await work()
  if (!cache.has(text)) cache.set(text, await work())
  return cache.get(text)
}

function bindings(env: Env): Env {
  // safe: bound by the test
  const queue = env['FOLLOW_UPS'] as { send(body: unknown, options: object): Promise<unknown> }
  const ticker = env['TICKER'] as { idFromName(name: string): object; get(id: object): { fetch: typeof fetch } }
  return {
    ...env,
    FOLLOW_UPS: { send: (body: unknown, options: object) => call(() => queue.send(body, options)) },
    TICKER: {
      idFromName: (name: string) => ticker.idFromName(name),
      get: (id: object) => ({
        fetch: (url: string) =>
          call(() => (hasTicker ? ticker.get(id).fetch(url) : Promise.resolve(new Response(null)))),
      }),
    },
  }
}

const worker = createWorker({
  open: (url) => counted(openHyperdrive(url)),
  fetch: (url, init) => call(() => fetch(url, init)),
  timeOf: (now) => new Date(now.getTime() + aheadMs),
  logger,
})

async function fetchOrCut(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/test/clock') {
    aheadMs = Number(request.headers.get('x-ahead-ms'))
    return new Response(null, { status: 204 })
  }
  if (pathname === '/test/outcome') return new Response(outcome)
  if (pathname.startsWith('/test/ticker-')) hasTicker = pathname.endsWith('-on')
  if (pathname.startsWith('/test/cache-')) cache = pathname.endsWith('-on') ? new Map() : null
  if (pathname.startsWith('/test/')) return new Response(null, { status: 204 })
  const before = request.headers.get('x-cut-before')
  if (before === null) return await worker.handlers.fetch(request, bindings(env), ctx)
  outcome = 'running'
  let happen = (): void => {}
  const happened = new Promise<void>((resolve) => {
    happen = () => {
      outcome = 'cut'
      resolve()
    }
  })
  let left = 0
  const dropping: ExecutionContext = {
    waitUntil(work) {
      left += 1
      const ended = work.then(() => {
        left -= 1
        if (left === 0 && outcome === 'running') outcome = 'done'
      })
      ctx.waitUntil(Promise.race([ended, happened]))
    },
  }
  return await Promise.race([
    cutting.run({ calls: 0, before: Number(before), fine: request.headers.has('x-cut-fine'), happen }, () =>
      worker.handlers.fetch(request, bindings(env), dropping),
    ),
    happened.then(() => new Response('Cut', { status: 500 })),
  ])
}

export default { ...worker.handlers, fetch: fetchOrCut }
export const { Ticker } = worker

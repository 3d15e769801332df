import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Json } from '../core/domain/canonical.ts'

/**
 * What can go wrong with one request.
 * An object: that answer instead of ours, without an effect. `slow`: nothing happens until it is released, whether or
 * not the caller still waits. `lost_before`: the connection drops and nothing happened. `lost_after`: it happened, and
 * then the connection drops.
 */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json }
  | (typeof NAMED)[number]

const NAMED = ['slow', 'lost_before', 'lost_after', 'error_after', 'malformed_after'] as const

export type FaultRule = {
  readonly match: (method: string, path: string, body: Json) => boolean
  readonly fault: Fault
  /** How many requests it hits; one where absent. */
  readonly times?: number
}

export type LogEntry = {
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: Json
  /** Null: the connection was dropped. */
  status: number | null
  /** What the stand-in itself came to, whether or not the caller was told; null: nothing happened (yet). */
  handled: number | null
  readonly fault: string | null
}

export type Script = {
  queue(rule: FaultRule): void
  /** Decides for every request that no queued rule takes; null: nothing goes wrong. */
  choose(decide: (method: string, path: string, body: Json) => Fault | null): void
  /** Lets every slow request go on. */
  release(): void
  clear(): void
  /** How many requests are slow now, and how many are being worked on. */
  pending(): { readonly slow: number; readonly busy: number }
  /** The requests seen, oldest first. */
  readonly log: readonly LogEntry[]
  /** How often each effect happened: `campaign.send a1b2c3d4e5` → 1. */
  readonly effects: Readonly<Record<string, number>>
}

/** What `@hono/node-server` gives a request; absent where the app is called in the same process. */
type Env = { Bindings: { incoming?: { socket: { destroy(): void } } } }
export type SandboxApp = Hono<Env>

/** Thrown where there is no socket to destroy; not an Error, so that Hono lets it through to the caller. */
const CONNECTION_LOST = Symbol('connection lost')

/**
 * A Hono app with faults, a log and effect counts in front of it. Over a socket a lost connection is a destroyed
 * socket; in the same process the call rejects. `/__sandbox/…` scripts and reads a running one.
 */
export function createSandboxApp(now: () => Date, state: () => Json) {
  const rules: { rule: FaultRule; left: number }[] = []
  const waiting: (() => void)[] = []
  const log: LogEntry[] = []
  const effects: Record<string, number> = {}
  let busy = 0
  let chosen: Parameters<Script['choose']>[0] = () => null
  const script: Script = {
    queue: (rule) => void rules.push({ rule, left: rule.times ?? 1 }),
    release: () => waiting.splice(0).forEach((go) => go()),
    choose: (decide) => void (chosen = decide),
    clear: () => {
      rules.splice(0)
      chosen = () => null
    },
    pending: () => ({ slow: waiting.length, busy }),
    log,
    effects,
  }
  const take = (method: string, path: string, body: Json): Fault | null => {
    const found = rules.find(({ rule, left }) => left > 0 && rule.match(method, path, body))
    if (found === undefined) return chosen(method, path, body)
    found.left -= 1
    return found.rule.fault
  }

  const app: SandboxApp = new Hono<Env>()
  app.route('/__sandbox', controls(script, state))
  app.use(async (c, next) => {
    const { pathname, search } = new URL(c.req.url)
    const body = asJson(await c.req.text())
    const fault = take(c.req.method, pathname, body)
    const entry: LogEntry = {
      at: now().toISOString(),
      method: c.req.method,
      path: pathname,
      query: search.slice(1),
      body,
      status: null,
      handled: null,
      fault: typeof fault === 'object' && fault !== null ? `status ${fault.status}` : fault,
    }
    log.push(entry)
    if (fault === 'lost_before') return drop(c)
    if (fault === 'slow') await new Promise<void>((go) => waiting.push(go))
    if (fault !== null && typeof fault === 'object') {
      entry.status = fault.status
      return answer(fault)
    }
    busy += 1
    await next()
    busy -= 1
    entry.handled = c.res.status
    if (fault === 'lost_after') return drop(c)
    if (fault === 'error_after' || fault === 'malformed_after') replace(c, answer(BROKEN[fault]))
    entry.status = c.res.status
    return undefined
  })
  const happened = (effect: string) => {
    effects[effect] = (effects[effect] ?? 0) + 1
  }
  return { app, script, happened }
}

const BROKEN = {
  error_after: { status: 500 },
  malformed_after: {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><title>Please sign in</title>',
  },
} as const

function answer({ status, headers, body }: Exclude<Fault, string>): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {})
  const empty = status === 204 || status === 304
  return new Response(empty ? null : text, { status, headers: { 'content-type': type, ...headers } })
}

function drop(c: Context<Env>): Response {
  // Hono leaves `env` out where the app is called without one.
  const socket = c.env?.incoming?.socket
  if (socket === undefined) throw CONNECTION_LOST
  socket.destroy()
  // The listener must not write to a socket that is gone.
  const gone = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  replace(c, gone)
  return gone
}

/** Hono keeps an answer that is there already, and would merge its headers. */
function replace(c: Context<Env>, by: Response): void {
  c.res = undefined
  c.res = by
}

function asJson(text: string): Json {
  if (text === '') return null
  try {
    const body: Json = JSON.parse(text)
    return body
  } catch {
    return text
  }
}

const FaultBody = z.strictObject({
  /** Any where absent. */
  method: z.string().optional(),
  /** A path; `*` stands for anything. */
  path: z.string(),
  fault: z.union([
    z.enum(NAMED),
    z.strictObject({
      status: z.int().min(200).max(599),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.json().optional(),
    }),
  ]),
  times: z.int().min(1).optional(),
})

/** `*` stands for anything in a path. */
export function pathMatches(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(path)
}

function controls(script: Script, state: () => Json) {
  return new Hono<Env>()
    .get('/state', (c) => c.json(state()))
    .get('/log', (c) => c.json({ requests: script.log, effects: script.effects }))
    .post('/faults', async (c) => {
      const read = FaultBody.safeParse(await c.req.json())
      if (!read.success) return c.json({ problems: read.error.issues.map((issue) => issue.message) }, 400)
      const { method, path, fault, times } = read.data
      script.queue({
        match: (m, p) => (method === undefined || m === method.toUpperCase()) && pathMatches(path, p),
        fault: typeof fault === 'string' ? fault : faultOf(fault),
        ...(times !== undefined && { times }),
      })
      return c.body(null, 204)
    })
    .delete('/faults', (c) => {
      script.clear()
      return c.body(null, 204)
    })
    .post('/release', (c) => {
      script.release()
      return c.body(null, 204)
    })
}

function faultOf(body: Exclude<z.infer<typeof FaultBody>['fault'], string>): Fault {
  return {
    status: body.status,
    ...(body.headers !== undefined && { headers: body.headers }),
    ...(body.body !== undefined && { body: body.body }),
  }
}

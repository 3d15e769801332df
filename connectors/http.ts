import { z } from 'zod'
import type { Json } from '../core/domain/canonical.ts'
import { err, ok, type Result } from '../core/domain/result.ts'
import type { PlatformError } from '../core/ports/platform.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Carries a platform error through an official client's promise chain; caught in `attempt` and nowhere else. */
export class CallFailed extends Error {
  readonly failure: PlatformError
  constructor(failure: PlatformError) {
    super(failure.kind)
    this.failure = failure
  }
}

export type WireRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether a lost answer may hide an effect. */
  readonly writes: boolean
}

export type WireAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** What a platform's error body says, in our words (`<platform>/errors.ts`). */
export type Refusal = {
  readonly providerCode: string | null
  readonly says: string
  readonly scope: string | null
  /** The wait that the body implies where no Retry-After came; null: none. */
  readonly waitMs: number | null
}

export type ReadRefusal = (status: number, body: Json | undefined) => Refusal

export type WireOptions = {
  readonly fetch: Fetch
  /** The longest that all calls of this wire may take together, in milliseconds. */
  readonly timeoutMs: number
  readonly readRefusal: ReadRefusal
  /** Wall clock in milliseconds, for a Retry-After that is a date. */
  readonly now: () => number
}

export type Wire = {
  /** Sends once, never again, never after a redirect. Throws `CallFailed` for everything but a 2xx. */
  send(request: WireRequest): Promise<WireAnswer>
  /** How many complete answers came; a client that throws after one choked on the answer. */
  answers(): number
}

/** One deadline over all calls of one invocation: the gate's lease is twice the kind's timeout. */
export function createWire(options: WireOptions): Wire {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  let answers = 0
  return {
    answers: () => answers,
    async send(request) {
      const response = await reach(options.fetch, request, deadline)
      const text = await read(response, request.writes)
      if (response.status >= 200 && response.status < 300) {
        answers += 1
        return { status: response.status, headers: Object.fromEntries(response.headers), text }
      }
      throw new CallFailed(failureOf(response, text, request.writes, options))
    },
  }
}

async function reach(fetch: Fetch, request: WireRequest, deadline: AbortSignal): Promise<Response> {
  // A call that starts after the deadline was never sent.
  if (deadline.aborted) throw new CallFailed({ kind: 'unavailable' })
  try {
    return await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      // A followed redirect would repeat a write, or carry the credentials to another host.
      redirect: 'manual',
      signal: deadline,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
  } catch (thrown) {
    if (neverSent(thrown)) throw new CallFailed({ kind: 'unavailable' })
    throw new CallFailed(lost(request.writes, deadline.aborted ? 'no answer in time' : 'the connection broke'))
  }
}

async function read(response: Response, writes: boolean): Promise<string> {
  try {
    return await response.text()
  } catch {
    throw new CallFailed(lost(writes, 'the answer broke off'))
  }
}

const lost = (writes: boolean, why: string): PlatformError =>
  writes ? { kind: 'outcome_unknown', why } : { kind: 'unavailable' }

/** Errors that are raised before a byte of the request leaves; everything else may have arrived. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

const Caused = z.object({ cause: z.object({ code: z.string() }) })

function neverSent(thrown: unknown): boolean {
  const caused = Caused.safeParse(thrown)
  return caused.success && BEFORE_SENDING.has(caused.data.cause.code)
}

/** A client that is told to wait but not how long. */
const DEFAULT_WAIT_MS = 10_000
/** HubSpot answers 477 with a Retry-After while it moves an account to another data centre. */
const WAIT_STATUSES: readonly number[] = [429, 477]

function failureOf(response: Response, text: string, writes: boolean, options: WireOptions): PlatformError {
  const { status } = response
  if (status === 401) return { kind: 'auth_expired' }
  const refusal = options.readRefusal(status, parsed(text))
  if (status === 403) return { kind: 'missing_scope', scope: refusal.scope }
  if (WAIT_STATUSES.includes(status)) {
    const asked = retryAfterMs(response.headers, options.now)
    return { kind: 'rate_limited', retryAfterMs: asked ?? refusal.waitMs ?? DEFAULT_WAIT_MS }
  }
  if (status >= 400 && status < 500) {
    return { kind: 'rejected', status, providerCode: refusal.providerCode, says: refusal.says }
  }
  if (status === 503) return { kind: 'unavailable' }
  if (status >= 500) return lost(writes, `the platform answered ${status}`)
  return { kind: 'unexpected_answer', where: `status ${status}` }
}

const LONGEST_WAIT_MS = 24 * 3_600_000

/** The wait in milliseconds that a Retry-After asks for, as seconds or as a date; null: none that can be read. */
export function retryAfterMs(headers: Headers, now: () => number): number | null {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return null
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clockOf(headers, now)
  return Number.isNaN(waitMs) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, Math.ceil(waitMs)))
}

/** The platform's own clock where it tells it: its date is relative to that, not to ours. */
function clockOf(headers: Headers, now: () => number): number {
  const told = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(told) ? now() : told
}

/** A body as JSON; undefined where it is none (a proxy's HTML page). */
export function parsed(text: string): Json | undefined {
  try {
    const body: Json = JSON.parse(text)
    return body
  } catch {
    return undefined
  }
}

/**
 * Runs one call of an official client and holds its answer against our schema. What a client throws after a complete
 * answer came is an answer it could not read; what it throws before is a bug and passes through.
 */
export async function attempt<T>(
  wire: Wire,
  where: string,
  schema: z.ZodType<T>,
  call: () => Promise<unknown>,
): Promise<Result<T, PlatformError>> {
  const before = wire.answers()
  let answer: unknown
  try {
    answer = await call()
  } catch (thrown) {
    if (thrown instanceof CallFailed) return err(thrown.failure)
    if (wire.answers() > before) return err({ kind: 'unexpected_answer', where })
    throw thrown
  }
  const read = schema.safeParse(answer)
  if (read.success) return ok(read.data)
  const place = read.error.issues[0]?.path.join('.') ?? ''
  return err({ kind: 'unexpected_answer', where: place === '' ? where : `${where}: ${place}` })
}

/** An address from segments, each encoded; a base may carry a path of its own. */
export const urlOf = (base: string, segments: readonly string[]): string =>
  `${base.replace(/\/+$/, '')}/${segments.map(encodeURIComponent).join('/')}`

/**
 * The failure of a later write of one action, after an earlier one went through: something did happen, so it must not
 * read as "nothing happened".
 */
export function halfDone(failure: PlatformError): PlatformError {
  return failure.kind === 'outcome_unknown' || failure.kind === 'unexpected_answer'
    ? failure
    : { kind: 'outcome_unknown', why: 'only the first of two steps went through' }
}

/** What is not there is an answer, not a failure: null for a 404. */
export function orNull<T>(read: Result<T, PlatformError>): Result<T | null, PlatformError> {
  if (read.ok) return read
  return read.error.kind === 'rejected' && read.error.status === 404 ? ok(null) : read
}

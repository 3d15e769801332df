import type { App, Receiver, ReceiverEvent } from '@slack/bolt'
import { kindOf, type Log } from './log.ts'
import { CommandSchema, EventSchema, InteractionSchema, parseJson } from './payloads.ts'
import type { Seen } from './seen.ts'
import { signatureFault } from './signature.ts'

/** Slack's own payloads stay far below; whatever is larger is not read to its end. */
const MOST_BYTES = 1_000_000

export type ReceiverOptions = {
  readonly signingSecret: string
  readonly seen: Seen
  now(): Date
  background(work: Promise<void>): void
  readonly log: Log
}

export type FetchReceiver = Receiver & { handle(request: Request): Promise<Response> }

type Parsed =
  | { readonly kind: 'answer'; readonly response: Response }
  | { readonly kind: 'event'; readonly body: Record<string, unknown>; readonly onceKey: string | null }

/**
 * Bolt's receiver for anything that speaks Request and Response. Verifies, parses, answers as soon as a listener has
 * acknowledged, and lets the rest of the work go on in the background.
 */
export function createReceiver(options: ReceiverOptions): FetchReceiver {
  let app: App | null = null
  return {
    init(given) {
      app = given
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async handle(request) {
      if (app === null) throw new Error('The receiver was not given to an app')
      if (request.method !== 'POST') return plainAnswer(405, 'POST only', { allow: 'POST' })
      const rawBody = await readBody(request)
      if (rawBody === null) return plainAnswer(413, 'Too large')
      const fault = await verify(request, rawBody, options)
      if (fault !== null) return fault
      const parsed = parse(rawBody, request.headers.get('content-type') ?? '')
      if (parsed.kind === 'answer') return parsed.response
      // Slack repeats an event until it is answered; the repeat is answered and not worked on.
      if (parsed.onceKey !== null && (await options.seen(parsed.onceKey, options.now()))) return plainAnswer(200, '')
      return dispatch(app, parsed.body, request, options)
    },
  }
}

async function verify(request: Request, rawBody: string, options: ReceiverOptions): Promise<Response | null> {
  const signature = request.headers.get('x-slack-signature')
  const timestamp = request.headers.get('x-slack-request-timestamp')
  const fault = signatureFault({ timestamp, signature, rawBody }, options.signingSecret, options.now())
  if (fault !== null) {
    options.log('warn', 'slack: a request was refused', { fault })
    return plainAnswer(401, 'Not verified')
  }
  if (await options.seen(`request:${timestamp}:${signature}`, options.now())) {
    options.log('warn', 'slack: a request was refused', { fault: 'replayed' })
    return plainAnswer(409, 'Seen before')
  }
  return null
}

function parse(rawBody: string, contentType: string): Parsed {
  if (contentType.startsWith('application/json')) return parseEvent(rawBody)
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return malformed()
  const form = Object.fromEntries(new URLSearchParams(rawBody))
  if (form['payload'] !== undefined) {
    const body = parseJson(form['payload'])
    return InteractionSchema.safeParse(body).success && isRecord(body)
      ? { kind: 'event', body, onceKey: null }
      : malformed()
  }
  // Slack checks a command's certificate with this parameter and wants nothing but a 200.
  if (form['ssl_check'] === '1') return { kind: 'answer', response: plainAnswer(200, '') }
  return CommandSchema.safeParse(form).success ? { kind: 'event', body: form, onceKey: null } : malformed()
}

function parseEvent(rawBody: string): Parsed {
  const body = parseJson(rawBody)
  const parsed = EventSchema.safeParse(body)
  if (!parsed.success || !isRecord(body)) return malformed()
  if (parsed.data.type === 'url_verification') {
    return { kind: 'answer', response: Response.json({ challenge: parsed.data.challenge }) }
  }
  return { kind: 'event', body, onceKey: `event:${parsed.data.event_id}` }
}

const malformed = (): Parsed => ({ kind: 'answer', response: plainAnswer(400, 'Not understood') })

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function dispatch(
  app: App,
  body: Record<string, unknown>,
  request: Request,
  options: ReceiverOptions,
): Promise<Response> {
  let acknowledge: (response: Response) => void = () => {}
  const acknowledged = new Promise<Response>((resolve) => {
    acknowledge = resolve
  })
  const event: ReceiverEvent = {
    body,
    ack: (answer?: unknown) => {
      acknowledge(answerOf(answer))
      return Promise.resolve()
    },
    ...retryOf(request.headers),
  }
  const work = app.processEvent(event).then(
    // Only what no listener answered is still open here.
    () => acknowledge(plainAnswer(404, 'Nothing listens to this')),
    (error: unknown) => {
      options.log('error', 'slack: a listener failed', { error: kindOf(error) })
      acknowledge(plainAnswer(500, 'Not handled'))
    },
  )
  options.background(work)
  return acknowledged
}

function retryOf(headers: Headers): { retryNum?: number; retryReason?: string } {
  const num = headers.get('x-slack-retry-num')
  const reason = headers.get('x-slack-retry-reason')
  return {
    ...(num !== null && /^\d{1,3}$/.test(num) && { retryNum: Number(num) }),
    ...(reason !== null && { retryReason: reason.slice(0, 100) }),
  }
}

function answerOf(answer: unknown): Response {
  if (answer === undefined || answer === null || answer === '') return plainAnswer(200, '')
  return typeof answer === 'string' ? plainAnswer(200, answer) : Response.json(answer)
}

const plainAnswer = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })

/** The raw body as text; null where it is larger than Slack would ever send. */
async function readBody(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return null
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  const reader = request.body.getReader()
  let size = 0
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > MOST_BYTES) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

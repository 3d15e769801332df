import { createApp, type AppDeps } from '../../core/http/app.ts'
import type { Kind, Kinds } from '../../core/ports/kind.ts'
import { ok } from '../../core/domain/result.ts'
import { AGENT_KEY, type FakeGate, fakeGate, OWNER_TOKEN } from './fake-gate.ts'

export type Logged = { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }

export const PUBLIC_URL = 'https://gate.example.com'
export const REQUEST_ID = 'req_fixed'

/** The real app over a fake gate, with what it logged. */
export function httpApp(given: Partial<AppDeps> & { readonly gate?: FakeGate } = {}) {
  const gate = given.gate ?? fakeGate()
  const logged: Logged[] = []
  const app = createApp({
    kinds: KINDS,
    publicUrl: PUBLIC_URL,
    version: '0.1.0',
    requestId: () => REQUEST_ID,
    readiness: () => Promise.resolve({ checks: [{ name: 'database', ok: true }] }),
    docsAsset: () => Promise.resolve(null),
    logger: {
      warn: (event, fields) => logged.push({ event, fields }),
      error: (event, fields) => logged.push({ event, fields }),
    },
    ...given,
    gate,
  })
  return { app, gate, logged }
}

export type Sent = {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Null: no Authorization header. */
  readonly bearer?: string | null
}

/** A request with a JSON body and the owner's token, unless told otherwise. A string body goes out as it is. */
export function request(path: string, { method, body, headers, bearer = OWNER_TOKEN }: Sent = {}): Request {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(`http://localhost${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(text === undefined ? {} : { body: text }),
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
  })
}

export const asAgent = { bearer: AGENT_KEY } as const

const notCalled = () => Promise.reject(new Error('The HTTP door never calls a platform'))

const SEND: Kind = {
  id: 'mailchimp.campaign.send',
  title: 'Send a campaign',
  platform: 'mailchimp',
  category: 'email_campaign',
  channel: 'email',
  risk: 'medium',
  effect: { repeat: 'unsafe', undo: 'held' },
  reachesPeople: true,
  scopes: [],
  fields: [
    {
      name: 'campaign_id',
      label: 'Campaign',
      type: 'text',
      required: true,
      maxLength: 50,
      editable: false,
      cosmetic: false,
    },
  ],
  jsonSchema: { type: 'object', required: ['campaign_id'], additionalProperties: false },
  timeoutMs: 10_000,
  settlesAfterMs: 120_000,
  authoritative: false,
  parse: () => ok({}),
  preview: () => ({ title: '', done: '', lines: [] }),
  people: () => 0,
  preflight: notCalled,
  beforeState: notCalled,
  run: notCalled,
  lookUp: notCalled,
}

export const KINDS: Kinds = { get: (id) => (id === SEND.id ? SEND : undefined), all: [SEND] }

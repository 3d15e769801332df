import { z } from 'zod'
import { err, ok, type Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'
import type { ProgramDeps } from './program-deps.ts'

const TIMEOUT_MS = 40_000
/** A whole ledger may take its time. */
const LONG_TIMEOUT_MS = 6 * 3_600_000

const WHOLE = { accept: 'application/json', timeoutMs: TIMEOUT_MS }
const LINES = { accept: 'application/x-ndjson', timeoutMs: LONG_TIMEOUT_MS }

const Problem = z.object({ title: z.string(), detail: z.string(), instance: z.string().optional() })

export type Call<T> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly answer: z.ZodType<T>
  /** Statuses besides 2xx whose body has the shape of the answer. */
  readonly alsoAccept?: readonly number[]
}

export type GateClient = {
  readonly url: string
  call<T>(call: Call<T>): Promise<Result<T, Failure>>
  /** The lines of a long answer, as they arrive; with a body, to a POST. */
  lines(path: string, body?: Call<unknown>['body']): Promise<Result<AsyncIterable<string>, Failure>>
}

/** Speaks to the running gate. An answer that has another shape than expected is a failure, never a guess. */
export function createGateClient(deps: {
  readonly fetch: ProgramDeps['fetch']
  readonly url: string
  readonly token: string
}): GateClient {
  return {
    url: deps.url,
    async call({ method, path, body, answer, alsoAccept = [] }) {
      const sent = await send(deps, method, path, body)
      if (sent === null) return err({ kind: 'no_gate', url: deps.url })
      const json = parsed(await sent.text())
      if (sent.ok || alsoAccept.includes(sent.status)) {
        const fitting = answer.safeParse(json)
        if (fitting.success) return ok(fitting.data)
        return err({ kind: 'unexpected_answer', url: deps.url, status: sent.status })
      }
      return err(refusal(deps.url, sent.status, json))
    },
    async lines(path, body) {
      const sent = await send(deps, body === undefined ? 'GET' : 'POST', path, body, LINES)
      if (sent === null) return err({ kind: 'no_gate', url: deps.url })
      if (!sent.ok) return err(refusal(deps.url, sent.status, parsed(await sent.text())))
      if (sent.body === null) return err({ kind: 'unexpected_answer', url: deps.url, status: sent.status })
      return ok(linesOf(sent.body))
    },
  }
}

function refusal(url: string, status: number, json: unknown): Failure {
  const problem = Problem.safeParse(json)
  if (!problem.success) return { kind: 'unexpected_answer', url, status }
  const { title, detail, instance } = problem.data
  return { kind: 'refused', title, detail, requestId: instance ?? null }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Null: nothing answered. */
async function send(
  deps: { readonly fetch: ProgramDeps['fetch']; readonly url: string; readonly token: string },
  method: string,
  path: string,
  body: Readonly<Record<string, unknown>> | undefined,
  { accept, timeoutMs } = WHOLE,
): Promise<Response | null> {
  try {
    return await deps.fetch(`${deps.url}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${deps.token}`,
        accept,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    // Every way in which fetch rejects means the same to the person: nobody is there.
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

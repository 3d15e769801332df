import { z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { Json } from '../domain/canonical.ts'
import type { Refusal } from '../gate/refusal.ts'
import type { HttpEnv } from './http-env.ts'
import { PROBLEMS, type ProblemKind, problemType, type StatusOf } from './problem-kinds.ts'
import { type RefusalWords, refusalWords } from './refusal-words.ts'

export const ProblemSchema = z
  .looseObject({
    type: z
      .string()
      .openapi({ description: 'Stable; the same on every installation', example: problemType('stale_hash') }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'A sentence that a person can act on' }),
    instance: z.string().openapi({ description: 'The id of this request, also in the X-Request-Id header' }),
    help: z.string().openapi({ description: 'Where this type of problem is explained' }),
  })
  .openapi('Problem')

type BodyOf<K extends ProblemKind> = K extends ProblemKind ? { readonly type: `urn:tenure:problem:${K}` } : never

/** A problem of one of these kinds, as the compiler sees it: a route that did not declare the kind cannot answer it. */
export type ProblemResponse<K extends ProblemKind> = K extends ProblemKind
  ? Response & TypedResponse<BodyOf<K>, StatusOf<K>, 'json'>
  : never

type ProblemsOf<K extends ProblemKind> = {
  [S in StatusOf<K>]: {
    description: string
    content: {
      'application/problem+json': {
        schema: z.ZodType<BodyOf<{ [P in K]: StatusOf<P> extends S ? P : never }[K]>>
      }
    }
  }
}

/** The problem answers of a route, for its OpenAPI description. */
export function problems<const K extends ProblemKind>(...kinds: readonly K[]): ProblemsOf<K> {
  const byStatus = new Map<number, ProblemKind[]>()
  for (const kind of new Set<ProblemKind>(kinds)) {
    const { status } = PROBLEMS[kind]
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind])
  }
  const responses = Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.map((kind) => `\`${kind}\`: ${PROBLEMS[kind].title}.`).join(' '),
        content: { 'application/problem+json': { schema: ProblemSchema, examples: examplesOf(of) } },
      },
    ]),
  )
  // safe: one entry per status of the kinds given; ProblemSchema is wider than what `problem` writes for each of them.
  return responses as unknown as ProblemsOf<K>
}

function examplesOf(kinds: readonly ProblemKind[]): Record<string, { value: Record<string, Json> }> {
  return Object.fromEntries(
    kinds.map((kind) => {
      const { status, title, todo } = PROBLEMS[kind]
      const value = { type: problemType(kind), title, status, detail: todo, instance: 'req_01', help: helpPath(kind) }
      return [kind, { value }]
    }),
  )
}

export type ProblemBody = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly help: string
  readonly [evidence: string]: unknown
}

type Place = { readonly requestId: string; readonly publicUrl: string }

/** The body of a problem; also used inside batch answers. */
export function problemBody(kind: ProblemKind, words: ProblemWords, place: Place): ProblemBody {
  const { status, title } = PROBLEMS[kind]
  return {
    ...words.evidence,
    type: problemType(kind),
    title,
    status,
    detail: words.detail,
    instance: place.requestId,
    help: `${place.publicUrl}${helpPath(kind)}`,
  }
}

export type ProblemWords = Omit<RefusalWords, 'evidence'> & { readonly evidence?: Readonly<Record<string, unknown>> }

/** Answers a problem of this door's own. */
export function ownProblem<K extends ProblemKind>(
  c: Context<HttpEnv>,
  kind: K,
  words: ProblemWords,
  headers: Readonly<Record<string, string>> = {},
): ProblemResponse<K> {
  const response = c.body(JSON.stringify(problemBody(kind, words, c.var)), PROBLEMS[kind].status, {
    'content-type': 'application/problem+json',
    ...(words.retryAfterMs === undefined ? {} : { 'retry-after': retryAfterSeconds(words.retryAfterMs) }),
    ...headers,
  })
  // safe: the body's type and the status are those of this kind, both from PROBLEMS.
  return response as unknown as ProblemResponse<K>
}

/**
 * Answers a refusal of the gate. `among` is what the route declared; anything else is still answered with its own status
 * and words, and logged, because then the published description is wrong.
 */
export function problem<K extends Refusal['kind']>(
  c: Context<HttpEnv>,
  refusal: Refusal,
  among: readonly K[],
): ProblemResponse<K> {
  if (!among.some((kind) => kind === refusal.kind)) {
    c.var.logger.warn('undeclared_refusal', { requestId: c.var.requestId, path: c.req.path, kind: refusal.kind })
  }
  // safe: of the declared kinds, or logged above as a fault of the description.
  return ownProblem(c, refusal.kind, refusalWords(refusal, c.var.actor)) as ProblemResponse<K>
}

const helpPath = (kind: ProblemKind): string => `/docs/problems#${kind}`

/** Whole seconds, rounded up, at least one. */
export const retryAfterSeconds = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1000)))

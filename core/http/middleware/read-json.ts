import type { Context, MiddlewareHandler } from 'hono'
import type { Json } from '../../domain/canonical.ts'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem, problem } from '../problem.ts'

const DECODER = new TextDecoder()
const MAX_DEPTH = 40
const BODYLESS = ['GET', 'HEAD', 'OPTIONS']
const JSON_TYPE = /^application\/json\s*(;|$)/i

/**
 * Refuses what is not a JSON document that can be stored: another content type, broken text, nesting that would exhaust
 * a recursive reader, and characters that Postgres cannot keep (NUL, half a surrogate pair). An empty body counts as {}.
 */
export function readJson(): MiddlewareHandler<HttpEnv> {
  return async function readJson(c, next) {
    if (BODYLESS.includes(c.req.method)) return next()
    const type = c.req.header('content-type')
    const body = DECODER.decode(await c.req.arrayBuffer())
    if (body === '' && type === undefined) return next()
    if (type === undefined || !JSON_TYPE.test(type)) {
      const detail = `Send Content-Type: application/json${type === undefined ? '.' : `, not ${type.slice(0, 100)}.`}`
      return ownProblem(c, 'unsupported_media_type', { detail })
    }
    if (body.trim() === '') {
      keepText(c, '{}')
      return next()
    }
    keepText(c, body)
    const parsed = parse(body)
    if (parsed === undefined) {
      return ownProblem(c, 'broken_json', { detail: 'The body is not valid JSON. Send one JSON document.' })
    }
    const fault = unstorable(parsed)
    if (fault !== null) return problem(c, { kind: 'malformed', problems: [fault] }, ['malformed'])
    return next()
  }
}

/** For whoever reads the body again, who would otherwise decode it again. */
function keepText(c: Context<HttpEnv>, text: string): void {
  // safe: what Hono itself keeps there, and asks `then` of
  c.req.bodyCache.text = Promise.resolve(text) as unknown as string
}

function parse(body: string): Json | undefined {
  try {
    return JSON.parse(body)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Walks without recursion, so that nesting itself can be judged. */
function unstorable(value: Json): { path: string; says: string } | null {
  const open: { value: Json | undefined; path: string; depth: number }[] = [{ value, path: '', depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: at, path, depth } = next
    if (depth > MAX_DEPTH) return { path: '', says: `The body is nested deeper than ${MAX_DEPTH} levels.` }
    if (typeof at === 'string' && !isStorable(at)) return { path, says: 'contains characters that cannot be stored.' }
    if (typeof at !== 'object' || at === null) continue
    for (const [key, member] of Object.entries(at)) {
      if (!isStorable(key)) return { path, says: 'has a field whose name cannot be stored.' }
      open.push({ value: member, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 })
    }
  }
  return null
}

const isStorable = (words: string): boolean => words.isWellFormed() && !words.includes('\u0000')

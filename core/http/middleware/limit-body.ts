import type { Context, MiddlewareHandler } from 'hono'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem } from '../problem.ts'

/**
 * Counts what really arrives, and reads no further than the limit. Of a declared length no more arrives than that, so
 * the body is read in one piece: a stream costs more than all else that the door does.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<HttpEnv> {
  return async function limitBody(c, next) {
    const declared = declaredLength(c)
    if (declared !== null) {
      const isLarger = declared > maxBytes || (await c.req.arrayBuffer()).byteLength > maxBytes
      return isLarger ? tooLarge(c, maxBytes) : next()
    }
    if (c.req.raw.body === null) return next()
    const bytes = await readUpTo(c.req.raw.body, maxBytes)
    if (bytes === null) return tooLarge(c, maxBytes)
    c.req.raw = new Request(c.req.raw, { method: c.req.method, body: bytes })
    return next()
  }
}

/** Null: only its end will tell. */
function declaredLength(c: Context<HttpEnv>): number | null {
  const length = c.req.header('content-length')
  return length === undefined || c.req.header('transfer-encoding') !== undefined ? null : Number(length)
}

function tooLarge(c: Context<HttpEnv>, maxBytes: number): Response {
  const detail = `The body is larger than ${maxBytes / 1024} KiB.`
  return ownProblem(c, 'body_too_large', { detail, evidence: { limit_bytes: maxBytes } }, UNREAD)
}

/** The rest of the body is not read, so the connection cannot carry another request. */
const UNREAD = { connection: 'close' }

/** Null: there was more. */
async function readUpTo(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}

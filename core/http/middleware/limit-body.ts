import type { Context, MiddlewareHandler } from 'hono'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem } from '../problem.ts'

/** Counts what really arrives: Content-Length is only what the sender says. Reads no further than the limit. */
export function limitBody(maxBytes: number): MiddlewareHandler<HttpEnv> {
  return async function limitBody(c, next) {
    if (c.req.raw.body === null) return next()
    const declared = Number(c.req.header('content-length') ?? 0)
    const bytes = declared > maxBytes ? null : await readUpTo(c.req.raw.body, maxBytes)
    if (bytes === null) return tooLarge(c, maxBytes)
    c.req.raw = new Request(c.req.raw, { method: c.req.method, body: bytes })
    return next()
  }
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

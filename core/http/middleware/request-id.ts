import type { MiddlewareHandler } from 'hono'
import type { HttpEnv, Logger } from '../http-env.ts'

const SANE = /^[A-Za-z0-9._:-]{1,128}$/

/** Every answer carries an id; a sane one that came in is kept, so that a caller can follow its own request. */
export function requestId(deps: {
  readonly newId: () => string
  readonly publicUrl: string
  readonly logger: Logger
}): MiddlewareHandler<HttpEnv> {
  return async function requestId(c, next) {
    const given = c.req.header('x-request-id')
    const id = given !== undefined && SANE.test(given) ? given : deps.newId()
    c.set('requestId', id)
    c.set('publicUrl', deps.publicUrl)
    c.set('logger', deps.logger)
    await next()
    // Not `c.header`, which would make a finished answer anew.
    c.res.headers.set('x-request-id', id)
  }
}

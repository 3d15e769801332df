import type { MiddlewareHandler } from 'hono'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem } from '../problem.ts'

const BEARER = /^Bearer +([\w.~+/=-]{1,512})$/i

/** Lets in who has a key or token in force. The refusal is the same whether there was none, a wrong or a disabled one. */
export function authenticate(gate: Pick<Gate, 'authenticate'>): MiddlewareHandler<HttpEnv> {
  return async function authenticate(c, next) {
    const bearer = BEARER.exec(c.req.header('authorization') ?? '')?.[1]
    const actor = bearer === undefined ? null : await gate.authenticate(bearer)
    if (actor === null) {
      return ownProblem(
        c,
        'unauthenticated',
        { detail: 'Send an agent key or a member token that is in force as Authorization: Bearer <key>.' },
        // A body stays unread, so the connection cannot carry another request.
        { 'www-authenticate': 'Bearer realm="tenure"', ...(c.req.raw.body === null ? {} : { connection: 'close' }) },
      )
    }
    c.set('actor', actor)
    return next()
  }
}

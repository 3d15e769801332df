import type { Hono, MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem } from '../problem.ts'

/** A known address with another method is 405 with Allow, not 404. */
export function refuseOtherMethods(app: Hono<HttpEnv>): MiddlewareHandler<HttpEnv> {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) =>
      ownProblem(
        c,
        'method_not_allowed',
        { detail: `${c.req.method} is not a method of this address; it knows ${methods.join(', ')}.` },
        { allow: methods.join(', ') },
      ),
  })
}

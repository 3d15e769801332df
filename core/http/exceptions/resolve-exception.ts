import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { ExceptionSchema, representException } from '../represent/exception.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.resolveException

const ResolutionBody = z
  .strictObject({ how: z.enum(['retry', 'happened', 'did_not_happen']) })
  .openapi('ExceptionResolution')

const route = createRoute({
  method: 'post',
  path: '/v1/exceptions/{id}/resolution',
  operationId: 'resolveException',
  tags: ['Exceptions'],
  summary: 'Try again, or say what happened',
  request: { params: pathId('exc'), body: { required: true, content: jsonBody(ResolutionBody) } },
  responses: {
    200: { description: 'The exception', content: jsonBody(ExceptionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const resolveExceptionRoute = ({ gate }: { readonly gate: Pick<Gate, 'resolveException'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const resolved = await gate.resolveException(c.var.actor, c.req.valid('param').id, c.req.valid('json').how)
    if (!resolved.ok) return problem(c, resolved.error, REFUSALS)
    return c.json(representException(resolved.value), 200)
  })

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { CAUSES } from '../../domain/decision.ts'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { given, jsonBody, pathId, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.undoAction

const UndoBody = z
  .strictObject({
    reason: text(2000).optional(),
    despite_changes: z.boolean().optional().openapi({ description: 'Also when the platform was changed since' }),
    cause: z.enum(CAUSES).optional().openapi({ description: 'What was wrong; may be said up to a day afterwards' }),
    outside: z.boolean().optional(),
  })
  .openapi('UndoRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/actions/{id}/undo',
  operationId: 'undoAction',
  tags: ['Actions'],
  summary: 'Take an action back',
  description: 'Before the effect it cancels; after it, it writes on the platform.',
  request: { params: pathId('act'), body: { required: false, content: jsonBody(UndoBody) } },
  responses: {
    200: { description: 'The action after the undo', content: jsonBody(ActionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const undoActionRoute = ({ gate }: { readonly gate: Pick<Gate, 'undoAction'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { reason, cause, outside, despite_changes: despite } = c.req.valid('json')
    const options = given({ despiteChanges: despite ?? false, reason, cause, outside })
    const undone = await gate.undoAction(c.var.actor, c.req.valid('param').id, options)
    if (!undone.ok) return problem(c, undone.error, REFUSALS)
    return c.json(representAction(undone.value, c.var.publicUrl), 200)
  })

import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representSwitch, SwitchSchema } from '../represent/switch.ts'
import { jsonBody, listOf, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'
import { ResumeQuery, toResuming } from './resume-query.ts'

const REFUSALS = REFUSALS_OF.resume

const route = createRoute({
  method: 'delete',
  path: '/v1/switches/{id}',
  operationId: 'resume',
  tags: ['Switches'],
  summary: 'Lift one stop',
  description: 'Frozen clocks get their time back; each action is checked again before it runs.',
  request: { params: pathId('swt'), query: ResumeQuery },
  responses: {
    200: { description: 'What was lifted', content: jsonBody(listOf(SwitchSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const resumeRoute = ({ gate }: { readonly gate: Pick<Gate, 'resume'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const query = c.req.valid('query')
    const lifted = await gate.resume(c.var.actor, c.req.valid('param').id, query.reason ?? null, toResuming(query))
    if (!lifted.ok) return problem(c, lifted.error, REFUSALS)
    return c.json({ items: lifted.value.map(representSwitch) }, 200)
  })

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { representSwitch, SwitchSchema } from '../represent/switch.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.stop

const TargetBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['all', 'workspace']) }),
    z.strictObject({ kind: z.enum(['agent', 'category', 'channel', 'platform', 'kind', 'topic']), value: text(200) }),
  ])
  .openapi('SwitchTarget')

const StopBody = z.strictObject({ target: TargetBody, reason: text(2000).optional() }).openapi('StopRequest')

const StoppedSchema = z
  .object({
    switch: SwitchSchema,
    executing: z.array(ActionSchema).openapi({ description: 'Already on their way; they cannot be called back' }),
    recalled: z.int().openapi({ description: 'Of a topic: how many that mention it came back to people' }),
  })
  .openapi('Stopped')

const route = createRoute({
  method: 'post',
  path: '/v1/switches',
  operationId: 'stop',
  tags: ['Switches'],
  summary: 'Stop everything, or a part',
  description: 'Once this is answered no platform call starts any more, on any replica. Every member may stop.',
  request: { body: { required: true, content: jsonBody(StopBody) } },
  responses: {
    201: { description: 'Stopped', content: jsonBody(StoppedSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const stopRoute = ({ gate }: { readonly gate: Pick<Gate, 'stop'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { target, reason } = c.req.valid('json')
    const stopped = await gate.stop(c.var.actor, target, reason ?? null)
    if (!stopped.ok) return problem(c, stopped.error, REFUSALS)
    const executing = stopped.value.executing.map((action) => representAction(action, c.var.publicUrl))
    return c.json({ switch: representSwitch(stopped.value.switch), executing, recalled: stopped.value.recalled }, 201)
  })

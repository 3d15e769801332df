import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representSwitch, SwitchSchema } from '../represent/switch.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listSwitches

const route = createRoute({
  method: 'get',
  path: '/v1/switches',
  operationId: 'listSwitches',
  tags: ['Switches'],
  summary: 'What is stopped',
  responses: {
    200: { description: 'Every stop in force', content: jsonBody(listOf(SwitchSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listSwitchesRoute = ({ gate }: { readonly gate: Pick<Gate, 'listSwitches'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const switches = await gate.listSwitches(c.var.actor)
    if (!switches.ok) return problem(c, switches.error, REFUSALS)
    return c.json({ items: switches.value.map(representSwitch) }, 200)
  })

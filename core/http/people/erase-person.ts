import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { PersonBody } from './person-body.ts'

const REFUSALS = REFUSALS_OF.erasePerson

const route = createRoute({
  method: 'post',
  path: '/v1/people/erase',
  operationId: 'erasePerson',
  tags: ['People'],
  summary: 'Forget a person',
  description:
    'What is kept of them goes, and what people wrote beside the ledger with them in it; the ledger stays intact. Digests of their identifiers stay, so that they are not contacted again.',
  request: { body: { required: true, content: jsonBody(PersonBody) } },
  responses: {
    200: {
      description: 'How many people that was, and how much beside the ledger',
      content: jsonBody(z.object({ people: z.int(), details: z.int() }).openapi('PersonErased')),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const erasePersonRoute = ({ gate }: { readonly gate: Pick<Gate, 'erasePerson'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const erased = await gate.erasePerson(c.var.actor, c.req.valid('json').identifiers)
    if (!erased.ok) return problem(c, erased.error, REFUSALS)
    return c.json({ people: erased.value.people, details: erased.value.details }, 200)
  })

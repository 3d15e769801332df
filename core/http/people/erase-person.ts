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
    'What is kept of them goes, with what people wrote beside the ledger and the words of every action and plan that names them; the ledger stays intact. `open` of these have not ended: they lose their words within the hour after they have. Digests of their identifiers stay, so that they are not contacted again.',
  request: { body: { required: true, content: jsonBody(PersonBody) } },
  responses: {
    200: {
      description: 'How many people that was, how much beside the ledger, and how many actions lost their words',
      content: jsonBody(
        z.object({ people: z.int(), details: z.int(), actions: z.int(), open: z.int() }).openapi('PersonErased'),
      ),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const erasePersonRoute = ({ gate }: { readonly gate: Pick<Gate, 'erasePerson'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const erased = await gate.erasePerson(c.var.actor, c.req.valid('json').identifiers)
    if (!erased.ok) return problem(c, erased.error, REFUSALS)
    const { people, details, actions, open } = erased.value
    return c.json({ people, details, actions, open }, 200)
  })

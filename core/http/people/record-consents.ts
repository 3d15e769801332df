import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { AnyInstant, given, jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { ChannelName, Identifiers } from './person-body.ts'

const REFUSALS = REFUSALS_OF.recordConsents

const ConsentsBody = z
  .strictObject({
    consents: z
      .array(
        z.strictObject({
          identifiers: Identifiers,
          channel: ChannelName,
          standing: z.enum(['given', 'withdrawn']),
          source: text(100).openapi({ example: 'Sign-up form' }),
          at: AnyInstant.optional(),
        }),
      )
      .min(1)
      .max(1000),
  })
  .openapi('ConsentsRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/people/consents',
  operationId: 'recordConsents',
  tags: ['People'],
  summary: 'Record what people agreed to, or withdrew',
  description:
    'The newest by its own time counts, in whatever order it is heard; a withdrawal wins a tie. Identifiers in one entry are one person’s from then on.',
  request: { body: { required: true, content: jsonBody(ConsentsBody) } },
  responses: {
    200: {
      description:
        'How many people these are, how many statements are new, and how many turned out to be somebody known',
      content: jsonBody(z.object({ people: z.int(), recorded: z.int(), merged: z.int() }).openapi('ConsentsRecorded')),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const recordConsentsRoute = ({ gate }: { readonly gate: Pick<Gate, 'recordConsents'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const consents = c.req.valid('json').consents.map(({ at, ...said }) => given({ ...said, at }))
    const heard = await gate.recordConsents(c.var.actor, consents)
    if (!heard.ok) return problem(c, heard.error, REFUSALS)
    const { people, recorded, merged } = heard.value
    return c.json({ people, recorded, merged }, 200)
  })

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { STATES } from '../../domain/action-states.ts'
import { IDENTIFIER_KINDS } from '../../domain/recipients/identifier.ts'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { ChannelName, PersonBody } from './person-body.ts'

const REFUSALS = REFUSALS_OF.exportPerson

const Time = z.iso.datetime()
const Standing = z.enum(['given', 'withdrawn'])
const IdentifierKind = z.enum(IDENTIFIER_KINDS)
const Touched = { action_id: z.string(), kind: z.string(), state: z.enum(STATES), at: Time }

const Person = z
  .object({
    identifiers: z.array(z.object({ kind: IdentifierKind, seen_at: Time })),
    standing: z.array(z.object({ channel: ChannelName, standing: Standing, at: Time })),
    consents: z.array(
      z.object({ channel: ChannelName, standing: Standing, source: z.string(), at: Time, recorded_at: Time }),
    ),
    suppressions: z.array(
      z.object({
        kind: IdentifierKind,
        channel: ChannelName.nullable(),
        reason: z.string(),
        at: Time,
        lifted_at: Time.nullable(),
      }),
    ),
    exposures: z.array(z.object({ ...Touched, channel: ChannelName })),
    named_in: z.array(z.object(Touched)),
  })
  .openapi('Person')

const route = createRoute({
  method: 'post',
  path: '/v1/people/export',
  operationId: 'exportPerson',
  tags: ['People'],
  summary: 'Everything that is kept of a person',
  description:
    'Addresses and numbers are kept as digests, so only their kinds come back; `standing` is what counts now, by channel.',
  request: { body: { required: true, content: jsonBody(PersonBody) } },
  responses: {
    200: { description: 'The person, empty where nothing is kept', content: jsonBody(Person) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const exportPersonRoute = ({ gate }: { readonly gate: Pick<Gate, 'exportPerson'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const found = await gate.exportPerson(c.var.actor, c.req.valid('json').identifiers)
    if (!found.ok) return problem(c, found.error, REFUSALS)
    const { identifiers, standing, consents, suppressions, exposures, namedIn } = found.value
    return c.json(
      {
        identifiers: identifiers.map(({ kind, seenAt }) => ({ kind, seen_at: seenAt.toISOString() })),
        standing: standing.map((one) => ({ channel: one.channel, standing: one.standing, at: one.at.toISOString() })),
        consents: consents.map(({ channel, standing: said, source, at, recordedAt }) => ({
          channel,
          standing: said,
          source,
          at: at.toISOString(),
          recorded_at: recordedAt.toISOString(),
        })),
        suppressions: suppressions.map(({ kind, channel, reason, at, liftedAt }) => ({
          kind,
          channel,
          reason,
          at: at.toISOString(),
          lifted_at: liftedAt?.toISOString() ?? null,
        })),
        exposures: exposures.map((one) => ({ ...touched(one), channel: one.channel })),
        named_in: namedIn.map(touched),
      },
      200,
    )
  })

type NamedIn = Extract<Awaited<ReturnType<Gate['exportPerson']>>, { ok: true }>['value']['namedIn'][number]

const touched = ({ actionId, kind, state, at }: NamedIn) => ({ action_id: actionId, kind, state, at: at.toISOString() })

import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Kinds } from '../../ports/kind.ts'
import type { HttpEnv } from '../http-env.ts'
import { problems } from '../problem.ts'
import { KindSchema, representKind } from '../represent/kind.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const route = createRoute({
  method: 'get',
  path: '/v1/kinds',
  operationId: 'listKinds',
  tags: ['Kinds'],
  summary: 'What may be proposed',
  responses: {
    200: { description: 'Every action kind of this installation', content: jsonBody(listOf(KindSchema)) },
    ...problems(...ALWAYS),
  },
})

export const listKindsRoute = ({ kinds }: { readonly kinds: Kinds }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, (c) => c.json({ items: kinds.all.map(representKind) }, 200))

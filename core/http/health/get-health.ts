import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../request-values.ts'

const route = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['Health'],
  summary: 'Whether the process answers',
  security: [],
  responses: {
    200: { description: 'It does', content: jsonBody(z.object({ ok: z.literal(true), version: z.string() })) },
  },
})

/** Asks nothing else: a process that lost its database is alive, but not ready. */
export const getHealthRoute = ({ version }: { readonly version: string }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, (c) => c.json({ ok: true as const, version }, 200))

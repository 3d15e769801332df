import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { HttpEnv } from '../http-env.ts'
import { jsonBody } from '../request-values.ts'
import type { Readiness } from './readiness.ts'

const ReadinessSchema = z
  .object({
    ready: z.boolean(),
    failing: z.array(z.string()).openapi({ description: 'Names of the checks that fail' }),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), says: z.string().optional() })),
  })
  .openapi('Readiness')

const route = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tags: ['Health'],
  summary: 'Whether it can take requests',
  security: [],
  responses: {
    200: { description: 'Ready', content: jsonBody(ReadinessSchema) },
    503: { description: 'Not ready; `failing` names why', content: jsonBody(ReadinessSchema) },
  },
})

export const getReadinessRoute = ({ readiness }: { readonly readiness: () => Promise<Readiness> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const checks = (await readiness()).checks.map(({ name, ok, says }) => ({
      name,
      ok,
      ...(says === undefined ? {} : { says }),
    }))
    const failing = checks.filter(({ ok }) => !ok).map(({ name }) => name)
    const ready = failing.length === 0
    c.header('cache-control', 'no-store')
    return c.json({ ready, failing, checks }, ready ? 200 : 503)
  })

import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { Gate } from '../gate/gate.ts'
import type { Kinds } from '../ports/kind.ts'
import { type DocsAsset, docsRoutes } from './docs/docs-routes.ts'
import { openApiInfo } from './docs/openapi-info.ts'
import { errorWords } from './error-words.ts'
import { getHealthRoute } from './health/get-health.ts'
import { getReadinessRoute } from './health/get-readiness.ts'
import type { Readiness } from './health/readiness.ts'
import type { HttpEnv, Logger } from './http-env.ts'
import { authenticate } from './middleware/authenticate.ts'
import { limitBody } from './middleware/limit-body.ts'
import { readJson } from './middleware/read-json.ts'
import { refuseOtherMethods } from './middleware/refuse-other-methods.ts'
import { requestId } from './middleware/request-id.ts'
import { ownProblem, problem } from './problem.ts'
import { ROUTES } from './routes.ts'
import { validationProblems } from './validation-problems.ts'

export type AppDeps = {
  readonly gate: Gate
  readonly kinds: Kinds
  /** Where others reach it. */
  readonly publicUrl: string
  readonly version: string
  /** A new id for a request that brings none. */
  readonly requestId: () => string
  readonly readiness: () => Promise<Readiness>
  /** The longest that a `Prefer: wait` may last on this runtime, in seconds; 30 where absent. */
  readonly mostWaitSeconds?: number
  readonly docsAsset: DocsAsset
  /** Answers POST /slack/events; checks the signature itself, on the raw body. */
  readonly slack?: (request: Request) => Promise<Response>
  readonly logger: Logger
}

const MAX_BODY_BYTES = 256 * 1024
/** Modals with long texts arrive form-encoded: up to three bytes a character. */
const MAX_SLACK_BYTES = 1024 * 1024

/** The HTTP door: speaks `Request` and `Response`, so that Node and Workers serve the same thing. */
export function createApp(deps: AppDeps): OpenAPIHono<HttpEnv> {
  const publicUrl = deps.publicUrl.replace(/\/+$/, '')
  const app = new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid })
  app.use(requestId({ newId: deps.requestId, publicUrl, logger: deps.logger }))
  app.use(secureHeaders({ xFrameOptions: 'DENY' }))
  app.use(refuseOtherMethods(app))
  app.use('/v1/*', noStore, authenticate(deps.gate), limitBody(MAX_BODY_BYTES), readJson())
  for (const route of ROUTES) app.route('/', route(deps))
  app.route('/', getHealthRoute(deps))
  app.route('/', getReadinessRoute(deps))
  app.route('/', docsRoutes(deps.docsAsset))
  describe(app, { publicUrl, version: deps.version })
  const { slack } = deps
  if (slack !== undefined)
    app.post('/slack/events', limitBody(MAX_SLACK_BYTES), async (c) =>
      slack(
        new Request(c.req.url, {
          method: 'POST',
          headers: c.req.raw.headers,
          body: await c.req.arrayBuffer(),
        }),
      ),
    )
  app.notFound((c) => ownProblem(c, 'no_such_route', { detail: `Nothing answers at ${c.req.path}. See /docs.` }))
  app.onError((error, c) => unexpected(error, c))
  return app
}

function describe(app: OpenAPIHono<HttpEnv>, info: { publicUrl: string; version: string }): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An agent key or a member token',
  })
  // Made on the first request: every route is registered by then, and it never changes afterwards.
  let document: ReturnType<typeof app.getOpenAPI31Document> | null = null
  app.get('/openapi.json', (c) => c.json((document ??= app.getOpenAPI31Document(openApiInfo(info)))))
}

async function noStore(c: Context<HttpEnv>, next: () => Promise<void>): Promise<void> {
  await next()
  c.res.headers.set('cache-control', 'no-store')
}

type Checked =
  | { readonly success: true }
  | { readonly success: false; readonly target: string; readonly error: z.ZodError }

function refuseInvalid(result: Checked, c: Context<HttpEnv>): Response | undefined {
  if (result.success) return undefined
  if (result.target === 'param') {
    return problem(c, { kind: 'not_found', what: 'this id' }, ['not_found'])
  }
  return problem(c, { kind: 'malformed', problems: validationProblems(result.error.issues) }, ['malformed'])
}

/** A bug or lost infrastructure: the log gets what happened where, the caller the request id and nothing of the error. */
function unexpected(error: Error, c: Context<HttpEnv>): Response {
  if (error instanceof HTTPException && error.status === 415) {
    return ownProblem(c, 'unsupported_media_type', { detail: 'Send Content-Type: application/json.' })
  }
  c.var.logger.error('request_failed', {
    requestId: c.var.requestId,
    method: c.req.method,
    path: c.req.path,
    error: errorWords(error),
  })
  return ownProblem(c, 'internal_error', {
    detail: `Something went wrong on our side. Tell your admin this request id: ${c.var.requestId}`,
  })
}

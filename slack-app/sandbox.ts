import { Hono } from 'hono'
import { createInteract, type Interact } from './sandbox/interact.ts'
import { pageRoutes } from './sandbox/page/routes.tsx'
import { answerWebApi } from './sandbox/web-api.ts'
import { type SandboxChannel, type SandboxUser, SandboxWorld } from './sandbox/world.ts'

export type { Interact, SandboxChannel, SandboxUser, SandboxWorld }

export type SlackSandboxOptions = {
  now(): Date
  readonly signingSecret: string
  readonly botToken: string
  /** Hands a signed request to the app: its `/slack/events`, in this process or over HTTP. */
  deliver(request: Request): Promise<Response>
  /** The address that the delivered requests carry. */
  readonly appUrl?: string
  /** Scheme and host under which the stand-in is reached, for `response_url`s. */
  readonly origin: string
  /** Where it is mounted. */
  readonly basePath?: string
  readonly users?: readonly SandboxUser[]
  readonly channels?: readonly SandboxChannel[]
}

export type SlackSandbox = {
  /** Mount it at the root: its routes carry the base path. The Web API is at `<basePath>/api/`. */
  readonly app: Hono
  readonly apiUrl: string
  readonly world: SandboxWorld
  readonly interact: Interact
}

const USERS: readonly SandboxUser[] = [
  { id: 'U0OWNER', name: 'Owner', email: 'owner@example.com', confirmed: true },
  { id: 'U0APPROVER', name: 'Approver', email: 'approver@example.com', confirmed: true },
  { id: 'U0VIEWER', name: 'Viewer', email: 'viewer@example.com', confirmed: true },
  { id: 'U0VISITOR', name: 'Visitor', email: 'visitor@example.com', confirmed: true },
]
const CHANNELS: readonly SandboxChannel[] = [
  { id: 'C0APPROVALS', name: 'approvals' },
  { id: 'C0MARKETING', name: 'marketing' },
]

/** A stand-in for Slack with its Web API, its rules for blocks, its signatures, and a page to press the buttons on. */
export function createSlackSandbox(options: SlackSandboxOptions): SlackSandbox {
  const base = (options.basePath ?? '/sandbox/slack').replace(/\/+$/, '')
  const origin = options.origin.replace(/\/+$/, '')
  const world = new SandboxWorld(() => options.now(), options.users ?? USERS, options.channels ?? CHANNELS)
  const interact = createInteract({
    world,
    signingSecret: options.signingSecret,
    now: () => options.now(),
    deliver: (request) => options.deliver(request),
    appUrl: options.appUrl ?? `${origin}/slack/events`,
    responseUrl: (id) => `${origin}${base}/response/${id}`,
  })
  const app = new Hono()
  app.post(`${base}/api/:method`, (c) => answerWebApi(world, c.req.param('method'), c.req.raw, options.botToken))
  app.post(`${base}/response/:id`, async (c) => interact.respond(c.req.param('id'), await c.req.json()))
  app.route(base, pageRoutes(world, interact, base))
  return { app, apiUrl: `${origin}${base}/api/`, world, interact }
}

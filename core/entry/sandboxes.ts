import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { createHubSpotSandbox } from '../../connectors/hubspot/sandbox.ts'
import { createMailchimpSandbox } from '../../connectors/mailchimp/sandbox.ts'
import { createSlackSandbox } from '../../slack-app/sandbox.ts'

/** Platforms that are not connected, as stand-ins with a listener of their own on loopback. */
export type PlatformSandboxes = { readonly baseUrls: Readonly<Record<string, string>>; close(): Promise<void> }

const CREATE = { hubspot: createHubSpotSandbox, mailchimp: createMailchimpSandbox } as const

export async function startPlatformSandboxes(
  platforms: readonly (keyof typeof CREATE)[],
  now: () => Date,
): Promise<PlatformSandboxes> {
  const started = await Promise.all(
    platforms.map(async (platform) => {
      const { app } = CREATE[platform]({ now })
      return {
        platform,
        ...(await listen((request, env) => app.fetch(request, env as Parameters<typeof app.fetch>[1]))),
      }
    }),
  )
  return {
    baseUrls: Object.fromEntries(started.map(({ platform, url }) => [platform, url])),
    close: async () => {
      await Promise.all(started.map(({ close }) => close()))
    },
  }
}

type Fetch = (request: Request, env: object) => Response | Promise<Response>

function listen(fetch: Fetch): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          // safe: without options the adapter makes a plain HTTP server
          ;(server as Server).closeAllConnections()
          server.close(() => done())
        })
      resolve({ url: `http://127.0.0.1:${port}`, close })
    })
  })
}

export type SlackStandIn = {
  readonly app: Hono
  readonly signingSecret: string
  readonly botToken: string
  readonly teamId: string
  readonly apiUrl: string
  readonly approvalsChannel: string
}

/** Slack's stand-in with its page at /sandbox/slack; `deliver` hands its signed requests to the app. */
export function createSlackStandIn(options: {
  readonly origin: string
  readonly now: () => Date
  readonly signingSecret: string
  readonly deliver: (request: Request) => Promise<Response>
}): SlackStandIn {
  const botToken = 'xoxb-sandbox'
  const { app, apiUrl, world } = createSlackSandbox({ ...options, botToken })
  return {
    app,
    apiUrl,
    botToken,
    signingSecret: options.signingSecret,
    teamId: world.teamId,
    approvalsChannel: 'C0APPROVALS',
  }
}

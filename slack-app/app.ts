import { App, webApi } from '@slack/bolt'
import type { WorkspaceId } from '../core/domain/ids.ts'
import type { SideJob } from '../core/ports/approvals.ts'
import type { SlackAppOptions, SlackDeps } from './deps.ts'
import { listen } from './listeners/listen.ts'
import { boltLogger } from './log.ts'
import { createReceiver } from './receiver.ts'
import { runSideJob } from './run-side-job.ts'
import type { SideJobResult } from './sync-context.ts'
import { clientOptions, type WebClient } from './web-client.ts'

export type SlackApp = {
  /** Answers one request of Slack's: an event, an interaction or a command. */
  handle(request: Request): Promise<Response>
  /** Draws or tells. Never throws for what Slack or the gate refuses. */
  runSideJob(job: SideJob): Promise<SideJobResult>
  /** Null: Slack is not installed for this workspace. */
  client(workspaceId: WorkspaceId): Promise<WebClient | null>
}

/** Bolt on our own receiver. Everything is built here; nothing when the file loads. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { config, log } = options
  const web = clientOptions({ fetch: options.fetch, apiUrl: config.apiUrl, log })
  const deps: SlackDeps = {
    ...options,
    async client(workspaceId) {
      const installation = await config.installationOfWorkspace(workspaceId)
      return installation === null ? null : new webApi.WebClient(installation.botToken, web)
    },
  }
  const receiver = createReceiver({
    signingSecret: config.signingSecret,
    seen: options.seen,
    now: () => options.now(),
    background: (work) => options.background(work),
    log,
  })
  const app = new App({
    receiver,
    authorize: async ({ teamId }) => {
      const installation = teamId === undefined ? null : await config.installationOf(teamId)
      if (installation === null) throw new Error('This team has not installed the app')
      return { botToken: installation.botToken, teamId: installation.teamId }
    },
    clientOptions: web,
    logger: boltLogger(log),
    convoStore: false,
    ignoreSelf: false,
    tokenVerificationEnabled: false,
    attachFunctionToken: false,
  })
  listen(app, deps)
  return {
    handle: (request) => receiver.handle(request),
    runSideJob: (job) => runSideJob(deps, job),
    client: (workspaceId) => deps.client(workspaceId),
  }
}

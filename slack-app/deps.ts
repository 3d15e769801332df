import type { WorkspaceId } from '../core/domain/ids.ts'
import type { Actor } from '../core/domain/people.ts'
import type { Gate } from '../core/gate/gate.ts'
import type { Messages, Pace } from '../core/ports/approvals.ts'
import type { Log } from './log.ts'
import type { Seen } from './seen.ts'
import type { Fetch, WebClient } from './web-client.ts'

/** Our presence in one Slack team. The token is looked up when it is needed and never leaves the process. */
export type Installation = { readonly teamId: string; readonly botToken: string }

export type SlackConfig = {
  readonly signingSecret: string
  /** Null: this team has not installed us. */
  installationOf(teamId: string): Promise<Installation | null>
  installationOfWorkspace(workspaceId: WorkspaceId): Promise<Installation | null>
  /** Where cards go for a workspace that names no channel of its own. */
  readonly approvalsChannel: string
  /** Null: Slack itself. A test or a stand-in puts its own address here. */
  readonly apiUrl: string | null
  /** Where the console is reached. */
  readonly publicUrl: string
}

export type SlackAppOptions = {
  readonly gate: Gate
  readonly config: SlackConfig
  readonly messages: Messages
  readonly pace: Pace
  readonly seen: Seen
  /** In whose name side jobs read what belongs to a workspace (plans, members, lists): a viewer. */
  reader(workspaceId: WorkspaceId): Actor
  now(): Date
  /** Goes on after the answer was given (`waitUntil` on Workers). */
  background(work: Promise<void>): void
  readonly fetch: Fetch
  readonly log: Log
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>
}

/** What listeners and side jobs share. */
export type SlackDeps = SlackAppOptions & {
  /** Null: no installation for this workspace. */
  client(workspaceId: WorkspaceId): Promise<WebClient | null>
}

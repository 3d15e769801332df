import type { WorkspaceView } from '../../../core/gate/views.ts'
import type { SlackDeps } from '../../deps.ts'
import type { Member } from '../../presser.ts'
import type { Message } from '../../views/blocks.ts'
import type { ViewContext } from '../../views/view-context.ts'
import type { WebClient } from '../../web-client.ts'

/** A word after `/tenure`, said by a member. */
export type CommandCall = {
  readonly deps: SlackDeps
  readonly client: WebClient
  readonly actor: Member
  readonly workspace: WorkspaceView
  readonly ctx: ViewContext
  /** What follows the word. */
  readonly rest: string
}

/** Answers the caller alone. */
export type Command = (call: CommandCall) => Promise<Message>

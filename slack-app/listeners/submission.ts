import type { App, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import type { WorkspaceView } from '../../core/gate/views.ts'
import type { SlackDeps } from '../deps.ts'
import { type ModalMetadata, ModalMetadataSchema, parseJson, SubmissionSchema } from '../payloads.ts'
import { type Member, presserOf } from '../presser.ts'
import { readContext } from '../sync-context.ts'
import type { Message } from '../views/blocks.ts'
import type { Entered } from '../views/edited-input.ts'
import { linkPrompt, noWorkspaceMessage } from '../views/link-prompt.ts'
import type { ViewContext } from '../views/view-context.ts'
import type { WebClient } from '../web-client.ts'
import { tellInChannel } from './press.ts'

type ViewAck = SlackViewMiddlewareArgs<ViewSubmitAction>['ack']

/** A submitted modal of a member. */
export type Submission = ModalMetadata & {
  readonly deps: SlackDeps
  readonly client: WebClient
  readonly actor: Member
  readonly workspace: WorkspaceView
  readonly ctx: ViewContext
  readonly viewId: string
  /** Closes the modal, or answers it. */
  readonly ack: ViewAck
  entered(blockId: string): Entered | undefined
  /** Tells the submitter alone, where the card is. */
  tell(message: Message): Promise<void>
}

/** Listens to one kind of modal. Whoever is not a member is told, and the modal closes. */
export function onSubmission(
  app: App,
  deps: SlackDeps,
  callbackId: string,
  handle: (submission: Submission) => Promise<void>,
): void {
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: callbackId }, async ({ ack, body, client }) => {
    const read = SubmissionSchema.safeParse(body)
    const metadata = read.success ? ModalMetadataSchema.safeParse(parseJson(read.data.view.private_metadata)) : null
    if (!read.success || !metadata?.success) {
      deps.log('warn', 'slack: a modal was not understood', { callback: callbackId })
      await ack()
      return
    }
    const { team, user, view } = read.data
    const { channel, thread } = metadata.data
    const tell = async (message: Message): Promise<void> => {
      if (channel === null) return
      await tellInChannel(deps, client, { channel, user: user.id, ...(thread !== null && { thread }) }, message)
    }
    const who = await presserOf(deps, client, team.id, user.id)
    if (who.kind !== 'member') {
      await ack()
      await tell(who.kind === 'unlinked' ? linkPrompt() : noWorkspaceMessage())
      return
    }
    const ctx = await readContext(deps, who.workspace)
    const entered = (blockId: string): Entered | undefined => view.state.values[blockId]?.['value']
    await handle({
      ...metadata.data,
      deps,
      client,
      actor: who.actor,
      workspace: who.workspace,
      ctx,
      viewId: view.id,
      ack,
      entered,
      tell,
    })
  })
}

import type { App } from '@slack/bolt'
import type { SlackDeps } from '../../deps.ts'
import { type CommandPayload, CommandSchema } from '../../payloads.ts'
import { presserOf } from '../../presser.ts'
import { readContext } from '../../sync-context.ts'
import type { Message } from '../../views/blocks.ts'
import { helpMessage } from '../../views/help.ts'
import { linkedMessage, linkPrompt, noWorkspaceMessage } from '../../views/link-prompt.ts'
import { refusalMessage } from '../../views/refusals.ts'
import { viewContext } from '../../views/view-context.ts'
import type { WebClient } from '../../web-client.ts'
import type { Command } from './command.ts'
import { handBackCommand } from './hand-back.ts'
import { queueCommand } from './queue.ts'
import { reclaimCommand } from './reclaim.ts'
import { resumeCommand } from './resume.ts'
import { stopCommand } from './stop.ts'
import { tokenCommand } from './token.ts'
import { trustCommand } from './trust.ts'
import { undoCommand } from './undo.ts'

/** Every word after `/tenure` that a member may say; `link` and `help` are for everyone. */
const COMMANDS: Readonly<Record<string, Command>> = {
  queue: queueCommand,
  stop: stopCommand,
  resume: resumeCommand,
  undo: undoCommand,
  trust: trustCommand,
  reclaim: reclaimCommand,
  'hand-back': handBackCommand,
  token: tokenCommand,
}

export function listenCommands(app: App, deps: SlackDeps): void {
  app.command('/tenure', async ({ ack, body, client, respond }) => {
    await ack()
    const payload = CommandSchema.safeParse(body)
    if (!payload.success) {
      deps.log('warn', 'slack: a command was not understood')
      return
    }
    const message = await answer(deps, client, payload.data)
    await respond({ response_type: 'ephemeral', text: message.text, blocks: message.blocks })
  })
}

async function answer(deps: SlackDeps, client: WebClient, payload: CommandPayload): Promise<Message> {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(payload.text) ?? []
  const name = word.toLowerCase()
  if (name === 'link') return link(deps, payload, rest.trim())
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) return helpMessage()
  const who = await presserOf(deps, client, payload.team_id, payload.user_id)
  if (who.kind === 'no_workspace') return noWorkspaceMessage()
  if (who.kind === 'unlinked') return linkPrompt()
  const ctx = await readContext(deps, who.workspace)
  return command({ deps, client, actor: who.actor, workspace: who.workspace, ctx, rest })
}

/** `/tenure link CODE`: with a code that an admin made for this member. */
async function link(deps: SlackDeps, payload: CommandPayload, code: string): Promise<Message> {
  const workspace = await deps.gate.workspaceOfSlackTeam(payload.team_id)
  if (workspace === null) return noWorkspaceMessage()
  if (code === '') return linkPrompt()
  const linked = await deps.gate.linkSlackUser(workspace.id, payload.user_id, code)
  if (linked.ok) return linkedMessage(linked.value.name)
  return refusalMessage(linked.error, viewContext(workspace, [], deps.config.publicUrl, deps.now()))
}

import type { App, BlockAction, RespondFn, SlackActionMiddlewareArgs, AllMiddlewareArgs } from '@slack/bolt'
import type { z } from 'zod'
import type { WorkspaceView } from '../../core/gate/views.ts'
import { postEphemeral } from '../call-slack.ts'
import type { SlackDeps } from '../deps.ts'
import { kindOf } from '../log.ts'
import { type PressPayload, PressSchema } from '../payloads.ts'
import { type Member, presserOf } from '../presser.ts'
import { readContext } from '../sync-context.ts'
import { type Shown, ShownSchema } from '../views/block-id.ts'
import type { Message } from '../views/blocks.ts'
import { linkPrompt, noWorkspaceMessage } from '../views/link-prompt.ts'
import type { ViewContext } from '../views/view-context.ts'
import type { WebClient } from '../web-client.ts'

/** A press as it came, parsed, before anybody asked who pressed. `S`: what the pressed block says was shown. */
export type RawPress<S = Shown> = {
  readonly deps: SlackDeps
  readonly client: WebClient
  readonly teamId: string
  readonly user: string
  readonly triggerId: string
  readonly shown: S
  readonly blockId: string
  /** The value of the button or of the chosen option. */
  readonly value: string
  readonly channel: string | null
  /** The message that was pressed; answers to a modal go into its thread. */
  readonly messageTs: string | null
  readonly ephemeral: boolean
  /** Tells the presser alone. */
  tell(message: Message): Promise<void>
  /** Puts something else in the place of the pressed message, which only the presser sees. */
  replace(message: Message): Promise<void>
}

/** A press by a member. */
export type Press<S = Shown> = RawPress<S> & {
  readonly actor: Member
  readonly workspace: WorkspaceView
  readonly ctx: ViewContext
}

type ActionArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs

/** Listens to one button: acknowledges at once, then works. */
export function onRawPress(
  app: App,
  deps: SlackDeps,
  actionId: string,
  handle: (press: RawPress) => Promise<void>,
): void {
  onRawPressOf(app, deps, actionId, ShownSchema, handle)
}

function onRawPressOf<S>(
  app: App,
  deps: SlackDeps,
  actionId: string,
  shown: z.ZodType<S>,
  handle: (press: RawPress<S>) => Promise<void>,
): void {
  app.action<BlockAction>({ type: 'block_actions', action_id: actionId }, async (args) => {
    await args.ack()
    const press = readPress(deps, args, shown)
    if (press === null) deps.log('warn', 'slack: a press was not understood', { action: actionId })
    else await handle(press)
  })
}

/** The same for what needs a member: anyone else is told privately how to become one. */
export function onPress(app: App, deps: SlackDeps, actionId: string, handle: (press: Press) => Promise<void>): void {
  onPressOf(app, deps, actionId, ShownSchema, handle)
}

/** The same for a card of something else than actions and plans; `shown` reads its `block_id`. */
export function onPressOf<S>(
  app: App,
  deps: SlackDeps,
  actionId: string,
  shown: z.ZodType<S>,
  handle: (press: Press<S>) => Promise<void>,
): void {
  onRawPressOf(app, deps, actionId, shown, async (raw) => {
    const press = await identify(raw)
    if (press.kind === 'member') await handle(press.press)
    else await raw.tell(press.message)
  })
}

/** Who pressed, or what to tell them instead. */
export async function identify<S>(
  raw: RawPress<S>,
): Promise<
  { readonly kind: 'member'; readonly press: Press<S> } | { readonly kind: 'unknown'; readonly message: Message }
> {
  const who = await presserOf(raw.deps, raw.client, raw.teamId, raw.user)
  if (who.kind === 'no_workspace') return { kind: 'unknown', message: noWorkspaceMessage() }
  if (who.kind === 'unlinked') return { kind: 'unknown', message: linkPrompt() }
  const ctx = await readContext(raw.deps, who.workspace)
  return { kind: 'member', press: { ...raw, actor: who.actor, workspace: who.workspace, ctx } }
}

function readPress<S>(deps: SlackDeps, args: ActionArgs, schema: z.ZodType<S>): RawPress<S> | null {
  const payload = PressSchema.safeParse(args.body)
  if (!payload.success) return null
  const element = payload.data.actions[0]
  const shown = schema.safeParse(element?.block_id)
  if (element === undefined || !shown.success) return null
  const { data } = payload
  const channel = data.channel?.id ?? null
  const respond: RespondFn | undefined = data.response_url === undefined ? undefined : args.respond
  return {
    deps,
    client: args.client,
    teamId: data.team.id,
    user: data.user.id,
    triggerId: data.trigger_id,
    shown: shown.data,
    blockId: element.block_id,
    value: element.selected_option?.value ?? element.value ?? '',
    channel,
    messageTs: data.container?.message_ts ?? null,
    ephemeral: data.container?.is_ephemeral === true,
    tell: (message) => tellPresser(deps, args.client, data, respond, message, false),
    replace: (message) => tellPresser(deps, args.client, data, respond, message, true),
  }
}

/** By the press's own address where it has one: it works in channels that we are not in. */
async function tellPresser(
  deps: SlackDeps,
  client: WebClient,
  payload: PressPayload,
  respond: RespondFn | undefined,
  message: Message,
  replace: boolean,
): Promise<void> {
  if (respond !== undefined) {
    try {
      await respond({
        response_type: 'ephemeral',
        replace_original: replace,
        text: message.text,
        blocks: message.blocks,
      })
    } catch (error) {
      // What was decided stands; only the private note is lost.
      deps.log('warn', 'slack: a private answer was not delivered', { error: kindOf(error) })
    }
    return
  }
  const channel = payload.channel?.id
  if (channel !== undefined) await tellInChannel(deps, client, { channel, user: payload.user.id }, message)
}

/** Tells one person in a channel; a lost note is logged and nothing more. */
export async function tellInChannel(
  deps: SlackDeps,
  client: WebClient,
  to: { readonly channel: string; readonly user: string; readonly thread?: string },
  message: Message,
): Promise<void> {
  const told = await postEphemeral(client, to, message)
  if (!told.ok) deps.log('warn', 'slack: a private answer was not delivered', { trouble: told.error.kind })
}

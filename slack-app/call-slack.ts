import { z } from 'zod'
import { err, ok, type Result } from '../core/domain/result.ts'
import type { Block, Message, Modal } from './views/blocks.ts'
import { type SlackTrouble, troubleOf, type WebClient } from './web-client.ts'

export type SlackAnswer<T> = Promise<Result<T, SlackTrouble>>

const Posted = z.object({ channel: z.string(), ts: z.string() })
const Opened = z.object({ view: z.object({ id: z.string() }) })
const Known = z.object({
  user: z.object({
    team_id: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    is_email_confirmed: z.boolean().optional(),
    profile: z.object({ email: z.string().optional() }).optional(),
  }),
})

async function call<T>(
  client: WebClient,
  method: string,
  body: Record<string, unknown>,
  answer: z.ZodType<T>,
): SlackAnswer<T> {
  try {
    const parsed = answer.safeParse(await client.apiCall(method, body))
    // An answer without what it always has says nothing about whether it happened.
    return parsed.success ? ok(parsed.data) : err({ kind: 'unclear' })
  } catch (error) {
    return err(troubleOf(error))
  }
}

export type To = { readonly channel: string; readonly thread?: string; readonly broadcast?: boolean }

/** Posts once; a picture that Slack cannot fetch is left out rather than the card with it. */
export async function postMessage(
  client: WebClient,
  to: To,
  message: Message,
): SlackAnswer<{ channel: string; ts: string }> {
  return withoutPictures(message, (blocks) =>
    call(
      client,
      'chat.postMessage',
      {
        channel: to.channel,
        text: message.text,
        blocks,
        unfurl_links: false,
        unfurl_media: false,
        ...(to.thread !== undefined && { thread_ts: to.thread, reply_broadcast: to.broadcast === true }),
      },
      Posted,
    ),
  )
}

export async function updateMessage(
  client: WebClient,
  at: { readonly channel: string; readonly ts: string },
  message: Message,
): SlackAnswer<unknown> {
  return withoutPictures(message, (blocks) =>
    call(client, 'chat.update', { channel: at.channel, ts: at.ts, text: message.text, blocks }, z.object({})),
  )
}

/** For one person's eyes only. */
export const postEphemeral = (
  client: WebClient,
  to: { readonly channel: string; readonly user: string; readonly thread?: string },
  message: Message,
): SlackAnswer<unknown> =>
  call(
    client,
    'chat.postEphemeral',
    {
      channel: to.channel,
      user: to.user,
      text: message.text,
      blocks: message.blocks,
      ...(to.thread !== undefined && { thread_ts: to.thread }),
    },
    z.object({}),
  )

export const openModal = async (client: WebClient, triggerId: string, view: Modal): SlackAnswer<string> => {
  const opened = await call(client, 'views.open', { trigger_id: triggerId, view }, Opened)
  return opened.ok ? ok(opened.value.view.id) : opened
}

export const updateModal = (client: WebClient, viewId: string, view: Modal): SlackAnswer<unknown> =>
  call(client, 'views.update', { view_id: viewId, view }, z.object({}))

/** The address that Slack vouches for; null: none, or a bot, a guest of another team, an unconfirmed one. */
export async function verifiedEmail(client: WebClient, userId: string, teamId: string): SlackAnswer<string | null> {
  const known = await call(client, 'users.info', { user: userId }, Known)
  if (!known.ok) return known
  const { user } = known.value
  const ours = user.team_id === teamId && !user.is_stranger && !user.is_bot && !user.deleted
  return ok(ours && user.is_email_confirmed === true ? (user.profile?.email ?? null) : null)
}

async function withoutPictures<T>(message: Message, send: (blocks: Block[]) => SlackAnswer<T>): SlackAnswer<T> {
  const first = await send(message.blocks)
  const pictures = message.blocks.some((block) => block.type === 'image')
  if (first.ok || !pictures || first.error.kind !== 'refused' || first.error.error !== 'invalid_blocks') return first
  return send(message.blocks.filter((block) => block.type !== 'image'))
}

import { z } from 'zod'
import { MessageBlocksSchema, type SandboxView, ViewSchema } from './block-schema.ts'
import type { SandboxMessage, SandboxUser, SandboxWorld } from './world.ts'

type Answer = Record<string, unknown>
const no = (error: string, more: Answer = {}): Answer => ({ ok: false, error, ...more })
const yes = (body: Answer = {}): Answer => ({ ok: true, ...body })

const messagesOf = (error: z.ZodError): Answer => ({
  response_metadata: {
    messages: error.issues.map((one) => `[ERROR] ${one.message} [json-pointer:/${one.path.join('/')}]`),
  },
})

/** A form carries structures as JSON text. */
const structure = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
const flag = z.preprocess((value) => value === true || value === 'true', z.boolean())

type Method = (world: SandboxWorld, args: Record<string, unknown>) => Answer

function method<S extends z.ZodType>(schema: S, run: (world: SandboxWorld, args: z.infer<S>) => Answer): Method {
  return (world, args) => {
    const parsed = schema.safeParse(args)
    return parsed.success ? run(world, parsed.data) : no('invalid_arguments', messagesOf(parsed.error))
  }
}

type Content = { readonly text: string; readonly blocks: SandboxMessage['blocks'] }

/** Text and blocks of a message, or the error that Slack would answer. */
function contentOf(args: { text?: string | undefined; blocks?: unknown }): Content | Answer {
  const given = args.blocks === undefined ? [] : structure(args.blocks)
  const blocks = MessageBlocksSchema.safeParse(given)
  if (!blocks.success) return no('invalid_blocks', messagesOf(blocks.error))
  if (!args.text && blocks.data.length === 0) return no('no_text')
  if ((args.text ?? '').length > 40_000) return no('msg_too_long')
  return { text: args.text ?? '', blocks: blocks.data }
}
const isContent = (value: Content | Answer): value is Content => 'blocks' in value

const PostArgs = z.object({
  channel: z.string(),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  thread_ts: z.string().optional(),
  reply_broadcast: flag.optional(),
})

const postMessage = method(PostArgs, (world, args) => {
  const channel = world.channel(args.channel)
  if (channel === undefined) return no('channel_not_found')
  const content = contentOf(args)
  if (!isContent(content)) return content
  if (args.thread_ts !== undefined && world.message(channel.id, args.thread_ts) === undefined)
    return no('thread_not_found')
  const added = world.add({
    ...content,
    channel: channel.id,
    user: null,
    threadTs: args.thread_ts ?? null,
    broadcast: args.reply_broadcast === true,
    onlyFor: null,
  })
  return yes({ channel: channel.id, ts: added.ts, message: shown(world, added) })
})

const updateMessage = method(
  z.object({ channel: z.string(), ts: z.string(), text: z.string().optional(), blocks: z.unknown().optional() }),
  (world, args) => {
    const channel = world.channel(args.channel)
    if (channel === undefined) return no('channel_not_found')
    const message = world.message(channel.id, args.ts)
    if (message === undefined || message.onlyFor !== null) return no('message_not_found')
    if (message.user !== null) return no('cant_update_message')
    const content = contentOf(args)
    if (!isContent(content)) return content
    const replaced = world.replace(message, content)
    return yes({ channel: channel.id, ts: replaced.ts, text: replaced.text, message: shown(world, replaced) })
  },
)

const postEphemeral = method(
  z.object({
    channel: z.string(),
    user: z.string(),
    text: z.string().optional(),
    blocks: z.unknown().optional(),
    thread_ts: z.string().optional(),
  }),
  (world, args) => {
    const channel = world.channel(args.channel)
    if (channel === undefined) return no('channel_not_found')
    if (world.user(args.user) === undefined) return no('user_not_in_channel')
    const content = contentOf(args)
    if (!isContent(content)) return content
    const added = world.add({
      ...content,
      channel: channel.id,
      user: null,
      threadTs: args.thread_ts ?? null,
      broadcast: false,
      onlyFor: args.user,
    })
    return yes({ message_ts: added.ts })
  },
)

function withView(given: unknown, use: (view: SandboxView) => Answer): Answer {
  const view = ViewSchema.safeParse(structure(given))
  return view.success ? use(view.data) : no('invalid_arguments', messagesOf(view.error))
}

const openView = (push: boolean): Method =>
  method(z.object({ trigger_id: z.string(), view: z.unknown() }), (world, args) =>
    withView(args.view, (view) => {
      const trigger = world.spendTrigger(args.trigger_id)
      if (typeof trigger === 'string') return no(trigger)
      if (push && (world.modals.get(trigger.user) ?? []).length >= 3) return no('push_limit_reached')
      const modal = world.pushModal(trigger.user, view)
      return yes({ view: { id: modal.id, ...view } })
    }),
  )

const updateView = method(z.object({ view_id: z.string(), view: z.unknown() }), (world, args) =>
  withView(args.view, (view) => {
    const changed = world.changeModal(args.view_id, { view, entries: {}, errors: {} })
    return changed === undefined ? no('not_found') : yes({ view: { id: changed.id, ...view } })
  }),
)

const userOf = (world: SandboxWorld, user: SandboxUser) => ({
  id: user.id,
  team_id: world.teamId,
  name: user.name.toLowerCase().replaceAll(' ', '.'),
  real_name: user.name,
  deleted: false,
  is_bot: false,
  is_stranger: false,
  is_email_confirmed: user.confirmed,
  profile: { real_name: user.name, ...(user.email !== null && { email: user.email }) },
})

function shown(world: SandboxWorld, message: SandboxMessage) {
  return {
    type: 'message',
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.user === null ? { bot_id: 'B0SANDBOX', user: world.botUserId } : { user: message.user }),
    ...(message.threadTs !== null && { thread_ts: message.threadTs }),
    ...(message.edited && { edited: { user: world.botUserId, ts: message.ts } }),
  }
}

const Channel = z.object({ channel: z.string() })

/** The methods of Slack's Web API that an approvals app needs, with the errors that Slack answers. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': method(z.object({}), (world) =>
    yes({
      url: 'https://sandbox.example.com/',
      team: 'Practice',
      team_id: world.teamId,
      user: 'tenure',
      user_id: world.botUserId,
      bot_id: 'B0SANDBOX',
    }),
  ),
  'chat.postMessage': postMessage,
  'chat.update': updateMessage,
  'chat.postEphemeral': postEphemeral,
  'views.open': openView(false),
  'views.push': openView(true),
  'views.update': updateView,
  'users.info': method(z.object({ user: z.string() }), (world, args) => {
    const user = world.user(args.user)
    return user === undefined ? no('user_not_found') : yes({ user: userOf(world, user) })
  }),
  'users.lookupByEmail': method(z.object({ email: z.string() }), (world, args) => {
    const user = world.users.find((one) => one.email?.toLowerCase() === args.email.toLowerCase())
    return user === undefined ? no('users_not_found') : yes({ user: userOf(world, user) })
  }),
  'conversations.open': method(z.object({ users: z.string() }), (world, args) => {
    const channel = world.channels[0]
    return world.user(args.users) === undefined || channel === undefined
      ? no('user_not_found')
      : yes({ channel: { id: channel.id } })
  }),
  'conversations.list': method(z.object({}), (world) =>
    yes({ channels: world.channels.map(({ id, name }) => ({ id, name, is_channel: true, is_member: true })) }),
  ),
  'conversations.history': method(Channel, (world, args) => {
    const channel = world.channel(args.channel)
    if (channel === undefined) return no('channel_not_found')
    const list = world.messages.filter(
      (one) => one.channel === channel.id && one.onlyFor === null && (one.threadTs === null || one.broadcast),
    )
    return yes({ messages: list.toReversed().map((one) => shown(world, one)), has_more: false })
  }),
  'conversations.replies': method(Channel.extend({ ts: z.string() }), (world, args) => {
    const channel = world.channel(args.channel)
    if (channel === undefined) return no('channel_not_found')
    const list = world.messages.filter(
      (one) => one.channel === channel.id && one.onlyFor === null && (one.ts === args.ts || one.threadTs === args.ts),
    )
    return list.length === 0
      ? no('thread_not_found')
      : yes({ messages: list.map((one) => shown(world, one)), has_more: false })
  }),
}

/** Methods that are limited to one a second and channel. */
const POSTS: readonly string[] = ['chat.postMessage', 'chat.postEphemeral']

/** Answers one Web API call over HTTP. */
export async function answerWebApi(
  world: SandboxWorld,
  name: string,
  request: Request,
  botToken: string,
): Promise<Response> {
  const { args, token } = await argumentsOf(request)
  world.calls.push({ method: name, args })
  const scripted = world.nextScripted(name)
  if (scripted !== undefined && 'status' in scripted) return new Response('', { status: scripted.status })
  if (scripted !== undefined && 'retryAfterSeconds' in scripted) return tooMany(scripted.retryAfterSeconds)
  if (scripted !== undefined) return Response.json(no(scripted.error))
  const run = METHODS[name]
  if (run === undefined) return Response.json(no('unknown_method', { req_method: name }))
  if (token === null) return Response.json(no('not_authed'))
  if (token !== botToken) return Response.json(no('invalid_auth'))
  if (POSTS.includes(name) && world.isTooSoon(String(args['channel']))) return tooMany(1)
  return Response.json(run(world, args))
}

const tooMany = (seconds: number): Response =>
  Response.json(no('ratelimited'), { status: 429, headers: { 'retry-after': String(seconds) } })

async function argumentsOf(request: Request): Promise<{ args: Record<string, unknown>; token: string | null }> {
  const type = request.headers.get('content-type') ?? ''
  const body = await request.text()
  const json = type.startsWith('application/json') ? structure(body) : undefined
  const { token: inBody, ...args } =
    typeof json === 'object' && json !== null
      ? { ...json, token: 'token' in json ? json.token : undefined }
      : formOf(body)
  const bearer = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  return { args, token: bearer ?? (typeof inBody === 'string' ? inBody : null) }
}

const formOf = (body: string): Record<string, unknown> => Object.fromEntries(new URLSearchParams(body))

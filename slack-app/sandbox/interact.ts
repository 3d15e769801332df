import { elementsOf, type SandboxElement, type SandboxView, ViewSchema } from './block-schema.ts'
import { respond } from './respond.ts'
import { entriesOf, type Fill } from './entries-of.ts'
import type { Entries, SandboxMessage, SandboxWorld } from './world.ts'
import { z } from 'zod'

export type InteractOptions = {
  readonly world: SandboxWorld
  readonly signingSecret: string
  now(): Date
  deliver(request: Request): Promise<Response>
  /** Where the app listens, for the request's address. */
  readonly appUrl: string
  /** Where `response_url`s point: the stand-in's own address. */
  readonly responseUrl: (id: string) => string
}

/** What the one who pressed sees of it. */
export type Interacted = { readonly ok: true } | { readonly ok: false; readonly says: string }

const OK: Interacted = { ok: true }

/** People's side of the stand-in: each sends the app what Slack would send, signed. */
export type Interact = {
  press(what: {
    user: string
    channel: string
    ts: string
    blockId: string
    actionId: string
    option?: string
  }): Promise<Interacted>
  submit(what: { user: string; fill: Fill }): Promise<Interacted>
  close(user: string): Interacted
  command(what: { user: string; channel: string; text: string }): Promise<Interacted>
  say(what: { user: string; channel: string; text: string; threadTs?: string }): Promise<Interacted>
  /** The app's answer to a `response_url`. */
  respond(id: string, body: unknown): Response
  /** A signed request, for whoever wants to send one that Slack would not. */
  sign(rawBody: string, contentType: string, at?: Date): Promise<Request>
}

export function createInteract(options: InteractOptions): Interact {
  const { world } = options
  const sign = async (rawBody: string, contentType: string, at = options.now()): Promise<Request> => {
    const timestamp = String(Math.floor(at.getTime() / 1000))
    return new Request(options.appUrl, {
      method: 'POST',
      body: rawBody,
      headers: {
        'content-type': contentType,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${await hmac(options.signingSecret, `v0:${timestamp}:${rawBody}`)}`,
      },
    })
  }
  const FORM = 'application/x-www-form-urlencoded'
  const sendForm = async (form: Record<string, string>): Promise<Response> =>
    options.deliver(await sign(new URLSearchParams(form).toString(), FORM))
  const person = (id: string) => ({
    id,
    username: world.user(id)?.name ?? id,
    name: world.user(id)?.name ?? id,
    team_id: world.teamId,
  })
  const team = { id: world.teamId, domain: 'sandbox' }

  return {
    sign,
    async press(what) {
      const message = world.message(what.channel, what.ts)
      const element = message === undefined ? undefined : elementIn(message, what.blockId, what.actionId)
      if (message === undefined || element === undefined)
        return { ok: false, says: 'That message has changed. Look again.' }
      const payload = {
        type: 'block_actions',
        team,
        user: person(what.user),
        api_app_id: world.appId,
        token: 'unused',
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: message.channel,
          is_ephemeral: message.onlyFor !== null,
        },
        trigger_id: world.newTrigger(what.user),
        channel: { id: message.channel, name: world.channel(message.channel)?.name ?? '' },
        ...(message.onlyFor === null && {
          message: { type: 'message', ts: message.ts, text: message.text, blocks: message.blocks },
        }),
        state: { values: {} },
        response_url: options.responseUrl(world.newAnswering(what.user, message.channel, message.ts)),
        actions: [
          {
            ...pressed(element, what.option),
            action_id: what.actionId,
            block_id: what.blockId,
            action_ts: world.nextTs(),
          },
        ],
      }
      return verdict(await sendForm({ payload: JSON.stringify(payload) }))
    },
    async submit(what) {
      const modal = world.modal(what.user)
      if (modal === undefined) return { ok: false, says: 'There is no open form.' }
      const entries = entriesOf(modal.view, what.fill)
      const missing = missingIn(modal.view.blocks, entries)
      if (Object.keys(missing).length > 0) {
        world.changeModal(modal.id, { entries, errors: missing })
        return OK
      }
      const payload = {
        type: 'view_submission',
        team,
        user: person(what.user),
        api_app_id: world.appId,
        token: 'unused',
        trigger_id: world.newTrigger(what.user),
        view: {
          ...modal.view,
          id: modal.id,
          team_id: world.teamId,
          private_metadata: modal.view.private_metadata ?? '',
          callback_id: modal.view.callback_id ?? '',
          state: { values: entries },
          hash: `${modal.revision}`,
        },
        response_urls: [],
      }
      const answer = await sendForm({ payload: JSON.stringify(payload) })
      if (answer.status !== 200) {
        world.changeModal(modal.id, { entries, errors: {} })
        return verdict(answer)
      }
      return answered(world, modal.id, { user: what.user, entries }, await answer.text())
    },
    close(user) {
      world.closeModal(user, false)
      return OK
    },
    async command(what) {
      const [, command = '', text = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(what.text.trim()) ?? []
      return verdict(
        await sendForm({
          token: 'unused',
          team_id: world.teamId,
          team_domain: team.domain,
          channel_id: what.channel,
          channel_name: world.channel(what.channel)?.name ?? '',
          user_id: what.user,
          user_name: world.user(what.user)?.name ?? '',
          command,
          text,
          api_app_id: world.appId,
          trigger_id: world.newTrigger(what.user),
          response_url: options.responseUrl(world.newAnswering(what.user, what.channel, null)),
        }),
      )
    },
    async say(what) {
      const { channel, user, text } = what
      const said = world.add({
        channel,
        user,
        text,
        blocks: [],
        threadTs: what.threadTs ?? null,
        broadcast: false,
        onlyFor: null,
      })
      const event = {
        type: 'message',
        channel,
        user,
        text,
        ts: said.ts,
        ...(what.threadTs !== undefined && { thread_ts: what.threadTs }),
      }
      const body = {
        type: 'event_callback',
        event_id: world.nextId('Ev'),
        team_id: world.teamId,
        api_app_id: world.appId,
        event,
        event_time: Math.floor(Number(said.ts)),
      }
      return verdict(await options.deliver(await sign(JSON.stringify(body), 'application/json')))
    },
    respond: (id, body) => respond(world, id, body),
  }
}

const elementIn = (message: SandboxMessage, blockId: string, actionId: string): SandboxElement | undefined =>
  message.blocks
    .filter((block) => block.block_id === blockId)
    .flatMap(elementsOf)
    .find((element) => element.action_id === actionId)

function pressed(element: SandboxElement, option: string | undefined): Record<string, unknown> {
  if (element.type === 'button') return { type: 'button', text: element.text, value: element.value }
  const chosen = 'options' in element ? element.options.find((one) => one.value === option) : undefined
  return { type: element.type, selected_option: chosen ?? null }
}

function verdict(answer: Response): Interacted {
  return answer.status === 200 ? OK : { ok: false, says: `The app did not accept this (${answer.status}).` }
}

/** Slack's own client asks for what is required before it sends anything. */
function missingIn(blocks: SandboxView['blocks'], entries: Entries): Record<string, string> {
  const missing: Record<string, string> = {}
  for (const block of blocks) {
    if (block.type !== 'input' || block.optional === true || block.block_id === undefined) continue
    const entry = entries[block.block_id]?.[block.element.action_id]
    const given =
      entry?.['value'] ?? entry?.['selected_option'] ?? entry?.['selected_date_time'] ?? entry?.['selected_options']
    if (given === undefined || given === null || given === '' || (Array.isArray(given) && given.length === 0)) {
      missing[block.block_id] = 'Please complete this required field.'
    }
  }
  return missing
}

const SubmissionAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: ViewSchema }),
  z.object({ response_action: z.literal('push'), view: ViewSchema }),
  z.object({ response_action: z.literal('clear') }),
])

function answered(
  world: SandboxWorld,
  modalId: string,
  what: { user: string; entries: Entries },
  text: string,
): Interacted {
  if (text === '') {
    world.closeModal(what.user, false)
    return OK
  }
  const answer = SubmissionAnswer.safeParse(JSON.parse(text))
  if (!answer.success) return { ok: false, says: 'The app answered something that Slack does not know.' }
  switch (answer.data.response_action) {
    case 'errors':
      world.changeModal(modalId, { entries: what.entries, errors: answer.data.errors })
      return OK
    case 'update':
      world.changeModal(modalId, { view: answer.data.view, entries: {}, errors: {} })
      return OK
    case 'push':
      world.pushModal(what.user, answer.data.view)
      return OK
    case 'clear':
      world.closeModal(what.user, true)
      return OK
  }
}

async function hmac(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

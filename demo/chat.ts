import { z } from 'zod'
import { claim, eventually } from './claim.ts'
import { postJson, reach } from './reach.ts'

const Element = z.looseObject({ action_id: z.string().optional(), value: z.string().optional() })
const Block = z.looseObject({
  block_id: z.string().optional(),
  elements: z.array(Element).optional(),
  accessory: Element.optional(),
})
const Message = z.object({ ts: z.string(), user: z.string().nullable(), text: z.string(), blocks: z.array(Block) })
export const Channel = z.object({
  messages: z.array(Message.extend({ replies: z.array(Message) })),
  form: z.object({ callback_id: z.string().nullable(), errors: z.record(z.string(), z.string()) }).nullable(),
})
/** What the stand-in says of a press. */
export const Verdict = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), says: z.string() }),
])

export type Message = z.infer<typeof Message>
export type Person = { readonly id: string; readonly name: string; readonly email: string }

/** The people of the stand-in; the owner is the gate's own by their e-mail address. */
export const PEOPLE = {
  owner: { id: 'U0OWNER', name: 'Owner', email: 'owner@example.com' },
  approver: { id: 'U0APPROVER', name: 'Approver', email: 'approver@example.com' },
  viewer: { id: 'U0VIEWER', name: 'Viewer', email: 'viewer@example.com' },
} as const satisfies Record<string, Person>

export const APPROVALS = 'C0APPROVALS'
export const MARKETING = 'C0MARKETING'

/** The Slack stand-in as people use it: they read, press, fill in forms, write. */
export type Chat = ReturnType<typeof createChat>

export function createChat(url: string) {
  const base = `${url}/sandbox/slack`
  const read = async (channel: string, person: Person) => {
    const response = await reach(`${base}/messages?${new URLSearchParams({ channel, user: person.id }).toString()}`)
    claim(response.ok, `The Slack stand-in answered ${response.status}.`)
    return Channel.parse(await response.json())
  }
  const send = async (path: string, body: object): Promise<void> => {
    const response = await reach(`${base}${path}`, postJson(body))
    claim(response.ok, `The Slack stand-in answered ${response.status} to ${path}.`)
    const verdict = Verdict.parse(await response.json())
    claim(verdict.ok, verdict.ok ? '' : `Slack says: ${verdict.says}`)
  }
  return {
    pageOf: (person: Person): string => `${base}?user=${person.id}&channel=${APPROVALS}`,
    async thread(channel: string, ts: string, person: Person): Promise<readonly Message[]> {
      return (await read(channel, person)).messages.find((message) => message.ts === ts)?.replies ?? []
    },
    /** The newest message with this button for this subject, once it is there. */
    async findButton(person: Person, button: string, subject: string): Promise<Message & { readonly blockId: string }> {
      return await eventually(`a message with the button ${button} for ${subject}`, async () => {
        const { messages } = await read(APPROVALS, person)
        const all = messages.flatMap((message) => [message, ...message.replies])
        return all.map((message) => withButton(message, button, subject)).findLast((found) => found !== null) ?? null
      })
    },
    /** Waits until this person can read these words in #approvals. */
    async findWords(person: Person, words: string): Promise<Message> {
      return await eventually(`“${words}”`, async () => {
        const { messages } = await read(APPROVALS, person)
        return messages.findLast(({ text }) => readable(text).includes(words)) ?? null
      })
    },
    async press(person: Person, button: string, subject: string): Promise<Message> {
      const { blockId, ...message } = await this.findButton(person, button, subject)
      const where = { user: person.id, channel: APPROVALS, ts: message.ts }
      await send('/press', { ...where, blockId, actionId: button })
      return message
    },
    /** Fills in the form that opens, and sends it. */
    async submit(person: Person, form: string, fill: Readonly<Record<string, string>>): Promise<void> {
      await eventually(`the form ${form}`, async () => {
        const open = (await read(APPROVALS, person)).form
        return open?.callback_id === form ? open : null
      })
      await send('/submit', { user: person.id, fill })
      const { form: left } = await read(APPROVALS, person)
      if (left === null) return
      claim(Object.keys(left.errors).length === 0, `The form objects: ${Object.values(left.errors).join(' ')}`)
      // A form may stay to say that it was saved.
      await send('/close', { user: person.id })
    },
    /** Writes a slash command, as in Slack. */
    async command(person: Person, text: string): Promise<void> {
      await send('/command', { user: person.id, channel: APPROVALS, text })
    },
    /** Writes into a channel; returns the message's `ts`. */
    async say(person: Person, channel: string, text: string): Promise<string> {
      await send('/say', { user: person.id, channel, text })
      const { messages } = await read(channel, person)
      const said = messages.findLast((message) => message.user === person.id && message.text === text)
      claim(said !== undefined, 'What was written is not in the channel.')
      return said.ts
    },
  }
}

/** What a person reads where Slack has markup: times in words, no names of emoji. */
export const readable = (text: string): string =>
  text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(?:@|#)?[^|>]*\|([^>]*)>/g, '$1')
    .replace(/:[a-z][a-z0-9_+-]*:\s*/g, '')

function withButton(message: Message, button: string, subject: string) {
  const block = message.blocks.find((one) =>
    [...(one.elements ?? []), ...(one.accessory === undefined ? [] : [one.accessory])].some(
      (element) => element.action_id === button && element.value === subject,
    ),
  )
  return block?.block_id === undefined ? null : { ...message, blockId: block.block_id }
}

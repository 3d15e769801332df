import type { z } from 'zod'
import { APPROVALS, Channel as Seen, type Message, type Person, Verdict } from '../chat.ts'
import { claim, realMs } from '../claim.ts'
import { postJson, reach } from '../reach.ts'

type Place = { readonly ts: string; readonly blockId: string; readonly message: Message }
type Button = { readonly button: string; readonly subject: string; readonly place: Place }

const LOOK_AGAIN_MS = 40
const PATIENCE_MS = 20_000
/** After the last message there will ever be: only what is open on the screen. */
const NOTHING_BUT_THE_FORM = '9999999999'

/** #approvals as people read it over months: only what is new, and by the buttons that stand there. */
export type Channel = ReturnType<typeof createChannel>

export function createChannel(url: string) {
  const base = `${url}/sandbox/slack`
  const buttons = new Map<string, Button>()
  let last = '0'

  const read = async (person: Person, after: string): Promise<z.infer<typeof Seen>> => {
    const query = new URLSearchParams({ channel: APPROVALS, user: person.id, after }).toString()
    const response = await reach(`${base}/messages?${query}`)
    claim(response.ok, `The Slack stand-in answered ${response.status}.`)
    return Seen.parse(await response.json())
  }
  const send = async (path: string, body: object): Promise<string | null> => {
    const response = await reach(`${base}${path}`, postJson(body))
    claim(response.ok, `The Slack stand-in answered ${response.status} to ${path}.`)
    const verdict = Verdict.parse(await response.json())
    return verdict.ok ? null : verdict.says
  }
  const note = (message: Message): void => {
    for (const block of message.blocks)
      for (const { action_id: button, value: subject } of block.elements ?? [])
        if (button !== undefined && subject !== undefined && block.block_id !== undefined)
          buttons.set(`${button}:${subject}`, {
            button,
            subject,
            place: { ts: message.ts, blockId: block.block_id, message },
          })
  }
  const find = async (person: Person, button: string, subject: string): Promise<Place> => {
    const giveUpAt = performance.now() + PATIENCE_MS
    for (;;) {
      const found = buttons.get(`${button}:${subject}`)
      if (found) return found.place
      claim(performance.now() < giveUpAt, `Waited in vain for the button ${button} of ${subject}.`)
      await look(person)
      if (!buttons.has(`${button}:${subject}`)) await realMs(LOOK_AGAIN_MS)
    }
  }
  const look = async (person: Person): Promise<readonly Message[]> => {
    const { messages } = await read(person, last)
    for (const message of messages) note(message)
    last = messages.at(-1)?.ts ?? last
    return messages
  }
  return {
    /** What came since the last look. */
    look,
    find,
    /** Reads a message again that was redrawn where it stands. */
    async lookAgain(person: Person, { ts }: Pick<Place, 'ts'>): Promise<void> {
      const { messages } = await read(person, justBefore(ts))
      for (const message of messages.filter((one) => one.ts === ts)) note(message)
    },
    /** The buttons of a message that stands again. */
    note,
    /** The buttons of this name that nobody has pressed. */
    unpressed: (button: string): readonly Button[] => [...buttons.values()].filter((one) => one.button === button),
    /** What was decided elsewhere. */
    forget(subject: string): void {
      for (const [name, one] of buttons) if (one.subject === subject) buttons.delete(name)
    },
    /** Presses a button that is there, or comes within 20 s of real time; where the card was redrawn, on the new one. */
    async press(person: Person, button: string, subject: string): Promise<void> {
      for (let tries = 0; tries < 3; tries += 1) {
        const { ts, blockId } = await find(person, button, subject)
        const refused = await send('/press', { user: person.id, channel: APPROVALS, ts, blockId, actionId: button })
        buttons.delete(`${button}:${subject}`)
        if (refused === null) return
        const { messages } = await read(person, justBefore(ts))
        for (const message of messages.filter((one) => one.ts === ts)) note(message)
      }
      claim(false, `${person.name} could not press ${button} on ${subject}.`)
    },
    /** Waits for the form that opens. */
    async form(person: Person, callbackId: string): Promise<void> {
      const giveUpAt = performance.now() + PATIENCE_MS
      while ((await read(person, NOTHING_BUT_THE_FORM)).form?.callback_id !== callbackId) {
        claim(performance.now() < giveUpAt, `The form ${callbackId} did not open.`)
        await realMs(LOOK_AGAIN_MS)
      }
    },
    async submit(person: Person, fill: Readonly<Record<string, string>>): Promise<void> {
      const refused = await send('/submit', { user: person.id, fill })
      claim(refused === null, `Slack says: ${refused ?? ''}`)
      const { form } = await read(person, NOTHING_BUT_THE_FORM)
      if (form === null) return
      claim(Object.keys(form.errors).length === 0, `The form objects: ${Object.values(form.errors).join(' ')}`)
      await send('/close', { user: person.id })
    },
  }
}

const justBefore = (ts: string): string => (Number(ts) - 0.000_01).toFixed(6)

/** How many words a message gives to read. */
export const wordsIn = (message: Message): number => {
  const texts: string[] = []
  const gather = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value))
      if (name === 'text' && typeof inner === 'string') texts.push(inner)
      else gather(inner)
  }
  gather(message.blocks)
  return texts.join(' ').split(/\s+/u).filter(Boolean).length
}

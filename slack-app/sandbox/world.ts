import type { SandboxBlock, SandboxView } from './block-schema.ts'

export type SandboxUser = {
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** Whether the address was confirmed; only then may an app trust it. */
  readonly confirmed: boolean
}
export type SandboxChannel = { readonly id: string; readonly name: string }

export type SandboxMessage = {
  readonly channel: string
  readonly ts: string
  /** Null: the app. */
  readonly user: string | null
  readonly text: string
  readonly blocks: readonly SandboxBlock[]
  readonly threadTs: string | null
  readonly broadcast: boolean
  /** Who alone sees it; null: everyone in the channel. */
  readonly onlyFor: string | null
  readonly edited: boolean
}

/** What was entered into a modal, by block and action id, as Slack writes it in `state.values`. */
export type Entries = Record<string, Record<string, Record<string, unknown>>>

export type SandboxModal = {
  readonly id: string
  readonly user: string
  readonly view: SandboxView
  readonly entries: Entries
  readonly errors: Readonly<Record<string, string>>
  /** Where it was opened from, for the payload. */
  readonly revision: number
}

type Trigger = { readonly user: string; readonly expiresAt: number }
type Answering = {
  readonly user: string
  readonly channel: string
  readonly ts: string | null
  until: number
  left: number
}

/** `error`: an `ok: false` answer. `retryAfterSeconds`: 429. `status`: a broken answer. */
export type ScriptedAnswer =
  | { readonly error: string }
  | { readonly retryAfterSeconds: number }
  | { readonly status: number }

/** A Slack team in memory. */
export class SandboxWorld {
  readonly teamId = 'T0SANDBOX'
  readonly appId = 'A0SANDBOX'
  readonly botUserId = 'U0SANDBOXBOT'
  readonly users: readonly SandboxUser[]
  readonly channels: readonly SandboxChannel[]
  /** In the order of their `ts`. */
  readonly messages: SandboxMessage[] = []
  /** By user; the last one is on top. */
  readonly modals = new Map<string, SandboxModal[]>()
  /** Grows with everything that a viewer could see. */
  revision = 1
  /** Switched on: more than one post a second in a channel is answered with 429. */
  limitsPosts = false
  /** Every Web API call, in order. */
  readonly calls: { readonly method: string; readonly args: Readonly<Record<string, unknown>> }[] = []

  readonly #now: () => Date
  readonly #triggers = new Map<string, Trigger>()
  readonly #answering = new Map<string, Answering>()
  readonly #scripts = new Map<string, ScriptedAnswer[]>()
  readonly #lastPost = new Map<string, number>()
  #lastTs = 0
  #counter = 0

  constructor(now: () => Date, users: readonly SandboxUser[], channels: readonly SandboxChannel[]) {
    this.#now = now
    this.users = users
    this.channels = channels
  }

  channel(idOrName: string): SandboxChannel | undefined {
    const name = idOrName.replace(/^#/, '')
    return this.channels.find((one) => one.id === idOrName || one.name === name)
  }

  user(id: string): SandboxUser | undefined {
    return this.users.find((one) => one.id === id)
  }

  message(channel: string, ts: string): SandboxMessage | undefined {
    return this.messages.find((one) => one.channel === channel && one.ts === ts)
  }

  /** What this person sees in the channel, oldest first. */
  visible(channel: string, user: string): readonly SandboxMessage[] {
    return this.messages.filter((one) => one.channel === channel && (one.onlyFor === null || one.onlyFor === user))
  }

  add(message: Omit<SandboxMessage, 'ts' | 'edited'>): SandboxMessage {
    const added = { ...message, ts: this.nextTs(), edited: false }
    this.messages.push(added)
    this.revision++
    return added
  }

  replace(message: SandboxMessage, by: Pick<SandboxMessage, 'text' | 'blocks'>): SandboxMessage {
    const replaced = { ...message, ...by, edited: true }
    this.messages[this.messages.indexOf(message)] = replaced
    this.revision++
    return replaced
  }

  remove(message: SandboxMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1)
    this.revision++
  }

  /** Seconds and microseconds, unique and rising. */
  nextTs(): string {
    const micros = Math.max(this.#now().getTime() * 1000, this.#lastTs + 1)
    this.#lastTs = micros
    return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`
  }

  nextId(prefix: string): string {
    return `${prefix}${String(++this.#counter).padStart(8, '0')}`
  }

  /** Opens one modal, within three seconds. */
  newTrigger(user: string): string {
    const id = this.nextId('trigger.')
    this.#triggers.set(id, { user, expiresAt: this.#now().getTime() + 3_000 })
    return id
  }

  /** The user whose trigger it is; it works once. */
  spendTrigger(id: string): { readonly user: string } | 'invalid_trigger_id' | 'expired_trigger_id' {
    const trigger = this.#triggers.get(id)
    if (trigger === undefined) return 'invalid_trigger_id'
    this.#triggers.delete(id)
    return this.#now().getTime() > trigger.expiresAt ? 'expired_trigger_id' : { user: trigger.user }
  }

  /** The tail of a `response_url`: five uses in 30 minutes. */
  newAnswering(user: string, channel: string, ts: string | null): string {
    const id = this.nextId('response')
    this.#answering.set(id, { user, channel, ts, until: this.#now().getTime() + 30 * 60_000, left: 5 })
    return id
  }

  spendAnswering(id: string): { readonly user: string; readonly channel: string; readonly ts: string | null } | null {
    const answering = this.#answering.get(id)
    if (answering === undefined || answering.left <= 0 || this.#now().getTime() > answering.until) return null
    answering.left--
    return answering
  }

  modal(user: string): SandboxModal | undefined {
    return this.modals.get(user)?.at(-1)
  }

  pushModal(user: string, view: SandboxView): SandboxModal {
    const modal = { id: this.nextId('V'), user, view, entries: {}, errors: {}, revision: ++this.revision }
    this.modals.set(user, [...(this.modals.get(user) ?? []), modal])
    return modal
  }

  changeModal(
    id: string,
    change: Partial<Pick<SandboxModal, 'view' | 'entries' | 'errors'>>,
  ): SandboxModal | undefined {
    for (const [user, stack] of this.modals) {
      const at = stack.findIndex((one) => one.id === id)
      const modal = stack[at]
      if (modal === undefined) continue
      const changed = { ...modal, ...change, revision: ++this.revision }
      this.modals.set(user, stack.with(at, changed))
      return changed
    }
    return undefined
  }

  /** Closes the modal on top, or all of them. */
  closeModal(user: string, all: boolean): void {
    this.modals.set(user, all ? [] : (this.modals.get(user) ?? []).slice(0, -1))
    this.revision++
  }

  /** The next call of this method gets this answer instead. */
  script(method: string, ...answers: readonly ScriptedAnswer[]): void {
    this.#scripts.set(method, [...(this.#scripts.get(method) ?? []), ...answers])
  }

  nextScripted(method: string): ScriptedAnswer | undefined {
    return this.#scripts.get(method)?.shift()
  }

  /** Whether one more post in this channel is one too many just now. */
  isTooSoon(channel: string): boolean {
    const now = this.#now().getTime()
    const last = this.#lastPost.get(channel) ?? Number.NEGATIVE_INFINITY
    if (this.limitsPosts && now - last < 1_000) return true
    this.#lastPost.set(channel, now)
    return false
  }
}

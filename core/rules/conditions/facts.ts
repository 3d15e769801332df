import { localTime, WEEKDAYS } from '../local-time.ts'
import { majorUnits, type Place, type Subject } from '../guardrails/guardrail.ts'

/**
 * What a condition can ask about, with its CEL type: each by its name, and as a field of `action`, so that
 * `has(action.confidence)` asks whether it is known. Amounts are major units (60.5), shares 0 to 1, `weekday` a word,
 * `date` as 2026-11-22; times are those of the planned effect in the workspace's zone.
 */
export const FACTS = {
  kind: 'string',
  platform: 'string',
  category: 'string',
  channel: 'string',
  campaign: 'string',
  segment: 'string',
  regions: 'list<string>',
  agent: 'string',
  people: 'int',
  list_size: 'int',
  list_share: 'double',
  amount: 'double',
  confidence: 'double',
  texts: 'list<string>',
  text: 'string',
  preparing: 'bool',
  reaches_people: 'bool',
  hour: 'int',
  weekday: 'string',
  date: 'string',
} as const

export type FactName = keyof typeof FACTS

/** What the platform may not tell. */
const UNKNOWN_WORDS: Partial<Record<FactName, string>> = {
  segment: 'the segment',
  regions: 'the region',
  list_size: 'the size of the list',
  list_share: 'the share of the list',
  confidence: 'the agent’s confidence',
  hour: 'the hour',
  weekday: 'the weekday',
  date: 'the date',
}
export const unknownWords = (name: FactName): string => UNKNOWN_WORDS[name] ?? 'what it asks'

/** One action's facts; undefined: not known. `agent` and `campaign` are empty where there is none. */
export class ActionFacts {
  readonly kind: string
  readonly platform: string
  readonly category: string
  readonly channel: string
  readonly campaign: string
  readonly segment: string | undefined
  readonly regions: readonly string[] | undefined
  readonly agent: string
  readonly people: bigint
  readonly list_size: bigint | undefined
  readonly list_share: number | undefined
  readonly amount: number
  readonly confidence: number | undefined
  readonly texts: readonly string[]
  readonly preparing: boolean
  readonly reaches_people: boolean
  readonly hour: bigint | undefined
  readonly weekday: string | undefined
  readonly date: string | undefined
  /** So that the language finds it by its own name. */
  readonly action: ActionFacts = this

  constructor(subject: Subject, place: Place) {
    const local = localTime(subject.plannedAt, place.zone)
    this.kind = subject.kindId
    this.platform = subject.platform
    this.category = subject.category
    this.channel = subject.channel
    this.campaign = subject.campaign ?? ''
    this.segment = subject.segment ?? undefined
    this.regions = subject.regions ?? undefined
    this.agent = subject.agentId ?? ''
    this.people = BigInt(Math.trunc(subject.people))
    this.list_size = subject.listSize === null ? undefined : BigInt(Math.trunc(subject.listSize))
    this.list_share = subject.listSize ? subject.people / subject.listSize : undefined
    this.amount = majorUnits({ minor: subject.amountMinor, currency: place.currency })
    this.confidence = subject.confidence ?? undefined
    this.texts = subject.texts
    this.preparing = subject.preparing
    this.reaches_people = subject.reachesPeople
    this.hour = local === null ? undefined : BigInt(Math.floor(local.minutes / 60))
    this.weekday = local === null ? undefined : WEEKDAYS[local.weekday - 1]
    this.date = local?.day
  }

  /** All of them, one a line. */
  get text(): string {
    this.#text ??= this.texts.join('\n')
    return this.#text
  }

  #text: string | undefined
}

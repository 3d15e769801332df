import type { Channel } from '../../domain/category.ts'
import type { Money } from '../../domain/money.ts'
import type { Outcome, Reason } from '../../domain/verdict.ts'
import type { PolicyDocument } from '../policy.ts'

/** What the guardrails look at; derived by the gate. What an agent says comes in only as its own question to a person. */
export type Subject = {
  readonly kindId: string
  readonly kindTitle: string
  readonly channel: Channel
  readonly reachesPeople: boolean
  /** Minor units of the workspace's currency. */
  readonly amountMinor: number
  readonly people: number
  /** Everything a person will read. */
  readonly texts: readonly string[]
  /** What its agent asks a person to decide; null: it does not ask. */
  readonly question: string | null
  /** When the effect is planned. */
  readonly plannedAt: Date
}

export type Place = { readonly zone: string; readonly locale: string; readonly currency: string }

/** One rule of a compiled policy; null: nothing to say. Pure. */
export type Guardrail = (subject: Subject, place: Place) => Reason | null

/** Makes the rule from a policy; null: this policy does not have it. Compiled once a version, run on every proposal. */
export type MakeGuardrail = (policy: PolicyDocument) => Guardrail | null

const MOST_CHARACTERS = 160
const MOST_QUOTED = 80

/** A reason of at most 160 characters; what is longer is cut at a word. */
export const reason = (rule: string, outcome: Outcome, text: string): Reason => ({
  rule,
  outcome,
  text: shortened(text, MOST_CHARACTERS),
})

/** What somebody called or said it, short enough that the sentence around it still fits into a reason. */
export const quoted = (words: string, most = MOST_QUOTED): string => `“${shortened(words, most)}”`

/** Cut at a word; in a single long word never in the middle of a character. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/\s+\S*$|[\ud800-\udbff]$/, '')}…`
}

/** "€60.00" in the workspace's own spelling. */
export function moneyWords(money: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(money.minor / 10 ** digits)
}

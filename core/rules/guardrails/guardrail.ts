import type { z } from 'zod'
import type { Category, Channel } from '../../domain/category.ts'
import type { Money } from '../../domain/money.ts'
import type { Outcome, Reason } from '../../domain/verdict.ts'

/** What the guardrails look at; derived by the gate. What an agent says comes in only as its own question to a person. */
export type Subject = {
  readonly kindId: string
  readonly kindTitle: string
  readonly platform: string
  readonly category: Category
  readonly channel: Channel
  /** Unpublished work (drafts, content) that reaches nobody yet. */
  readonly preparing: boolean
  readonly reachesPeople: boolean
  /** Null: a member proposed it. */
  readonly agentId: string | null
  /** The campaign on the platform that it belongs to; null: none. */
  readonly campaign: string | null
  /** The segment and the regions that it reaches, as the platform tells; null: not known. */
  readonly segment: string | null
  readonly regions: readonly string[] | null
  /** The distinct time zones of the people it reaches; null: not known. */
  readonly zones: readonly string[] | null
  /** Minor units of the workspace's currency; of a daily budget 30 days. */
  readonly amountMinor: number
  /** The daily budget that it sets for its campaign, in minor units; null: it sets none. */
  readonly perDayMinor: number | null
  /** The number it changes on the platform (a daily budget, a price), before and after; null: it changes none. */
  readonly change: { readonly before: number; readonly after: number } | null
  readonly people: number
  /** People on the list that they are drawn from; null: there is none, or its size is not known. */
  readonly listSize: number | null
  /** Everything a person will read: plain text or HTML, one entry a field. */
  readonly texts: readonly string[]
  /** What its agent asks a person to decide; null: it does not ask. */
  readonly question: string | null
  /** What its agent thinks of its own proposal, 0 to 1; null: it does not say. */
  readonly confidence: number | null
  /** When the effect is planned. */
  readonly plannedAt: Date
}

export type Place = { readonly zone: string; readonly locale: string; readonly currency: string }

/**
 * What a rule wants looked up in the workspace's own records before it can judge. `runs`: what was proposed in the last
 * hour, day, week or month and not refused, of the same kind, category, channel or agent, or at all.
 */
export type Look =
  | { readonly look: 'same_text'; readonly days: number }
  | { readonly look: 'runs'; readonly of: RunsOf; readonly per: RunsPer }
  | { readonly look: 'audience' }
  | { readonly look: 'benchmarks' }
  /** The calendar of public holidays, which is large and loaded when the first rule wants it. */
  | { readonly look: 'holidays' }
  /** What the model judge said of its text and this brand voice, at most so many milliseconds after it was asked. */
  | { readonly look: 'judge'; readonly brand: string; readonly timeoutMs: number }

export const RUNS_OF = ['kind', 'category', 'channel', 'agent', 'workspace'] as const
export type RunsOf = (typeof RUNS_OF)[number]
export const RUNS_PER = ['hour', 'day', 'week', 'month'] as const
export type RunsPer = (typeof RUNS_PER)[number]

/** What was looked up. A member that is absent was asked for and could not be answered: its rule fails closed. */
export type Observed = {
  /** Who rejected the very same payload within 30 days, newest; null: nobody. */
  readonly rejected?: { readonly by: string; readonly at: Date; readonly why: string | null } | null
  /** When the same text last went to the same audience; null: it did not in those days. */
  readonly sameText?: { readonly at: Date } | null
  /** By `${of}/${per}`. */
  readonly runs?: Readonly<Record<string, number>>
  /** Whether something went out to this audience, and over this channel, before. */
  readonly audience?: { readonly known: boolean; readonly channelKnown: boolean }
  /** Benchmarks of its category that are missed now. */
  readonly missed?: readonly {
    readonly metric: string
    readonly observed: number
    readonly floor?: number | undefined
    readonly ceiling?: number | undefined
  }[]
  /** What the model judge said, by the words of the brand voice; false: this installation has none. */
  readonly judge?: {
    readonly isSetUp: boolean
    readonly byBrand: ReadonlyMap<string, { readonly fits: boolean; readonly says: string }>
  }
}

/** One rule of a compiled policy; null: nothing to say. Pure. */
export type Guardrail = (subject: Subject, place: Place, observed: Observed) => Reason | readonly Reason[] | null

/**
 * One section of a policy and the rule that it becomes. `values` are what the policy and its scopes say where the
 * subject stands, the most specific first (at least one): limits take the first, denials every one.
 */
export type Section<S> = {
  readonly schema: z.ZodType<S>
  /** Compiled once for each version and place; null: these values ask nothing. */
  readonly guardrail: (values: readonly [S, ...S[]]) => Guardrail | null
  /** What any scope says holds, however narrow another one is. */
  readonly denies?: boolean
  /** What it needs to know besides the subject. */
  readonly looks?: (values: readonly [S, ...S[]]) => readonly Look[]
}

/** Fixes the type of a section by its schema. */
export const defineSection = <S>(section: Section<S>): Section<S> => section

/** What a card has room for. */
export const MOST_CHARACTERS = 160
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
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/\s+\S*$|[\ud800-\udbff]$/, '')}…`
}

/** "€60.00" in the workspace's own spelling. */
export const moneyWords = (money: Money, locale: string): string =>
  moneyFormat(money.currency, locale).format(majorUnits(money))

/** An amount as people write it: 6,000 cents are 60. */
export function majorUnits({ minor, currency }: Money): number {
  const scale = scales.get(currency) ?? 10 ** (moneyFormat(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2)
  scales.set(currency, scale)
  return minor / scale
}

const scales = new Map<string, number>()

function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  const key = `${currency} ${locale}`
  const known = moneyFormats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  moneyFormats.set(key, format)
  return format
}

/** Making one costs more than all rules together; there are a few for all workspaces. */
const moneyFormats = new Map<string, Intl.NumberFormat>()

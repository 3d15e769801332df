import { categoryWords } from '../domain/category.ts'
import { dayWindow, hourWindow, monthWindow, weekWindow } from './calendar.ts'
import type { Budget, BudgetLimits } from './guardrails/budget.ts'
import type { Look, Subject } from './guardrails/guardrail.ts'

export type BudgetPeriod = 'day' | 'week' | 'month' | 'campaign'

/** What an action takes from one budget: a counter row, how much, and the limits that hold there. */
export type Charge = {
  /** Names the counter row: `day:2026-11-22`, of a scope `<its mark>/day:2026-11-22`. */
  readonly window: string
  readonly amountMinor: number
  readonly period: BudgetPeriod
  /** "the day’s budget", "the week’s budget for email". */
  readonly ofWords: string
  readonly limits: BudgetLimits
  /** Counts actions instead of money: under which name a rule knows it. */
  readonly runs?: string
}

type RunsLook = Extract<Look, { look: 'runs' }>

/** What a rule knows a count of actions by: `kind/day`. */
export const runsKey = ({ of, per }: Pick<RunsLook, 'of' | 'per'>): string => `${of}/${per}`

/** How often something runs is counted like money: one for each action, reserved when it is proposed. */
export function runsOf(looks: readonly Look[], subject: Subject, at: Date, zone: string): readonly Charge[] {
  return looks.flatMap((look): readonly Charge[] => {
    if (look.look !== 'runs') return []
    const value = {
      kind: subject.kindId,
      category: subject.category,
      channel: subject.channel,
      agent: subject.agentId ?? 'members',
      workspace: 'all',
    }[look.of]
    const window = `runs:${look.of}:${value}/${look.per}:${WINDOW_OF[look.per](at, zone).name}`
    return [{ window, amountMinor: 1, period: 'day', ofWords: '', limits: {}, runs: runsKey(look) }]
  })
}

/** A budget and whom it counts: the whole workspace (no mark), or what one scope of the policy names. */
export type HoldingBudget = {
  readonly mark: string | null
  readonly words: string | null
  readonly budget: Budget
}

const WINDOW_OF = { hour: hourWindow, day: dayWindow, week: weekWindow, month: monthWindow } as const

/** Every budget that an action at this time is charged to, sorted by window: the order in which they are locked. */
export function chargesOf(
  holding: readonly HoldingBudget[],
  subject: Subject,
  at: Date,
  zone: string,
): readonly Charge[] {
  if (subject.amountMinor === 0 && subject.change === null) return []
  const charges: Charge[] = []
  for (const { mark, words, budget } of holding) {
    const start = mark === null ? '' : `${mark}/`
    const add = (prefix: string, limits: Pick<Budget, 'day' | 'week' | 'month'>, whose: string): void => {
      for (const period of ['day', 'week', 'month'] as const) {
        const its = limits[period]
        if (!its) continue
        const window = `${start}${prefix}${period}:${WINDOW_OF[period](at, zone).name}`
        charges.push({
          window,
          amountMinor: subject.amountMinor,
          period,
          ofWords: `the ${period}’s budget${whose}`,
          limits: its,
        })
      }
    }
    add('', budget, words === null ? '' : ` for ${words}`)
    if (budget.each_agent) add(`agent:${subject.agentId ?? 'members'}/`, budget.each_agent, ' of one agent')
    if (budget.each_channel) add(`channel:${subject.channel}/`, budget.each_channel, ` for ${subject.channel}`)
    if (budget.campaign && subject.campaign !== null) {
      const window = `${start}campaign:${subject.platform}:${subject.campaign}`
      const ofWords = 'the budget of this campaign'
      charges.push({ window, amountMinor: subject.amountMinor, period: 'campaign', ofWords, limits: budget.campaign })
    }
  }
  return charges.toSorted((a, b) => (a.window < b.window ? -1 : 1))
}

/** What is charged to one counter by several rules is charged once, under the smallest of their limits. */
export function onePerWindow(charges: readonly Charge[]): readonly Charge[] {
  const byWindow = new Map<string, Charge>()
  for (const charge of charges) {
    const other = byWindow.get(charge.window)
    byWindow.set(charge.window, other ? { ...charge, limits: smaller(other.limits, charge.limits) } : charge)
  }
  return [...byWindow.values()].toSorted((a, b) => (a.window < b.window ? -1 : 1))
}

function smaller(a: BudgetLimits, b: BudgetLimits): BudgetLimits {
  const ask_above = Math.min(a.ask_above ?? Infinity, b.ask_above ?? Infinity)
  const cap = Math.min(a.cap ?? Infinity, b.cap ?? Infinity)
  return { ...(ask_above < Infinity ? { ask_above } : {}), ...(cap < Infinity ? { cap } : {}) }
}

/** Whom a scope's budget counts, in a marketer's words. */
export function scopeWords(when: {
  readonly name?: string | undefined
  readonly category?: readonly string[] | undefined
  readonly channel?: readonly string[] | undefined
  readonly segment?: readonly string[] | undefined
  readonly region?: readonly string[] | undefined
}): string {
  if (when.name !== undefined) return when.name
  // safe: the schema takes categories only
  const categories = (when.category ?? []).map((one) => categoryWords(one as Parameters<typeof categoryWords>[0]))
  const named = [...categories, ...(when.channel ?? []), ...(when.segment ?? []), ...(when.region ?? [])]
  return named.length === 0 ? 'what this rule names' : named.join(' and ')
}

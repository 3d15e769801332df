import { categoryWords } from '../domain/category.ts'
import { type DailyPart, DAYS_OF_ONE_ACTION, runningRow } from '../domain/daily-budget.ts'
import { dayWindow, daysLeft, hourWindow, monthWindow, weekWindow } from './calendar.ts'
import type { Budget, BudgetLimits } from './guardrails/budget.ts'
import type { Look, Subject } from './guardrails/guardrail.ts'

export type BudgetPeriod = 'day' | 'week' | 'month' | 'campaign'

/** What an action takes from one budget: a counter row, how much, and the limits that hold there. */
export type Charge = {
  /** Names the counter row: `day:2026-11-22`, of a scope `<its mark>/day:2026-11-22`. */
  readonly window: string
  /** As if nothing were committed for its campaign yet, until `settleCharges` has seen the locked rows. */
  readonly amountMinor: number
  /** Present where it sets a campaign's daily budget. */
  readonly daily?: DailyPart
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

/**
 * Every budget that an action at this time is charged to, sorted by window: the order in which they are locked. A daily
 * budget is charged with the days that are left, today included, and to two rows of its own: what is committed a day for
 * its campaign, and for all of them. The budget of a campaign counts it to the end of the month.
 */
export function chargesOf(
  holding: readonly HoldingBudget[],
  subject: Subject,
  at: Date,
  zone: string,
): readonly Charge[] {
  const { perDayMinor } = subject
  if (subject.amountMinor === 0 && subject.change === null && perDayMinor === null) return []
  const onceMinor = subject.amountMinor - (perDayMinor ?? 0) * DAYS_OF_ONE_ACTION
  const charges: Charge[] = []
  const charge = (budget: string, to: Omit<Charge, 'amountMinor' | 'daily'>, days: number): Charge => {
    if (perDayMinor === null) return { ...to, amountMinor: onceMinor }
    const daily = { row: dailyRow(budget, subject), perDayMinor, fromMinor: 0, days }
    return { ...to, amountMinor: onceMinor + perDayMinor * days, daily }
  }
  const addRows = (budget: string): void => {
    if (perDayMinor === null) return
    const row = dailyRow(budget, subject)
    for (const window of [row, runningRow(budget)]) {
      const daily = { row, perDayMinor, fromMinor: 0, days: 1 }
      // Lives as long as its campaigns do, and has no limit of its own.
      charges.push({ window, amountMinor: perDayMinor, daily, period: 'campaign', ofWords: '', limits: {} })
    }
  }
  for (const { mark, words, budget } of holding) {
    const start = mark === null ? '' : `${mark}/`
    const add = (prefix: string, limits: Pick<Budget, 'day' | 'week' | 'month'>, whose: string): void => {
      for (const period of ['day', 'week', 'month'] as const) {
        const its = limits[period]
        if (!its) continue
        const window = `${start}${prefix}${period}:${WINDOW_OF[period](at, zone).name}`
        const to = { window, period, ofWords: `the ${period}’s budget${whose}`, limits: its }
        charges.push(charge(`${start}${prefix}`, to, daysLeft(period, at, zone)))
      }
      if (limits.day || limits.week || limits.month) addRows(`${start}${prefix}`)
    }
    add('', budget, words === null ? '' : ` for ${words}`)
    if (budget.each_agent) add(`agent:${subject.agentId ?? 'members'}/`, budget.each_agent, ' of one agent')
    if (budget.each_channel) add(`channel:${subject.channel}/`, budget.each_channel, ` for ${subject.channel}`)
    if (budget.campaign && subject.campaign !== null) {
      const window = `${start}campaign:${campaignName(subject)}`
      const to = {
        window,
        period: 'campaign' as const,
        ofWords: 'the budget of this campaign',
        limits: budget.campaign,
      }
      charges.push(charge(start, to, daysLeft('month', at, zone)))
      addRows(start)
    }
  }
  return onePerWindow(charges)
}

/** The counter row of what is committed a day for a campaign. */
const dailyRow = (budget: string, subject: Subject): string => `${runningRow(budget)}:${campaignName(subject)}`

/** As part of a row's name: what a platform's ids hold must not read like another sort of row (`customers/1/campaigns/2`). */
const campaignName = ({ platform, campaign }: Subject): string => `${platform}:${encodeURIComponent(campaign ?? '')}`

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

import { z } from 'zod'
import type { Reason } from '../../domain/verdict.ts'
import type { Charge } from '../budget-charges.ts'
import { endlessWords, overrunWords } from '../daily-words.ts'
import { Minor } from './amount.ts'
import { moneyWords, type Place, reason, type Subject } from './guardrail.ts'

const Limits = z
  .strictObject({ ask_above: Minor.optional(), cap: Minor.optional() })
  .refine(({ ask_above, cap }) => ask_above !== undefined || cap !== undefined, 'needs ask_above, cap or both')
const Periods = { day: Limits.optional(), week: Limits.optional(), month: Limits.optional() }
const Percent = z.number().min(0).max(10_000)

/**
 * Two numbers for each budget: beyond `ask_above` a person decides, nothing passes `cap`. `campaign`: each campaign for
 * as long as it lives. What a scope counts is what its `when` names; every budget that holds has to have room.
 */
export const BudgetSchema = z.strictObject({
  ...Periods,
  campaign: Limits.optional(),
  each_agent: z.strictObject(Periods).optional(),
  each_channel: z.strictObject(Periods).optional(),
  /** How far one change may move a number on the platform (a daily budget), in percent of what it is. */
  change_percent: z.strictObject({ ask_above: Percent.optional(), cap: Percent.optional() }).optional(),
})

export type Budget = z.infer<typeof BudgetSchema>
export type BudgetLimits = z.infer<typeof Limits>

/** What a budget row says while it is locked; minor units. `spent`: what the platform says was spent, by whomever. */
export type Counters = {
  readonly reserved: number
  readonly committed: number
  /** What was committed before there was this budget. */
  readonly carried: number
  readonly spent: number
}
export const NOTHING_USED: Counters = { reserved: 0, committed: 0, carried: 0, spent: 0 }

/** What counts as used: the platform's own spend where it is larger than what the gate let through. */
export const usedOf = ({ reserved, committed, carried, spent }: Counters): number =>
  reserved + Math.max(committed + carried, spent)

/**
 * Whether an amount still fits into a budget. Evaluated on the locked counters, so that of two proposals that would
 * overrun the cap together only the first fits. What makes an amount smaller always fits. The budget of a campaign cannot
 * hold a daily budget, which has no end: a person decides.
 */
export function budgetReason(charge: Charge, counters: Counters, place: Place): Reason | null {
  const { limits, amountMinor, daily, ofWords, period } = charge
  if (amountMinor <= 0) return null
  const words = (minor: number): string => moneyWords({ minor, currency: place.currency }, place.locale)
  const used = usedOf(counters)
  const after = used + amountMinor
  if (limits.cap !== undefined && after > limits.cap) {
    const left = Math.max(0, limits.cap - used)
    const text = daily
      ? overrunWords(charge, daily, { capMinor: limits.cap, leftMinor: left }, place)
      : `It costs ${words(amountMinor)}; of ${ofWords} of ${words(limits.cap)} only ${words(left)} is left. Up to that it would pass.`
    return reason(`budget.${period}.cap`, 'block', text)
  }
  if (limits.ask_above !== undefined && after > limits.ask_above) {
    const text = `It takes ${ofWords} to ${words(after)}; above ${words(limits.ask_above)} a person decides.`
    return reason(`budget.${period}.ask_above`, 'ask', text)
  }
  if (period === 'campaign' && daily && (limits.cap ?? limits.ask_above) !== undefined) {
    return reason('budget.campaign.daily', 'ask', endlessWords(daily, place))
  }
  return null
}

/** Up to how much of a budget may be used before it has anything to say, in minor units. */
export const roomOf = ({ cap, ask_above }: BudgetLimits): number =>
  Math.min(cap ?? Number.MAX_SAFE_INTEGER, ask_above ?? Number.MAX_SAFE_INTEGER)

/** How far a number on the platform moves, against the strictest of the limits in percent. */
export function changeReason(budgets: readonly Budget[], { change }: Subject): Reason | null {
  if (change === null || change.after === change.before) return null
  const limits = budgets.map(({ change_percent }) => change_percent).filter((limit) => limit !== undefined)
  // From nothing to something is more than any percentage.
  const percent = change.before === 0 ? Infinity : (Math.abs(change.after - change.before) / change.before) * 100
  const by = percent === Infinity ? 'from nothing' : `by ${Math.round(percent)} %`
  const cap = Math.min(...limits.map((limit) => limit.cap ?? Infinity))
  if (percent > cap)
    return reason(
      'budget.change.cap',
      'block',
      `It changes ${by}; at most ${cap} % at once may pass. An owner can raise that.`,
    )
  const ask = limits[0]?.ask_above ?? Infinity
  if (percent > ask)
    return reason('budget.change.ask_above', 'ask', `It changes ${by}; above ${ask} % a person decides.`)
  return null
}

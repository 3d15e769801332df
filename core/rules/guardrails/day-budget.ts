import type { Reason } from '../../domain/verdict.ts'
import type { PolicyDocument } from '../policy.ts'
import { moneyWords, type Place, reason } from './guardrail.ts'

/** What a day's budget row says while it is locked; minor units. */
export type Counters = { readonly reserved: number; readonly committed: number }

/**
 * Whether an amount still fits into the day. Evaluated on the locked counters, so that of two proposals that would
 * overrun the cap together only the first fits.
 */
export function dayBudgetReason(
  policy: PolicyDocument,
  counters: Counters,
  amountMinor: number,
  place: Place,
): Reason | null {
  const limits = policy.budget?.day
  if (!limits || amountMinor === 0) return null
  const words = (minor: number): string => moneyWords({ minor, currency: place.currency }, place.locale)
  const used = counters.reserved + counters.committed
  const after = used + amountMinor
  if (after > limits.cap) {
    const left = Math.max(0, limits.cap - used)
    const text = `It costs ${words(amountMinor)}; of the day’s budget of ${words(limits.cap)} only ${words(left)} is left. Up to that it would pass.`
    return reason('budget.day.cap', 'block', text)
  }
  if (limits.ask_above !== undefined && after > limits.ask_above) {
    const text = `With it ${words(after)} of the day’s ${words(limits.cap)} would be used; above ${words(limits.ask_above)} a person decides.`
    return reason('budget.day.ask_above', 'ask', text)
  }
  return null
}

/** Up to how much of a day may be used before its budget has anything to say, in minor units; null: there is none. */
export function dayBudgetRoom(policy: PolicyDocument): number | null {
  const limits = policy.budget?.day
  return limits ? Math.min(limits.cap, limits.ask_above ?? limits.cap) : null
}

import type { Money } from '../domain/money.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Reason } from '../domain/verdict.ts'
import { reason } from './guardrails/guardrail.ts'

/**
 * An amount in the workspace's currency, in its minor units, rounded up. Nothing is converted without a rate: budgets
 * would count what nobody said. `rates`: what one unit of a currency is worth in the workspace's.
 */
export function moneyIn(
  money: Money | null,
  currency: string,
  rates: Readonly<Record<string, number>>,
): Result<number, Reason> {
  if (money === null) return ok(0)
  if (money.currency === currency) return ok(money.minor)
  const rate = rates[money.currency]
  if (rate === undefined) {
    const text = `It costs ${money.currency}, and your budgets count in ${currency}. With a rate for ${money.currency} in the policy it can be counted.`
    return err(reason('currency', 'block', text))
  }
  const units = money.minor / 10 ** digitsOf(money.currency)
  // A rate is a decimal: 10 × 1.1 is 11, not a hair more.
  return ok(Math.ceil(Number((units * rate * 10 ** digitsOf(currency)).toPrecision(15))))
}

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

import type { Money } from '../../core/domain/money.ts'
import type { ActionView } from '../../core/gate/views.ts'
import type { ViewContext } from './view-context.ts'

/** Minor units as the workspace writes money: 1250 EUR is "€12.50". */
export function moneyWords(money: Money, ctx: ViewContext): string {
  const format = numberFormat(ctx.locale, { style: 'currency', currency: money.currency })
  if (format === null) return `${money.minor / 100} ${money.currency}`
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(money.minor / 10 ** digits)
}

export function peopleWords(people: number, ctx: ViewContext): string {
  if (people === 0) return 'nobody'
  if (people === 1) return '1 person'
  return `${countWords(people, ctx)} people`
}

export const countWords = (count: number, ctx: ViewContext): string =>
  numberFormat(ctx.locale, {})?.format(count) ?? String(count)

/** "1,200 people, 8 % of the list"; null where it touches nobody in particular. */
export function reachWords(reach: ActionView['reach'], ctx: ViewContext): string | null {
  if (reach === null || reach.people === 0) return null
  const words = peopleWords(reach.people, ctx)
  if (reach.listSize === null || reach.listSize === 0) return words
  if (reach.people >= reach.listSize) return `${words}, the whole list`
  const share = (reach.people / reach.listSize) * 100
  return `${words}, ${share < 1 ? 'less than 1' : Math.round(share)} % of the list`
}

// A locale or currency that Intl does not know must not take the card down.
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat(locale, options)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

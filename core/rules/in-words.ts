import { shortened } from './guardrails/guardrail.ts'

/** Names one after the other, as many as fit: "Colorado, Utah and 3 more". At least the first is named, shortened. */
export function listed(names: readonly string[], most: number): string {
  const more = (left: number): string => (left === 0 ? '' : ` and ${left} more`)
  for (let count = names.length; count > 1; count -= 1) {
    const words = `${names.slice(0, count).join(', ')}${more(names.length - count)}`
    if (words.length <= most) return words
  }
  const rest = more(Math.max(0, names.length - 1))
  return `${shortened(names[0] ?? 'none', Math.max(1, most - rest.length))}${rest}`
}

/** "1,200" in the workspace's own spelling. */
export const numberWords = (value: number, locale: string): string => formatOf(locale, 0).format(value)

/**
 * "24 %" of a share from 0 to 1, against a limit: with as many decimals as it takes to tell the two apart, so that
 * nobody reads that 10 % is above 10 %.
 */
export function percentWords(share: number, limit: number): { readonly share: string; readonly limit: string } {
  for (const digits of [0, 1, 2, 4]) {
    const words = (value: number): string => `${Number((value * 100).toFixed(digits))} %`
    if (share === limit || words(share) !== words(limit)) return { share: words(share), limit: words(limit) }
  }
  return { share: `${share * 100} %`, limit: `${limit * 100} %` }
}

/** A measured value and its limit, with as many digits as it takes to tell the two apart. */
export function measuredWords(
  value: number,
  limit: number,
  locale: string,
): { readonly value: string; readonly limit: string } {
  for (const digits of [4, 8, 15]) {
    const format = formatOf(locale, digits)
    const [one, other] = [format.format(value), format.format(limit)]
    if (one !== other || value === limit) return { value: one, limit: other }
  }
  return { value: String(value), limit: String(limit) }
}

function formatOf(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, digits === 0 ? {} : { maximumSignificantDigits: digits })
  formats.set(key, format)
  return format
}

const formats = new Map<string, Intl.NumberFormat>()

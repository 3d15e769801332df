import { tokensOf } from './tokens.ts'

const NUMBER_OR_SIGN = /\p{N}|[%$€£@]/u
/** Read from the text itself: tokens split an address at its colons and slashes. */
const ADDRESS = /(?:\bhttps?:\/\/|\bwww\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\b(?:\/\S*)?/giu
const TRAILING = /[.,;:!?)\]}"'’”]+$/u
const DAY =
  /^(?:january|february|april|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tonight|tomorrow)$/u
/** Words of other meaning, which are months only where a number is near. */
const PERHAPS_MONTH = /^(?:jan|feb|mar|march|apr|may|jun|jul|aug|sept?|oct|nov|dec)$/u
const HAS_NUMBER = /\p{N}/u

/**
 * Whether something that must not change in passing did: a number (with it phones and dates), one of % $ € £ @, an
 * address, or a day or month in words. Section 4.1. Their order counts: "from 10 to 20" is not "from 20 to 10".
 */
export const isProtectedChange = (before: string, after: string): boolean =>
  before !== after && fingerprint(before) !== fingerprint(after)

function fingerprint(text: string): string {
  const tokens = tokensOf(text)
  const hasNumber = tokens.some((token) => HAS_NUMBER.test(token))
  const kept = tokens.filter(
    (token) => NUMBER_OR_SIGN.test(token) || DAY.test(token) || (hasNumber && PERHAPS_MONTH.test(token)),
  )
  const addresses = (text.normalize('NFC').match(ADDRESS) ?? []).map((address) => address.replace(TRAILING, ''))
  return JSON.stringify([kept, addresses])
}

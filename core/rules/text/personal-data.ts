import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

export type PersonalKind = 'email' | 'phone' | 'iban' | 'card' | 'birth_date' | 'national_id' | 'secret'

/** One thing found; `value` is for comparing with what is allowed, never to be told. */
export type PersonalDatum = { readonly kind: PersonalKind; readonly value: string; readonly masked: string }

/** So many different ones of one kind are looked at; no honest text has more. */
const MOST_EACH = 1_000

/** All that a text tells of a person, or that no person should read. Expects cleaned text; `country` as in `US`. */
export const personalDataIn = (text: string, country: string | null): readonly PersonalDatum[] => [
  ...secretsIn(text),
  ...emailsIn(text),
  ...(/\d/.test(text)
    ? [...ibansIn(text), ...cardsIn(text), ...nationalIdsIn(text), ...birthDatesIn(text), ...phonesIn(text, country)]
    : []),
]

const found = (text: string, pattern: RegExp): readonly string[] => {
  const list = new Set<string>()
  for (const match of text.matchAll(pattern)) {
    list.add(match[1] ?? match[0])
    if (list.size >= MOST_EACH) break
  }
  return [...list]
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')
const ending = (text: string): string => `…${text.slice(-2)}`

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+-](?:[\p{L}\p{N}._%+-]{0,63})@(?:[\p{L}\p{N}-]{1,63}\.){1,6}\p{L}{2,24}/gu
const DISGUISED_EMAIL =
  /(?<![\p{L}\p{N}._%+-])([\p{L}\p{N}._%+-]{1,64} ?[[({] ?(?:at|ät) ?[\])}] ?[\p{L}\p{N}-]{1,63}(?: ?[[({] ?(?:dot|punkt) ?[\])}] ?|\.)\p{L}{2,24})/giu

function emailsIn(text: string): readonly PersonalDatum[] {
  const plain = found(text, EMAIL)
  const disguised = found(text, DISGUISED_EMAIL).map((one) =>
    one.replace(/ ?[[({] ?(?:at|ät) ?[\])}] ?/i, '@').replace(/ ?[[({] ?(?:dot|punkt) ?[\])}] ?/i, '.'),
  )
  return [...plain, ...disguised].map((address) => {
    const value = address.toLowerCase()
    return { kind: 'email', value, masked: `${value.charAt(0)}…${value.slice(value.lastIndexOf('@'))}` }
  })
}

const NUMBER = /(?<![\p{L}\p{N}.,/=_-])\+?[(]?\d[\d\s().\-/\u00a0]{5,22}\d(?![\p{L}\p{N}%€$£]|[.,:]\d)/gu
const SPOKEN =
  /(?:tel|phone|fon|call|ruf|dial|text|sms|whatsapp|mobil|handy|cell|fax|number|nummer)[\p{L}]*[^\p{L}\p{N}]{0,5}(?:(?:us|uns|me|mich|at|on|unter|is|ist|number|nummer)[^\p{L}\p{N}]{1,3}){0,3}$/iu

/** Numbers that the country's plan knows: with a plus or separators, or named as a phone number; ids are mere digits. */
function phonesIn(text: string, country: string | null): readonly PersonalDatum[] {
  const list: PersonalDatum[] = []
  const looked = new Set<string>()
  for (const { 0: candidate, index } of text.matchAll(NUMBER)) {
    // What was not looked at counts as found.
    if (looked.size >= MOST_EACH) return [{ kind: 'phone', value: '', masked: 'too many numbers to check' }]
    const digits = digitsOf(candidate)
    looked.add(digits)
    if (digits.length < 7 || digits.length > 15 || isDate(candidate)) continue
    const grouped = candidate.startsWith('+') || /\d[\s().\-/\u00a0]+\d/.test(candidate)
    if (!grouped && !SPOKEN.test(text.slice(Math.max(0, index - 40), index))) continue
    // safe: what is not a country that the library knows is taken as none
    const parsed = parsePhoneNumberFromString(candidate, (country ?? undefined) as CountryCode | undefined)
    if (parsed?.isValid()) list.push({ kind: 'phone', value: parsed.number, masked: ending(digits) })
  }
  return list
}

const isDate = (text: string): boolean =>
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text) || /^\d{4}-\d{2}-\d{2}(?:\s+\d{1,2})?$/.test(text)

/** How long an IBAN is by its country (ISO 13616 register). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  'AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IL23 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 TR26 UA29 AE23 SA24'
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
)
const IBAN = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:[ \u00a0-]?[a-z0-9]){11,30}/giu

function ibansIn(text: string): readonly PersonalDatum[] {
  return found(text, IBAN).flatMap((candidate): readonly PersonalDatum[] => {
    const all = candidate.replace(/[^a-z0-9]/gi, '').toUpperCase()
    const length = IBAN_LENGTHS[all.slice(0, 2)]
    const value = all.slice(0, length)
    return length !== undefined && value.length === length && mod97(value) === 1
      ? [{ kind: 'iban', value, masked: ending(value) }]
      : []
  })
}

/** ISO 7064: the first four characters at the end, letters as numbers from ten on. */
export function mod97(iban: string): number {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

const CARD = /(?<![\p{L}\p{N}.,_-])\d(?:[ \u00a0-]?\d){14,15}(?![\p{L}\p{N}]|[.,]\d|[ -]?\d)/gu
/** Visa, Mastercard, American Express, Discover, JCB, by their first digits and lengths. */
const CARD_OF = /^(?:4\d{15}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|35\d{14})$/

function cardsIn(text: string): readonly PersonalDatum[] {
  return found(text, CARD)
    .map(digitsOf)
    .filter((digits) => CARD_OF.test(digits) && luhn(digits))
    .map((value) => ({ kind: 'card', value, masked: ending(value) }))
}

/** ISO/IEC 7812: every second digit from the right doubled, the sum of all digits a multiple of ten. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** US social security numbers in their usual form, and mere digits that are called so. */
const SSN = /(?<![\p{L}\p{N}-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\p{L}\p{N}-])/gu
const NAMED_ID =
  /(?:ssn|social security|sozialversicherungs|steuer-?id|national insurance|personalausweis|passport|reisepass)[^\n\d]{0,25}([a-z]{0,2}\d[\d -]{5,14}\d)/giu

const nationalIdsIn = (text: string): readonly PersonalDatum[] =>
  [...found(text, SSN), ...found(text, NAMED_ID)].map((id) => ({
    kind: 'national_id',
    value: digitsOf(id),
    masked: ending(id.trim()),
  }))

const BORN =
  /(?:born|date of birth|d\.?o\.?b\.?|birth ?date|birthday|geboren|geb\.|geburtsdatum|geburtstag|né[e]? le)[^\n\d]{0,20}(\d{1,4}[./\- ]{1,2}(?:\d{1,2}|\p{L}{3,12})[./\-, ]{1,2}\d{2,4}|\d{1,2}(?:st|nd|rd|th)? \p{L}{3,12} \d{4}|\p{L}{3,9} \d{1,2},? \d{4})/giu
const BORN_IN_WORDS =
  /(?:born|date of birth|dob|geboren)(?: on| am|:)? (?:the )?((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}* \d{1,2},? \d{4})/giu

const birthDatesIn = (text: string): readonly PersonalDatum[] =>
  [...found(text, BORN), ...found(text, BORN_IN_WORDS)].map((date) => ({
    kind: 'birth_date',
    value: date,
    masked: `…${date.slice(-4)}`,
  }))

const SECRETS = [
  /(?<![\w-])(?:sk|rk|pk)_(?:live|test)_[\w]{16,}/g,
  /(?<![\w-])sk-(?:proj-|ant-)?[\w-]{20,}/g,
  /(?<!\w)(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)/g,
  /(?<!\w)gh[pousr]_\w{36,}/g,
  /(?<!\w)github_pat_\w{22,}/g,
  /(?<!\w)xox[abprs]-[\w-]{10,}/g,
  /(?<!\w)AIza[\w-]{35}/g,
  /(?<!\w)pat-(?:na|eu)\d-[0-9a-f-]{36}/g,
  /(?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w)/g,
  /(?<!\w)EAA[A-Za-z0-9]{60,}/g,
  /(?<!\w)eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,}/g,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/g,
  /(?:password|passwort|api[ _-]?key|secret|token)\s{0,3}[:=]\s{0,3}(?=\S{0,60}\d)[^\s<>"']{10,}/gi,
]

const secretsIn = (text: string): readonly PersonalDatum[] =>
  SECRETS.flatMap((pattern) => found(text, pattern)).map((value) => ({
    kind: 'secret',
    value,
    masked: `${value.slice(0, 3)}…`,
  }))

import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'

/** White space, control and invisible characters: nobody's address has them inside, whoever hides behind one does. */
const HIDDEN = /[\s\p{Cc}\p{Cf}]/u
const MOST_CHARACTERS = 254

/**
 * The one spelling of an identifier by which a person is found again, with its kind in front; null: it cannot be read,
 * so that it is nobody's. `country`: of telephone numbers without a country code (ISO 3166, two letters); null: they
 * cannot be read.
 */
export function identifierText({ kind, value }: GivenIdentifier, country: string | null): string | null {
  const text = ONE_SPELLING[kind](value.trim(), country)
  return text === null ? null : `${kind}:${text}`
}

const ONE_SPELLING: Readonly<
  Record<GivenIdentifier['kind'], (value: string, country: string | null) => string | null>
> = { email: emailText, phone: phoneText, platform: platformText }

/**
 * Lower case, composed (NFC), the domain in ASCII. What follows a plus and dots stay: to many providers they are other
 * people's addresses, and a withdrawal of the one says nothing of the other.
 */
function emailText(value: string): string | null {
  const at = value.lastIndexOf('@')
  const local = value.slice(0, at).normalize('NFC').toLowerCase()
  const domain = domainText(value.slice(at + 1))
  if (at < 1 || domain === null || value.length > MOST_CHARACTERS || HIDDEN.test(local) || /[<>@,;]/.test(local))
    return null
  return `${local}@${domain}`
}

function domainText(value: string): string | null {
  const domain = value.normalize('NFC').replace(/\.$/, '')
  // What an address parser would take for a path, a port, an escape or a number.
  if (HIDDEN.test(domain) || /[/?#:@%[\]\\]/.test(domain) || !/\.[^.]*\p{L}[^.]*$/u.test(domain)) return null
  const url = URL.parse(`http://${domain}/`)
  return url !== null && url.hostname.includes('.') ? url.hostname : null
}

/** E.164 (`+13035550147`), whatever the spelling. */
function phoneText(value: string, country: string | null): string | null {
  const from = country !== null && isSupportedCountry(country) ? (country satisfies CountryCode) : undefined
  const read = parsePhoneNumberFromString(value.normalize('NFKC'), from)
  return read?.isPossible() === true ? read.number : null
}

function platformText(value: string): string | null {
  return /^[a-z]{2,20}:[^\s\p{Cc}\p{Cf}]{1,200}$/u.test(value) ? value : null
}

/** The country that a locale names (`en-US`: `US`); null: it names none. */
export const countryOf = (locale: string): string | null =>
  /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(locale)?.[1] ?? null

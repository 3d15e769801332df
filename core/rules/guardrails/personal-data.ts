import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import { CHANNELS } from '../../domain/category.ts'
import { onceFor } from '../text/once-for.ts'
import { type PersonalDatum, type PersonalKind, personalDataIn } from '../text/personal-data.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, reason, type Subject } from './guardrail.ts'

const WORDS: Readonly<Record<PersonalKind, string>> = {
  secret: 'a password or access key',
  email: 'an e-mail address',
  phone: 'a phone number',
  iban: 'a bank account',
  card: 'a card number',
  national_id: 'a national id number',
  birth_date: 'a date of birth',
}
// safe: the keys of the table itself
const KINDS = Object.keys(WORDS) as [PersonalKind, ...PersonalKind[]]

const MOST_MASKED = 40

/**
 * Personal data where it does not belong: in what the public or many people read. A mail to one person may hold their
 * own; notes in the CRM are looked at where `channels` names it. What is found is told masked.
 */
export const personalData = defineSection({
  denies: true,
  schema: z.strictObject({
    kinds: z.array(z.enum(KINDS)).min(1).optional(),
    /** Where it is looked for; everywhere but the CRM when not said. */
    channels: z.array(z.enum(CHANNELS)).min(1).optional(),
    /** The business's own: addresses, whole domains (`@smile.com`), phone numbers, accounts. */
    allow: z.array(z.string().min(3).max(200)).max(500).optional(),
    outcome: z.enum(['warn', 'ask', 'block']).default('block'),
  }),
  guardrail: onceFor((values): Guardrail => {
    const [{ outcome }] = values
    const kinds = new Set(values.flatMap((value) => value.kinds ?? KINDS))
    const channels = new Set(values.flatMap((value) => value.channels ?? CHANNELS.filter((one) => one !== 'crm')))
    const allowed = values.flatMap(({ allow = [] }) => allow)
    return (subject, { locale }) => {
      if (!channels.has(subject.channel) || isToOnePerson(subject)) return null
      const country = countryOf(locale)
      const told = new Set<PersonalKind>()
      const reasons = readingOf(subject.texts).parts.flatMap((part) =>
        part.faces
          .flatMap((face) => personalDataIn(face, country))
          .filter((one) => kinds.has(one.kind) && !told.has(one.kind) && !isAllowed(one, allowed, country))
          .flatMap((one) => {
            if (told.has(one.kind)) return []
            told.add(one.kind)
            const text = `It shows ${WORDS[one.kind]} (${short(one.masked)}) to its readers. Without it, or with it on the list of your own, it would pass.`
            return [reason(`personal_data.${one.kind}`, outcome, text)]
          }),
      )
      return reasons
    }
  }),
})

const isToOnePerson = ({ channel, people, preparing }: Subject): boolean =>
  channel === 'email' && people === 1 && !preparing

const countries = new Map<string, string | null>()

/** The country whose numbers need no prefix; there are as many locales as workspaces speak. */
function countryOf(locale: string): string | null {
  const known = countries.get(locale)
  if (known !== undefined) return known
  const country = new Intl.Locale(locale).maximize().region ?? null
  countries.set(locale, country)
  return country
}

const short = (masked: string): string =>
  masked.length <= MOST_MASKED ? masked : `${masked.slice(0, 2)}…${masked.slice(2 - MOST_MASKED)}`

function isAllowed({ kind, value }: PersonalDatum, allowed: readonly string[], country: string | null): boolean {
  return allowed.some((one) => {
    const own = one.trim().toLowerCase()
    if (kind === 'email') return own === value || (own.startsWith('@') && value.endsWith(own))
    if (kind === 'phone') return phoneOf(own, country) === value
    return own.replace(/[^a-z0-9]/g, '') === value.toLowerCase().replace(/[^a-z0-9]/g, '')
  })
}

// safe: what is not a country that the library knows is taken as none
const phoneOf = (text: string, country: string | null): string | undefined =>
  parsePhoneNumberFromString(text, (country ?? undefined) as Parameters<typeof parsePhoneNumberFromString>[1])?.number

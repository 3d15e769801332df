import { ok } from '../../core/domain/result.ts'
import type { Recipient } from '../../core/ports/kind.ts'
import type { Answer } from '../define.ts'
import type { HubSpot } from './client.ts'
import type { PastContact } from './wire.ts'

/** Set where somebody wants no e-mail at all. */
export const OPTED_OUT = 'hs_email_optout'

/** How a contact is told apart from those of other platforms. */
export const contactIdentifier = (id: string) => ({ kind: 'platform' as const, value: `hubspot:${id}` })

/** What HubSpot itself says of these contacts; those that it does not have are left out. */
export async function readContacts(ids: readonly string[], hubspot: HubSpot): Answer<readonly Recipient[]> {
  const found = await hubspot.pastContacts(ids, ['email', OPTED_OUT])
  return found.ok ? ok(found.value.map(contactOf)) : found
}

/**
 * Whoever never opted out has not agreed to anything by that; whoever opted out and came back has, when they came back, for
 * the address that they had then: anybody may have given the contact another one since. The times are those of HubSpot's
 * history, never those that a webhook tells.
 */
export function contactOf({ id, properties, propertiesWithHistory }: PastContact): Recipient {
  const { email, [OPTED_OUT]: optedOut } = properties
  const identifiers = [contactIdentifier(id), ...(email ? [{ kind: 'email' as const, value: email }] : [])]
  const past = oldestFirst(propertiesWithHistory[OPTED_OUT])
  const newest = past.at(-1)
  if (optedOut === 'true')
    return { identifiers, says: 'unsubscribed', since: newest?.value === 'true' ? newest.timestamp : null }
  const lastOut = past.findLastIndex(({ value }) => value === 'true')
  const back = lastOut === -1 ? undefined : past[lastOut + 1]
  if (optedOut !== 'false' || back?.value !== 'false') return { identifiers, says: 'unknown', since: null }
  const had = oldestFirst(propertiesWithHistory['email']).findLast(({ timestamp }) => timestamp < back.timestamp)
  return email && had?.value && sameAddress(had.value, email)
    ? { identifiers, says: 'subscribed', since: back.timestamp }
    : { identifiers, says: 'unknown', since: null }
}

const oldestFirst = (values: PastContact['propertiesWithHistory'][string] = []) =>
  values.toSorted((a, b) => a.timestamp.getTime() - b.timestamp.getTime())

const sameAddress = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

import { z } from 'zod'
import { err, ok, type Result } from '../../core/domain/result.ts'
import type { Session } from '../../core/ports/platform.ts'
import type { Told } from '../../core/ports/webhooks.ts'
import { clientOf } from '../define.ts'
import { parsed } from '../http.ts'
import { READ_BACK_MS, type ReadWebhook } from '../webhook.ts'
import type { HubSpot } from './client.ts'
import { contactIdentifier, OPTED_OUT, readContacts } from './read-contacts.ts'
import { isSignedByHubSpot } from './signature.ts'

/** HubSpot sends fewer at once. */
const MOST_EVENTS = 100
const LATEST_MS = 8.64e15
/** HubSpot's number for contacts among all that it keeps. */
const CONTACTS = '0-1'

const AnyNumber = z.union([z.int().positive(), z.string().regex(/^\d{1,20}$/)]).transform(String)

const Event = z.looseObject({
  subscriptionType: z.string().max(100),
  portalId: AnyNumber,
  objectId: AnyNumber,
  occurredAt: z
    .int()
    .min(0)
    .max(LATEST_MS)
    .transform((ms) => new Date(ms)),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  propertyValue: z.union([z.string(), z.boolean()]).transform(String).nullish(),
})
type Event = z.infer<typeof Event>

/** What a message says, and about which contacts to ask HubSpot. */
export type HubSpotMessage = { readonly told: readonly Told[]; readonly toRead: readonly string[] }

const Proof = z.object({ clientSecret: z.string().min(1).optional(), portalId: AnyNumber.optional() })

/**
 * Reads what HubSpot posts about contacts. That somebody wants no e-mail, or had to be forgotten, counts at once. That they
 * want it again, and who a contact is, counts as HubSpot has it, when it is asked.
 */
export const readHubSpotWebhook: ReadWebhook = (message, credentials, now) => {
  const proof = Proof.safeParse(credentials)
  if (!proof.success) return err({ kind: 'unverifiable' })
  const { clientSecret, portalId = null } = proof.data
  if (clientSecret !== undefined && !isSignedByHubSpot(message, clientSecret, now)) return err({ kind: 'unsigned' })
  const read = readHubSpotMessage(message.body, portalId)
  if (!read.ok) return err({ kind: 'unreadable', says: read.error })
  const { told, toRead } = read.value
  const ask = (session: Session) => readContacts(toRead, clientOf<HubSpot>(session, 'hubspot', READ_BACK_MS))
  return ok({ told, readBack: toRead.length === 0 ? null : ask })
}

/**
 * Reads the list of events; the error says what was wrong with it. `portalId`: the account that the connection is of; null:
 * it is not known, and all have to be of one. An event that cannot be read does not keep the others from counting.
 */
export function readHubSpotMessage(body: string, portalId: string | null): Result<HubSpotMessage, string> {
  const list = parsed(body)
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_EVENTS)
    return err(`This is not a list of 1 to ${MOST_EVENTS} events as HubSpot sends it.`)
  const events = list.map((one) => Event.safeParse(one)).flatMap((read) => (read.success ? [read.data] : []))
  if (events.length === 0) return err('None of these is an event as HubSpot sends it.')
  const ours = events.filter((event) => portalId === null || event.portalId === portalId)
  if (ours.length === 0) return err('These events are of another HubSpot account.')
  if (new Set(ours.map((event) => event.portalId)).size > 1)
    return err('These events are of several HubSpot accounts: the connection has to say which is its own (portalId).')
  const all = ours.map(newsOf)
  return ok({
    told: all.flatMap(({ told }) => told),
    toRead: [...new Set(all.flatMap(({ toRead }) => toRead))],
  })
}

const NOTHING: HubSpotMessage = { told: [], toRead: [] }

function newsOf(event: Event): HubSpotMessage {
  const { objectId: id, occurredAt: at, objectTypeId } = event
  const identifiers = [contactIdentifier(id)]
  // In the newer form the type of the object stands beside the event.
  const type =
    objectTypeId === CONTACTS ? event.subscriptionType.replace(/^object\./, 'contact.') : event.subscriptionType
  switch (type) {
    case 'contact.creation':
    case 'contact.restore':
      return { told: [], toRead: [id] }
    case 'contact.propertyChange': {
      const { propertyName: name, propertyValue: value } = event
      if (name !== OPTED_OUT && name !== 'email') return NOTHING
      const withdrew: Told = { kind: 'withdrew', identifiers, channel: 'email', at, source: 'HubSpot' }
      return { told: name === OPTED_OUT && value === 'true' ? [withdrew] : [], toRead: [id] }
    }
    case 'contact.privacyDeletion':
      return { told: [{ kind: 'forgotten', identifiers }], toRead: [] }
    // A record that was deleted, or merged into another one, says nothing of the person.
    default:
      return NOTHING
  }
}

import { z } from 'zod'
import { excerpt, plainText } from '../../words.ts'
import { defineHubSpotKind } from '../connector.ts'
import { ContactId, contactIdWords, contactIsThere } from '../contact-fields.ts'
import {
  createEngagement,
  EngagementAfter,
  EngagementBefore,
  engagementBefore,
  findEngagement,
  undoEngagement,
} from '../engagements.ts'

const propertiesOf = (body: string, at: string) => ({ hs_note_body: body, hs_timestamp: at })

/** Puts a note on a contact's timeline, seen by the team only. */
export const createNote = defineHubSpotKind({
  id: 'hubspot.note.create',
  title: 'Add a note to a contact',
  category: 'crm_update',
  channel: 'crm',
  risk: 'low',
  effect: { repeat: 'unsafe', undo: 'compensating' },
  reachesPeople: false,
  scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write'],
  timeoutMs: 15_000,
  settlesAfterMs: 30_000,
  authoritative: false,
  input: z.strictObject({ contactId: ContactId, body: z.string().min(1).max(65_536) }),
  fields: { contactId: contactIdWords, body: { label: 'Note', long: true } },
  before: EngagementBefore,
  after: EngagementAfter,

  preview: ({ contactId, body }) => ({
    title: 'a contact gets a note for your team',
    done: 'a contact got a note for your team',
    lines: [
      { label: 'Contact', value: contactId },
      { label: 'Note', value: excerpt(plainText(body), 500) },
    ],
  }),

  preflight: ({ contactId }, hubspot) => contactIsThere(hubspot, contactId),
  beforeState: ({ contactId }, hubspot) => engagementBefore('notes', contactId, hubspot),
  run: ({ contactId, body }, { at }, hubspot) => createEngagement('notes', contactId, propertiesOf(body, at), hubspot),
  lookUp: ({ contactId, body }, before, hubspot) =>
    findEngagement('notes', contactId, propertiesOf(body, before.at), before, hubspot),
  undo: undoEngagement('notes', { hs_note_body: 'Note' }),
})

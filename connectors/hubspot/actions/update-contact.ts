import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { differences, same } from '../../define.ts'
import { joined } from '../../words.ts'
import type { HubSpot } from '../client.ts'
import { defineHubSpotKind } from '../connector.ts'
import {
  contactIdWords,
  contactIsThere,
  ContactId,
  Email,
  labelOf,
  labelsOf,
  linesOf,
  MoreProperties,
  namedFields,
  namedWords,
  propertiesOf,
  propertiesWords,
  Touched,
  touched,
  writable,
} from '../contact-fields.ts'

/** Sets named properties of one contact; the undo writes the former values back, empty ones included. */
export const updateContact = defineHubSpotKind({
  id: 'hubspot.contact.update',
  title: 'Update a contact',
  category: 'crm_update',
  channel: 'crm',
  risk: 'low',
  effect: { repeat: 'safe', undo: 'exact' },
  reachesPeople: false,
  scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write'],
  timeoutMs: 15_000,
  settlesAfterMs: 30_000,
  authoritative: true,
  input: z
    .strictObject({ contactId: ContactId, email: Email.optional(), ...namedFields, properties: MoreProperties })
    .refine((input) => Object.keys(propertiesOf(input)).length > 0, 'names nothing to change'),
  fields: {
    contactId: contactIdWords,
    email: { label: 'E-mail' },
    ...namedWords,
    properties: propertiesWords,
  },
  before: Touched,
  after: Touched,

  preview(input) {
    const properties = propertiesOf(input)
    const names = Object.keys(properties).map((name) => labelOf(name).toLowerCase())
    return {
      title: `a contact gets a new ${joined(names)}`,
      done: `a contact got a new ${joined(names)}`,
      lines: [{ label: 'Contact', value: input.contactId }, ...linesOf(properties)],
    }
  },

  preflight: (input, hubspot) => contactIsThere(hubspot, input.contactId),
  beforeState: (input, hubspot) => current(hubspot, input.contactId, Object.keys(propertiesOf(input))),

  async run(input, _before, hubspot) {
    const properties = propertiesOf(input)
    const sent = await hubspot.updateContact(input.contactId, properties)
    if (!sent.ok) return sent
    const after = touched(Object.keys(properties), { ...properties, ...sent.value.properties })
    return ok({ reference: input.contactId, after })
  },

  async lookUp(input, _before, hubspot) {
    const properties = propertiesOf(input)
    const now = await current(hubspot, input.contactId, Object.keys(properties))
    if (!now.ok) return now
    if (!same(now.value, touched(Object.keys(properties), properties))) return ok({ found: false })
    return ok({ found: true, receipt: { reference: input.contactId, after: now.value } })
  },

  undo: {
    async changedSince(input, _before, receipt, hubspot) {
      const names = Object.keys(receipt.after)
      const now = await current(hubspot, input.contactId, names)
      return now.ok ? ok(differences(labelsOf(names), receipt.after, now.value)) : now
    },
    async run(input, before, _receipt, hubspot) {
      const sent = await hubspot.updateContact(input.contactId, writable(before))
      return sent.ok ? ok({ after: before }) : sent
    },
    async lookUp(input, before, _receipt, hubspot) {
      const now = await current(hubspot, input.contactId, Object.keys(before))
      return now.ok ? ok(same(now.value, before)) : now
    },
  },
})

async function current(hubspot: HubSpot, contactId: string, names: readonly string[]) {
  const contact = await hubspot.getContact(contactId, names)
  return contact.ok ? ok(touched(names, contact.value.properties)) : contact
}

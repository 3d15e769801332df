import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { differences } from '../../define.ts'
import { orNull } from '../../http.ts'
import { quoted } from '../../words.ts'
import { defineHubSpotKind } from '../connector.ts'
import {
  Email,
  labelsOf,
  linesOf,
  MoreProperties,
  namedFields,
  namedWords,
  propertiesOf,
  propertiesWords,
  Touched,
  touched,
} from '../contact-fields.ts'

/**
 * HubSpot keys contacts by e-mail, so the look-up by e-mail says for certain whether one was made. Undo archives: the
 * contact goes to HubSpot's recycle bin for 90 days, which is less than never having been there.
 */
export const createContact = defineHubSpotKind({
  id: 'hubspot.contact.create',
  title: 'Add a contact',
  category: 'crm_update',
  channel: 'crm',
  risk: 'low',
  effect: { repeat: 'unsafe', undo: 'compensating' },
  reachesPeople: false,
  scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write'],
  timeoutMs: 15_000,
  settlesAfterMs: 30_000,
  authoritative: true,
  refersTo: 'person',
  input: z.strictObject({ email: Email, ...namedFields, properties: MoreProperties }),
  fields: { email: { label: 'E-mail' }, ...namedWords, properties: propertiesWords },
  before: z.strictObject({ contactId: z.string().nullable() }),
  after: Touched,

  preview(input) {
    const name = [input.firstName, input.lastName].filter(Boolean).join(' ')
    const who = name === '' ? quoted(input.email) : `${quoted(name)} (${input.email})`
    return {
      title: `${who} is added to your HubSpot contacts`,
      done: `${who} was added to your HubSpot contacts`,
      lines: linesOf(propertiesOf(input)),
    }
  },

  async preflight(input, hubspot) {
    const existing = orNull(await hubspot.getContact(input.email, ['email'], 'email'))
    if (!existing.ok) return existing
    return ok(existing.value === null ? [] : [`HubSpot already has a contact with the address ${input.email}.`])
  },

  async beforeState(input, hubspot) {
    const existing = orNull(await hubspot.getContact(input.email, ['email'], 'email'))
    return existing.ok ? ok({ contactId: existing.value?.id ?? null }) : existing
  },

  async run(input, _before, hubspot) {
    const properties = propertiesOf(input)
    const made = await hubspot.createContact(properties)
    if (!made.ok) return made
    return ok({
      reference: made.value.id,
      after: touched(Object.keys(properties), { ...properties, ...made.value.properties }),
    })
  },

  async lookUp(input, before, hubspot) {
    const names = Object.keys(propertiesOf(input))
    const found = orNull(await hubspot.getContact(input.email, names, 'email'))
    if (!found.ok) return found
    if (found.value === null || before.contactId !== null) return ok({ found: false })
    return ok({
      found: true,
      receipt: { reference: found.value.id, after: touched(names, found.value.properties) },
    })
  },

  undo: {
    async changedSince(_input, _before, receipt, hubspot) {
      const names = Object.keys(receipt.after)
      const now = orNull(await hubspot.getContact(receipt.reference, names))
      if (!now.ok) return now
      if (now.value === null) return ok([{ label: 'Contact', was: 'in HubSpot', is: 'archived or deleted' }])
      return ok(differences(labelsOf(names), receipt.after, touched(names, now.value.properties)))
    },
    async run(_input, _before, receipt, hubspot) {
      const archived = await hubspot.archiveContact(receipt.reference)
      return archived.ok ? ok({ after: { archived: true } }) : archived
    },
    async lookUp(_input, _before, receipt, hubspot) {
      const now = orNull(await hubspot.getContact(receipt.reference, ['email']))
      return now.ok ? ok(now.value === null) : now
    },
  },
})

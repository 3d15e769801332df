import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { type Answer, differences, same } from '../../define.ts'
import { halfDone } from '../../http.ts'
import { quoted } from '../../words.ts'
import type { HubSpot } from '../client.ts'
import { defineHubSpotKind } from '../connector.ts'
import { ContactId, contactIdWords, contactIsThere } from '../contact-fields.ts'

/** HubSpot's lifecycle stages in their order. */
const STAGES = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
] as const

const WORDS: Readonly<Record<(typeof STAGES)[number], string>> = {
  subscriber: 'Subscriber',
  lead: 'Lead',
  marketingqualifiedlead: 'Marketing qualified lead',
  salesqualifiedlead: 'Sales qualified lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  other: 'Other',
}

const Stage = z.strictObject({ stage: z.string().nullable() })
const PROPERTY = 'lifecyclestage'

/** Moves one contact to another lifecycle stage, forwards or backwards. */
export const setContactStage = defineHubSpotKind({
  id: 'hubspot.contact.set_stage',
  title: 'Move a contact to another stage',
  category: 'crm_update',
  channel: 'crm',
  risk: 'low',
  effect: { repeat: 'safe', undo: 'exact' },
  reachesPeople: false,
  scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write'],
  timeoutMs: 15_000,
  settlesAfterMs: 30_000,
  authoritative: true,
  input: z.strictObject({ contactId: ContactId, stage: z.enum(STAGES) }),
  fields: { contactId: contactIdWords, stage: { label: 'New stage', options: WORDS } },
  before: Stage,
  after: Stage,

  preview: ({ contactId, stage }) => ({
    title: `a contact moves to the stage ${quoted(WORDS[stage])}`,
    done: `a contact moved to the stage ${quoted(WORDS[stage])}`,
    lines: [
      { label: 'Contact', value: contactId },
      { label: 'New stage', value: WORDS[stage] },
    ],
  }),

  preflight: ({ contactId }, hubspot) => contactIsThere(hubspot, contactId),
  beforeState: ({ contactId }, hubspot) => current(hubspot, contactId),

  async run({ contactId, stage }, before, hubspot) {
    const moved = await move(hubspot, contactId, before.stage, stage)
    return moved.ok ? ok({ reference: contactId, after: { stage } }) : moved
  },

  async lookUp({ contactId, stage }, _before, hubspot) {
    const now = await current(hubspot, contactId)
    if (!now.ok) return now
    return ok(
      now.value.stage === stage
        ? { found: true, receipt: { reference: contactId, after: now.value } }
        : { found: false },
    )
  },

  undo: {
    async changedSince({ contactId }, _before, receipt, hubspot) {
      const now = await current(hubspot, contactId)
      return now.ok ? ok(differences({ stage: 'Stage' }, receipt.after, now.value)) : now
    },
    async run({ contactId, stage }, before, _receipt, hubspot) {
      const moved = await move(hubspot, contactId, stage, before.stage)
      return moved.ok ? ok({ after: before }) : moved
    },
    async lookUp({ contactId }, before, _receipt, hubspot) {
      const now = await current(hubspot, contactId)
      return now.ok ? ok(same(now.value, before)) : now
    },
  },
})

async function current(hubspot: HubSpot, contactId: string): Answer<z.infer<typeof Stage>> {
  const contact = await hubspot.getContact(contactId, [PROPERTY])
  return contact.ok ? ok({ stage: contact.value.properties[PROPERTY] || null }) : contact
}

/**
 * HubSpot moves stages forwards only and ignores a step back without an error; a step back goes through empty. See
 * https://developers.hubspot.com/docs/api/crm/contacts (lifecycle stage).
 */
async function move(hubspot: HubSpot, contactId: string, from: string | null, to: string | null): Answer<void> {
  if (to === null) {
    const cleared = await hubspot.updateContact(contactId, { [PROPERTY]: '' })
    return cleared.ok ? ok(undefined) : cleared
  }
  if (isForwards(from, to)) {
    const set = await hubspot.updateContact(contactId, { [PROPERTY]: to })
    if (!set.ok) return set
    const now = set.value.properties[PROPERTY]
    if (now === undefined || now === to) return ok(undefined)
  }
  const cleared = await hubspot.updateContact(contactId, { [PROPERTY]: '' })
  if (!cleared.ok) return cleared
  const set = await hubspot.updateContact(contactId, { [PROPERTY]: to })
  return set.ok ? ok(undefined) : { ok: false, error: halfDone(set.error) }
}

function isForwards(from: string | null, to: string): boolean {
  const order: readonly string[] = STAGES
  // A stage of the account's own has no place that we know of: it is left through empty.
  return from === null || from === to || (order.includes(from) && order.indexOf(from) < order.indexOf(to))
}

import { z } from 'zod'
import { ok } from '../../core/domain/result.ts'
import { type Answer, differences, same, type UndoSpec } from '../define.ts'
import { orNull } from '../http.ts'
import type { Engagement, HubSpot } from './client.ts'
import { Touched, touched } from './contact-fields.ts'

/** What the contact's timeline held before, and the time that the new record will bear. */
export const EngagementBefore = z.strictObject({ ids: z.array(z.string()), at: z.iso.datetime() })
export type EngagementBefore = z.infer<typeof EngagementBefore>
export const EngagementAfter = Touched

export async function engagementBefore(
  type: Engagement,
  contactId: string,
  hubspot: HubSpot,
): Answer<EngagementBefore> {
  const ids = await hubspot.engagementsOf(type, contactId)
  return ids.ok ? ok({ ids: [...ids.value], at: hubspot.now().toISOString() }) : ids
}

export async function createEngagement(
  type: Engagement,
  contactId: string,
  properties: Readonly<Record<string, string>>,
  hubspot: HubSpot,
) {
  const made = await hubspot.createEngagement(type, contactId, properties)
  if (!made.ok) return made
  return ok({ reference: made.value.id, after: touched(Object.keys(properties), properties) })
}

/**
 * A record of the contact that was not there before and says the same. HubSpot has no key for this and does not say
 * how soon an association can be read, so "not found" proves nothing: the kinds are not authoritative.
 */
export async function findEngagement(
  type: Engagement,
  contactId: string,
  properties: Readonly<Record<string, string>>,
  before: EngagementBefore,
  hubspot: HubSpot,
) {
  const ids = await hubspot.engagementsOf(type, contactId)
  if (!ids.ok) return ids
  const names = Object.keys(properties)
  const fresh = ids.value.filter((id) => !before.ids.includes(id))
  const read = await hubspot.readEngagements(type, fresh, names)
  if (!read.ok) return read
  const wanted = normal(touched(names, properties))
  const found = read.value.find((record) => same(normal(touched(names, record.properties)), wanted))
  if (found === undefined) return ok({ found: false } as const)
  return ok({
    found: true,
    receipt: { reference: found.id, after: touched(names, found.properties) },
  } as const)
}

/** HubSpot writes instants in its own spelling. */
function normal(properties: Touched): Touched {
  const at = properties.hs_timestamp
  return at === null || at === undefined ? properties : { ...properties, hs_timestamp: new Date(at).toISOString() }
}

/** Archiving takes the record off the timeline; it stays in HubSpot's recycle bin. */
export function undoEngagement<In>(
  type: Engagement,
  labels: Readonly<Record<string, string>>,
): UndoSpec<HubSpot, In, EngagementBefore, Touched> {
  return {
    async changedSince(_input, _before, receipt, hubspot) {
      const now = orNull(await hubspot.getEngagement(type, receipt.reference, Object.keys(receipt.after)))
      if (!now.ok) return now
      if (now.value === null) return ok([{ label: 'Record', was: 'on the timeline', is: 'archived or deleted' }])
      const is = normal(touched(Object.keys(receipt.after), now.value.properties))
      return ok(differences(labels, normal(receipt.after), is))
    },
    async run(_input, _before, receipt, hubspot) {
      const archived = await hubspot.archiveEngagement(type, receipt.reference)
      return archived.ok ? ok({ after: { archived: true } }) : archived
    },
    async lookUp(_input, _before, receipt, hubspot) {
      const now = orNull(await hubspot.getEngagement(type, receipt.reference, ['hs_timestamp']))
      return now.ok ? ok(now.value === null) : now
    },
  }
}

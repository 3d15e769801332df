import type { Context } from 'hono'
import { z } from 'zod'
import type { SandboxRecord } from './sandbox-seed.ts'

/** An error as HubSpot writes it. */
export function hubspotError(c: Context, status: 400 | 401 | 403 | 404 | 409, category: string, message: string) {
  return c.json({ status: 'error', message, correlationId: '00000000-0000-4000-8000-000000000000', category }, status)
}

export const PostBody = z.object({
  properties: z.record(z.string(), z.string()),
  associations: z
    .array(
      z.object({
        to: z.object({ id: z.string() }),
        types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.number() })),
      }),
    )
    .optional(),
})

/** Lifecycle stages, which move forwards only. */
export const STAGE_ORDER: readonly string[] = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
]

/** An empty text clears a property; addresses are kept in lower case. */
export function withProperties(
  before: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): Record<string, string> {
  const after: Record<string, string> = { ...before }
  for (const [name, value] of Object.entries(change)) {
    if (value === '') delete after[name]
    else after[name] = name === 'email' ? value.toLowerCase() : value
  }
  return after
}

export const BatchBody = z.object({
  inputs: z.array(z.object({ id: z.string() })),
  properties: z.array(z.string()),
  propertiesWithHistory: z.array(z.string()),
})

/** What the address of a contact was, the oldest first. */
export const emailsOf = ({ emails, properties, createdAt }: SandboxRecord) =>
  emails ?? (properties.email === undefined ? [] : [{ value: properties.email, timestamp: createdAt }])

/** A contact as HubSpot answers it with its past; only opting out and the address have one here. */
export function shownPast(record: SandboxRecord, asked: readonly string[], past: readonly string[]) {
  const kept = { hs_email_optout: record.optOuts ?? [], email: emailsOf(record) }
  const history = Object.entries(kept)
    .filter(([name, values]) => past.includes(name) && values.length > 0)
    .map(([name, values]) => [name, values.toReversed().map((one) => ({ ...one, sourceType: 'CRM_UI' }))])
  return { ...shown(record, asked), propertiesWithHistory: Object.fromEntries(history) }
}

/** A record as HubSpot answers it: the asked properties (null where never set) and its own three. */
export function shown(record: SandboxRecord, asked: readonly string[]) {
  const properties: Record<string, string | null> = {
    hs_object_id: record.id,
    createdate: record.createdAt,
    lastmodifieddate: record.updatedAt,
  }
  for (const name of asked) properties[name] ??= record.properties[name] ?? null
  return {
    id: record.id,
    properties,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archived,
  }
}

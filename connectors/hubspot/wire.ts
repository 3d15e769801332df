import { z } from 'zod'

/** A CRM record as the official client gives it; a property that was never set is null. */
export const CrmRecord = z.object({
  id: z.string().min(1),
  properties: z.record(z.string(), z.string().nullable()),
})
export type CrmRecord = z.infer<typeof CrmRecord>

/** The client gives undefined for a 204; a page of somebody else's with a 200 is not an answer. */
export const Nothing = z.undefined()

export const List = z.object({
  list: z.object({
    listId: z.string(),
    name: z.string(),
    processingType: z.string(),
    objectTypeId: z.string(),
    deletedAt: z.unknown().optional(),
  }),
})
export type List = z.infer<typeof List>

export const MembershipsUpdate = z.object({
  recordIdsRemoved: z.array(z.string()),
  recordsIdsAdded: z.array(z.string()),
  recordIdsMissing: z.array(z.string()),
})

export const RecordMemberships = z.object({
  results: z.array(
    z.object({ recordId: z.string(), recordListMemberships: z.array(z.object({ listId: z.string() })) }),
  ),
})

export const Associated = z.object({
  results: z.array(z.object({ toObjectId: z.coerce.string() })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
})

const Value = z.object({ value: z.string().nullable(), timestamp: z.coerce.date() })

/** A contact with what its properties were before, where that was asked for. */
export const PastContact = CrmRecord.extend({ propertiesWithHistory: z.record(z.string(), z.array(Value)).default({}) })
export type PastContact = z.infer<typeof PastContact>
export const PastContacts = z.object({ results: z.array(PastContact) })

export const BatchRead = z.object({ results: z.array(CrmRecord) })

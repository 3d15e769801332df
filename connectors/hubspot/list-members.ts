import { z } from 'zod'
import type { Difference } from '../../core/ports/kind.ts'
import { ok } from '../../core/domain/result.ts'
import type { Answer } from '../define.ts'
import type { FieldWords } from '../fields.ts'
import { orNull } from '../http.ts'
import { counted } from '../words.ts'
import type { HubSpot } from './client.ts'
import { ContactId } from './contact-fields.ts'

/** HubSpot reads the memberships of at most this many contacts at once. */
const MOST_CONTACTS = 100

export const ListInput = z.strictObject({
  listId: z.string().regex(/^\d{1,20}$/, 'must be the number of a HubSpot list'),
  contactIds: z
    .array(ContactId)
    .min(1)
    .max(MOST_CONTACTS)
    .refine((ids) => new Set(ids).size === ids.length, 'names a contact twice'),
})
export type ListInput = z.infer<typeof ListInput>

export const listFields = {
  listId: { label: 'List', help: 'Number of the list in HubSpot', editable: false },
  contactIds: { label: 'Contacts', help: 'Numbers of the contacts in HubSpot', person: true },
} satisfies Record<keyof ListInput, FieldWords>

/** Which of the named contacts are on the list, in the order of the input. */
export const Members = z.strictObject({ members: z.array(z.string()) })
export type Members = z.infer<typeof Members>

export async function membersNow(input: ListInput, hubspot: HubSpot): Answer<Members> {
  const found = await hubspot.membersAmong(input.listId, input.contactIds)
  return found.ok ? ok({ members: input.contactIds.filter((id) => found.value.includes(id)) }) : found
}

export async function listTakesPeople(input: ListInput, hubspot: HubSpot): Answer<readonly string[]> {
  const list = orNull(await hubspot.getList(input.listId))
  if (!list.ok) return list
  if (list.value === null || list.value.deletedAt !== undefined) return ok(['This list is no longer in HubSpot.'])
  return ok(
    list.value.processingType === 'DYNAMIC'
      ? [`The list ‘${list.value.name}’ fills itself by its own rules; nobody can be added or removed by hand.`]
      : [],
  )
}

export async function listChangedSince(
  input: ListInput,
  after: Members,
  hubspot: HubSpot,
): Answer<readonly Difference[]> {
  const now = await membersNow(input, hubspot)
  if (!now.ok) return now
  const moved = input.contactIds.filter((id) => after.members.includes(id) !== now.value.members.includes(id))
  if (moved.length === 0) return ok([])
  const on = (members: Members) => `${counted(members.members.length, 'contact', 'contacts')} of these on the list`
  return ok([{ label: 'List members', was: on(after), is: on(now.value) }])
}

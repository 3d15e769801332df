import { ok } from '../../../core/domain/result.ts'
import { same } from '../../define.ts'
import { counted } from '../../words.ts'
import { defineHubSpotKind } from '../connector.ts'
import { listChangedSince, listFields, ListInput, listTakesPeople, Members, membersNow } from '../list-members.ts'

/** Adds contacts to a static list; the undo takes off only those who were not on it before. */
export const addToList = defineHubSpotKind({
  id: 'hubspot.list.add',
  title: 'Add contacts to a list',
  category: 'audience',
  channel: 'crm',
  risk: 'medium',
  effect: { repeat: 'safe', undo: 'exact' },
  reachesPeople: false,
  scopes: ['crm.lists.read', 'crm.lists.write', 'crm.objects.contacts.read'],
  timeoutMs: 15_000,
  settlesAfterMs: 30_000,
  authoritative: true,
  input: ListInput,
  fields: listFields,
  before: Members,
  after: Members,

  preview({ listId, contactIds }) {
    const who = counted(contactIds.length, 'contact', 'contacts')
    const [is, was] = contactIds.length === 1 ? ['is', 'was'] : ['are', 'were']
    return {
      title: `${who} ${is} added to a list`,
      done: `${who} ${was} added to a list`,
      lines: [
        { label: 'List', value: listId },
        { label: 'Contacts', value: contactIds.join(', ') },
      ],
    }
  },
  people: ({ contactIds }) => contactIds.length,

  preflight: listTakesPeople,
  beforeState: membersNow,

  async run(input, before, hubspot) {
    const sent = await hubspot.addToList(input.listId, input.contactIds)
    if (!sent.ok) return sent
    const on = new Set([...before.members, ...sent.value])
    return ok({ reference: input.listId, after: { members: input.contactIds.filter((id) => on.has(id)) } })
  },

  async lookUp(input, _before, hubspot) {
    const now = await membersNow(input, hubspot)
    if (!now.ok) return now
    if (now.value.members.length < input.contactIds.length) return ok({ found: false })
    return ok({ found: true, receipt: { reference: input.listId, after: now.value } })
  },

  undo: {
    changedSince: (input, _before, receipt, hubspot) => listChangedSince(input, receipt.after, hubspot),
    async run(input, before, receipt, hubspot) {
      const added = receipt.after.members.filter((id) => !before.members.includes(id))
      if (added.length === 0) return ok({ after: before })
      const sent = await hubspot.removeFromList(input.listId, added)
      return sent.ok ? ok({ after: before }) : sent
    },
    async lookUp(input, before, _receipt, hubspot) {
      const now = await membersNow(input, hubspot)
      return now.ok ? ok(same(now.value, before)) : now
    },
  },
})

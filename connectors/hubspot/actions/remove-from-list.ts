import { ok } from '../../../core/domain/result.ts'
import { same } from '../../define.ts'
import { counted } from '../../words.ts'
import { defineHubSpotKind } from '../connector.ts'
import { listChangedSince, listFields, ListInput, listTakesPeople, Members, membersNow } from '../list-members.ts'

/**
 * Takes contacts off a static list. The undo puts back those who were on it before, as members of today: hence
 * compensating.
 */
export const removeFromList = defineHubSpotKind({
  id: 'hubspot.list.remove',
  title: 'Take contacts off a list',
  category: 'audience',
  channel: 'crm',
  risk: 'medium',
  effect: { repeat: 'safe', undo: 'compensating' },
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
      title: `${who} ${is} taken off a list`,
      done: `${who} ${was} taken off a list`,
      lines: [
        { label: 'List', value: listId },
        { label: 'Contacts', value: contactIds.join(', ') },
      ],
    }
  },
  people: ({ contactIds }) => contactIds.length,

  preflight: listTakesPeople,
  beforeState: membersNow,

  async run(input, _before, hubspot) {
    const sent = await hubspot.removeFromList(input.listId, input.contactIds)
    return sent.ok ? ok({ reference: input.listId, after: { members: [] } }) : sent
  },

  async lookUp(input, _before, hubspot) {
    const now = await membersNow(input, hubspot)
    if (!now.ok) return now
    if (now.value.members.length > 0) return ok({ found: false })
    return ok({ found: true, receipt: { reference: input.listId, after: now.value } })
  },

  undo: {
    changedSince: (input, _before, receipt, hubspot) => listChangedSince(input, receipt.after, hubspot),
    async run(input, before, _receipt, hubspot) {
      if (before.members.length === 0) return ok({ after: before })
      const sent = await hubspot.addToList(input.listId, before.members)
      return sent.ok ? ok({ after: before }) : sent
    },
    async lookUp(input, before, _receipt, hubspot) {
      const now = await membersNow(input, hubspot)
      return now.ok ? ok(same(now.value, before)) : now
    },
  },
})

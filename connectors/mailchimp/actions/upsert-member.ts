import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { type Answer, differences, same } from '../../define.ts'
import { orNull } from '../../http.ts'
import type { Mailchimp } from '../client.ts'
import { defineMailchimpKind } from '../connector.ts'
import { audienceIsThere, Email, ListId, listIdWords } from '../member-fields.ts'
import { MemberStatus } from '../wire.ts'

const MergeValue = z.union([z.string().max(255), z.number()])

/** `pending` is left out: it would send an opt-in mail at once. */
const MemberInput = z.strictObject({
  listId: ListId,
  email: Email,
  status: z.enum(['subscribed', 'unsubscribed']),
  firstName: z.string().max(255).optional(),
  lastName: z.string().max(255).optional(),
  mergeFields: z.record(z.string().regex(/^[A-Z0-9_]{1,10}$/, 'must be a Mailchimp merge tag'), MergeValue).optional(),
})
type MemberInput = z.infer<typeof MemberInput>

const State = z.strictObject({
  /** Null: not in the audience. */
  status: MemberStatus.nullable(),
  fields: z.record(z.string(), z.json()),
})
type State = z.infer<typeof State>

const STATUS_WORDS = { subscribed: 'Subscribed', unsubscribed: 'Unsubscribed' }

/**
 * Adds a person to an audience or changes them. A person who was not there before is archived by the undo, which keeps
 * their history in Mailchimp: hence compensating.
 */
export const upsertMember = defineMailchimpKind({
  id: 'mailchimp.member.upsert',
  title: 'Add or update a person in an audience',
  category: 'audience',
  channel: 'email',
  risk: 'medium',
  effect: { repeat: 'safe', undo: 'compensating' },
  reachesPeople: false,
  scopes: [],
  timeoutMs: 15_000,
  settlesAfterMs: 120_000,
  authoritative: true,
  refersTo: 'person',
  input: MemberInput,
  fields: {
    listId: listIdWords,
    email: { label: 'E-mail', editable: false },
    status: { label: 'Status', options: STATUS_WORDS },
    firstName: { label: 'First name' },
    lastName: { label: 'Last name' },
    mergeFields: { label: 'Other fields', help: 'Values by merge tag' },
  },
  before: State,
  after: State,

  preview: (input) => ({
    title:
      input.status === 'subscribed'
        ? `${input.email} is subscribed to your audience`
        : `${input.email} is unsubscribed from your audience`,
    done:
      input.status === 'subscribed'
        ? `${input.email} was subscribed to your audience`
        : `${input.email} was unsubscribed from your audience`,
    lines: [
      { label: 'E-mail', value: input.email },
      { label: 'Status', value: STATUS_WORDS[input.status] },
      ...Object.entries(wanted(input)).map(([tag, value]) => ({ label: labelOf(tag), value: String(value) })),
    ],
  }),

  // Whoever withdrew is not brought back; to take somebody off asks nobody.
  recipients: async ({ email, status }) =>
    ok({
      kind: 'read',
      recipients:
        status === 'subscribed'
          ? [{ identifiers: [{ kind: 'email', value: email }], says: 'unknown', since: null }]
          : [],
    }),

  async preflight(input, mailchimp) {
    const audience = await audienceIsThere(mailchimp, input.listId)
    if (!audience.ok || audience.value.length > 0) return audience
    const now = await current(mailchimp, input)
    if (!now.ok) return now
    const left = now.value.status === 'unsubscribed' || now.value.status === 'cleaned'
    return ok(
      left && input.status === 'subscribed'
        ? [`${input.email} unsubscribed or bounced and can only come back by signing up again.`]
        : [],
    )
  },

  beforeState: (input, mailchimp) => current(mailchimp, input),

  async run(input, _before, mailchimp) {
    const put = await mailchimp.putMember(input.listId, input.email, {
      status: input.status,
      merge_fields: wanted(input),
    })
    if (!put.ok) return put
    return ok({ reference: put.value.id, after: stateOf(input, put.value.status, put.value.merge_fields) })
  },

  async lookUp(input, _before, mailchimp) {
    const member = orNull(await mailchimp.getMember(input.listId, input.email))
    if (!member.ok) return member
    if (member.value === null) return ok({ found: false })
    const now = stateOf(input, member.value.status, member.value.merge_fields)
    if (!same(now, stateOf(input, input.status, wanted(input)))) return ok({ found: false })
    return ok({ found: true, receipt: { reference: member.value.id, after: now } })
  },

  undo: {
    async changedSince(input, _before, receipt, mailchimp) {
      const now = await current(mailchimp, input)
      if (!now.ok) return now
      const labels = Object.fromEntries(Object.keys(receipt.after.fields).map((tag) => [tag, labelOf(tag)]))
      return ok([
        ...differences({ status: 'Status' }, { status: receipt.after.status }, { status: now.value.status }),
        ...differences(labels, receipt.after.fields, now.value.fields),
      ])
    },
    async run(input, before, _receipt, mailchimp) {
      if (before.status === null) {
        const archived = await mailchimp.archiveMember(input.listId, input.email)
        return archived.ok ? ok({ after: { status: 'archived' } }) : archived
      }
      if (before.status === 'pending') {
        const says = 'This person had not confirmed yet; going back would send them another confirmation mail.'
        return { ok: false, error: { kind: 'rejected', status: 409, providerCode: null, says } }
      }
      return restore(mailchimp, input, { status: before.status, fields: before.fields })
    },
    async lookUp(input, before, _receipt, mailchimp) {
      const now = await current(mailchimp, input)
      if (!now.ok) return now
      return ok(before.status === null ? now.value.status === 'archived' : same(now.value, before))
    },
  },
})

async function restore(
  mailchimp: Mailchimp,
  input: MemberInput,
  before: { readonly status: Exclude<State['status'], null>; readonly fields: State['fields'] },
) {
  // Mailchimp archives by DELETE alone; the fields are put back first, under the status that was set.
  const status = before.status === 'archived' ? input.status : before.status
  const put = await mailchimp.putMember(input.listId, input.email, { status, merge_fields: before.fields })
  if (!put.ok || before.status !== 'archived') return put.ok ? ok({ after: before }) : put
  const archived = await mailchimp.archiveMember(input.listId, input.email)
  return archived.ok ? ok({ after: before }) : archived
}

const LABELS: Readonly<Record<string, string>> = { FNAME: 'First name', LNAME: 'Last name' }
const labelOf = (tag: string): string => LABELS[tag] ?? tag.toLowerCase()

function wanted(input: MemberInput): Record<string, string | number> {
  return {
    ...input.mergeFields,
    ...(input.firstName !== undefined && { FNAME: input.firstName }),
    ...(input.lastName !== undefined && { LNAME: input.lastName }),
  }
}

/** The status and the touched fields; a field that the member lacks is empty. */
function stateOf(input: MemberInput, status: State['status'], fields: State['fields']): State {
  return { status, fields: Object.fromEntries(Object.keys(wanted(input)).map((tag) => [tag, fields[tag] ?? ''])) }
}

async function current(mailchimp: Mailchimp, input: MemberInput): Answer<State> {
  const member = orNull(await mailchimp.getMember(input.listId, input.email))
  if (!member.ok) return member
  return ok(stateOf(input, member.value?.status ?? null, member.value?.merge_fields ?? {}))
}

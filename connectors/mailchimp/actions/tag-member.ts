import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { type Answer, differences, same } from '../../define.ts'
import { orNull } from '../../http.ts'
import { joined, quoted } from '../../words.ts'
import type { Mailchimp } from '../client.ts'
import { defineMailchimpKind } from '../connector.ts'
import { Email, ListId, listIdWords } from '../member-fields.ts'

const Tags = z.array(z.string().min(1).max(100)).max(50).optional()

const TagInput = z
  .strictObject({ listId: ListId, email: Email, add: Tags, remove: Tags })
  .refine((input) => Object.keys(wanted(input)).length > 0, 'names no tag')
  .refine((input) => !input.add?.some((tag) => input.remove?.includes(tag)), 'adds and removes the same tag')
type TagInput = { readonly add?: string[] | undefined; readonly remove?: string[] | undefined }

/** Of each touched tag whether the person has it. */
const State = z.record(z.string(), z.boolean())

/** Puts tags on a person of an audience, or takes them off. */
export const tagMember = defineMailchimpKind({
  id: 'mailchimp.member.tag',
  title: 'Tag a person in an audience',
  category: 'audience',
  channel: 'email',
  risk: 'low',
  effect: { repeat: 'safe', undo: 'exact' },
  reachesPeople: false,
  scopes: [],
  timeoutMs: 15_000,
  settlesAfterMs: 120_000,
  authoritative: true,
  input: TagInput,
  fields: {
    listId: listIdWords,
    email: { label: 'E-mail', editable: false },
    add: { label: 'Tags to add' },
    remove: { label: 'Tags to take off' },
  },
  before: State,
  after: State,

  preview(input) {
    const added = (input.add ?? []).map(quoted)
    const removed = (input.remove ?? []).map(quoted)
    const [gets, got] = added.length > 0 ? [`gets ${tags(added)}`, `got ${tags(added)}`] : ['', '']
    const [loses, lost] = removed.length > 0 ? [`loses ${tags(removed)}`, `lost ${tags(removed)}`] : ['', '']
    return {
      title: `${input.email} ${joined([gets, loses].filter(Boolean))}`,
      done: `${input.email} ${joined([got, lost].filter(Boolean))}`,
      lines: [
        { label: 'E-mail', value: input.email },
        ...(added.length === 0 ? [] : [{ label: 'Tags to add', value: joined(input.add ?? []) }]),
        ...(removed.length === 0 ? [] : [{ label: 'Tags to take off', value: joined(input.remove ?? []) }]),
      ],
    }
  },

  async preflight({ listId, email }, mailchimp) {
    const member = orNull(await mailchimp.getMember(listId, email))
    if (!member.ok) return member
    return ok(member.value === null ? [`${email} is not in this audience.`] : [])
  },

  beforeState: (input, mailchimp) => current(mailchimp, input.listId, input.email, Object.keys(wanted(input))),

  async run(input, _before, mailchimp) {
    const sent = await mailchimp.setTags(input.listId, input.email, wanted(input))
    return sent.ok ? ok({ reference: input.email, after: wanted(input) }) : sent
  },

  async lookUp(input, _before, mailchimp) {
    const now = await current(mailchimp, input.listId, input.email, Object.keys(wanted(input)))
    if (!now.ok) return now
    if (!same(now.value, wanted(input))) return ok({ found: false })
    return ok({ found: true, receipt: { reference: input.email, after: now.value } })
  },

  undo: {
    async changedSince(input, _before, receipt, mailchimp) {
      const names = Object.keys(receipt.after)
      const now = await current(mailchimp, input.listId, input.email, names)
      if (!now.ok) return now
      const labels = Object.fromEntries(names.map((name) => [name, `Tag ${quoted(name)}`]))
      return ok(differences(labels, inWords(receipt.after), inWords(now.value)))
    },
    async run(input, before, _receipt, mailchimp) {
      const sent = await mailchimp.setTags(input.listId, input.email, before)
      return sent.ok ? ok({ after: before }) : sent
    },
    async lookUp(input, before, _receipt, mailchimp) {
      const now = await current(mailchimp, input.listId, input.email, Object.keys(before))
      return now.ok ? ok(same(now.value, before)) : now
    },
  },
})

const tags = (names: readonly string[]): string => `the ${names.length === 1 ? 'tag' : 'tags'} ${joined(names)}`

const inWords = (state: Readonly<Record<string, boolean>>): Record<string, string> =>
  Object.fromEntries(Object.entries(state).map(([name, on]) => [name, on ? 'on' : 'off']))

function wanted({ add = [], remove = [] }: TagInput): Record<string, boolean> {
  return Object.fromEntries([...add.map((tag) => [tag, true] as const), ...remove.map((tag) => [tag, false] as const)])
}

async function current(
  mailchimp: Mailchimp,
  listId: string,
  email: string,
  names: readonly string[],
): Answer<Record<string, boolean>> {
  const has = await mailchimp.tagsOf(listId, email)
  return has.ok ? ok(Object.fromEntries(names.map((name) => [name, has.value.includes(name)]))) : has
}

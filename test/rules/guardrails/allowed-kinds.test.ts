import { expect, it, test } from 'vitest'
import type { Reason } from '../../../core/domain/verdict.ts'
import { allowedKinds } from '../../../core/rules/guardrails/allowed-kinds.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

type Kinds = Parameters<typeof allowedKinds.guardrail>[0][0]

function said(kinds: Kinds, kindId = 'mailchimp.campaign.send', kindTitle = 'Send a newsletter'): Reason | null {
  const reasons = allowedKinds.guardrail([kinds])?.(subject({ kindId, kindTitle }), place, {})
  return [reasons ?? []].flat()[0] ?? null
}

const denied = '“Send a newsletter” is not allowed here. An admin can take it off the list of forbidden actions.'
const unlisted = '“Send a newsletter” is not among the allowed actions. An admin can add it.'

test.each<[string, Kinds, string | null]>([
  ['an empty rule', {}, null],
  ['allowed by name', { allow: ['mailchimp.campaign.send'] }, null],
  ['allowed by a star', { allow: ['mailchimp.*'] }, null],
  ['everything allowed', { allow: ['*'] }, null],
  ['allowed among others', { allow: ['hubspot.*', 'mailchimp.campaign.*'] }, null],
  ['not among the allowed', { allow: ['hubspot.*'] }, unlisted],
  ['nothing allowed', { allow: [] }, unlisted],
  ['a name is not a beginning', { allow: ['mailchimp.campaign'] }, unlisted],
  ['a star counts only at the end', { allow: ['*.campaign.send'] }, unlisted],
  ['another case', { allow: ['Mailchimp.*'] }, unlisted],
  ['denied by name', { deny: ['mailchimp.campaign.send'] }, denied],
  ['denied by a star', { deny: ['mailchimp.*'] }, denied],
  ['others denied', { deny: ['hubspot.*'] }, null],
  ['nothing denied', { deny: [] }, null],
  ['a denial wins over a permission', { allow: ['mailchimp.campaign.send'], deny: ['mailchimp.*'] }, denied],
])('%s', (_name, kinds, text) => {
  expect(said(kinds)?.text ?? null).toBe(text)
})

it('blocks, and says by which rule', () => {
  expect(said({ deny: ['*'] })).toMatchObject({ rule: 'kinds.deny', outcome: 'block' })
  expect(said({ allow: [] })).toMatchObject({ rule: 'kinds.allow', outcome: 'block' })
})

it('says what would pass whatever the length of the title', () => {
  const title = 'Send a very long newsletter '.repeat(20)
  const text = said({ deny: ['*'] }, 'a.b.c', title)?.text ?? ''
  expect(text.length).toBeLessThanOrEqual(160)
  expect(text).toMatch(/^“Send .*…” is not allowed here\. An admin can take it off the list of forbidden actions\.$/)
  expect(said({ allow: [] }, 'a.b.c', 'x'.repeat(500))?.text).toMatch(/^“x{79}…” is .* An admin can add it\.$/)
})

it('denies what any scope denies, and allows what the most specific does', () => {
  const guardrail = allowedKinds.guardrail([
    { allow: ['mailchimp.*'] },
    { allow: ['hubspot.*'], deny: ['*.delete', 'mailchimp.list.delete'] },
  ])
  const outcomeOf = (kindId: string) => guardrail?.(subject({ kindId }), place, {})
  expect(outcomeOf('mailchimp.campaign.send')).toBeNull()
  expect(outcomeOf('hubspot.note.create')).toMatchObject({ rule: 'kinds.allow' })
  expect(outcomeOf('mailchimp.list.delete')).toMatchObject({ rule: 'kinds.deny' })
})

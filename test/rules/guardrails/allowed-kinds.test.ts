import { expect, it, test } from 'vitest'
import { allowedKindsGuardrail } from '../../../core/rules/guardrails/allowed-kinds.ts'
import type { PolicyDocument } from '../../../core/rules/policy.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const said = (kinds: PolicyDocument['kinds'], kindId = 'mailchimp.campaign.send', kindTitle = 'Send a newsletter') =>
  allowedKindsGuardrail(kinds ? { kinds } : {})?.(subject({ kindId, kindTitle }), place) ?? null

const denied = '“Send a newsletter” is not allowed here. An admin can take it off the list of forbidden actions.'
const unlisted = '“Send a newsletter” is not among the allowed actions. An admin can add it.'

test.each<[string, PolicyDocument['kinds'], string | null]>([
  ['no rule', undefined, null],
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

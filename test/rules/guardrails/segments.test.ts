import { expect, it, test } from 'vitest'
import { segments } from '../../../core/rules/guardrails/segments.ts'
import { judge } from '../../support/judge.ts'

const denied = 'It goes to “Board members”, a segment that nothing may go to. To another it would pass.'
const beyond = 'It goes to “Board members”; allowed segments: Patients, Leads. To one of them it would pass.'
const unknown = 'Which segment it reaches is not known, and segments are limited here. A person decides.'

test.each<[string, object, string | null, readonly [string, string, string] | null]>([
  ['no limits, nothing known', {}, null, null],
  ['allowed', { allow: ['Patients', 'Board members'] }, 'Board members', null],
  ['allowed in another case', { allow: ['board members'] }, 'Board Members', null],
  ['not among the allowed', { allow: ['Patients', 'Leads'] }, 'Board members', ['segments.allow', 'block', beyond]],
  ['denied', { deny: ['board members'] }, 'Board members', ['segments.deny', 'block', denied]],
  ['both', { allow: ['Board members'], deny: ['Board members'] }, 'Board members', ['segments.deny', 'block', denied]],
  ['another is denied', { deny: ['Board'] }, 'Board members', null],
  ['not known', { deny: ['Board'] }, null, ['segments.unknown', 'ask', unknown]],
])('%s', (_name, rule, segment, expected) => {
  const said = judge(segments, [rule], { segment })
  expect(said.map((one) => [one.rule, one.outcome, one.text])).toEqual(expected === null ? [] : [expected])
})

it('denies what any scope denies, and allows what the most specific does', () => {
  const both = [{ allow: ['Leads'] }, { allow: ['Patients'], deny: ['Board'] }] as const
  expect(judge(segments, both, { segment: 'Leads' })).toEqual([])
  expect(judge(segments, both, { segment: 'Patients' })).toMatchObject([{ rule: 'segments.allow' }])
  expect(judge(segments, both, { segment: 'Board' })).toMatchObject([{ rule: 'segments.deny' }])
})

it('leaves drafts alone', () => {
  expect(judge(segments, [{ deny: ['Board'] }], { segment: 'Board', preparing: true })).toEqual([])
})

import { expect, it, test } from 'vitest'
import { regions } from '../../../core/rules/guardrails/regions.ts'
import { judge } from '../../support/judge.ts'

const denied = (name: string) => `It reaches “${name}”, where nothing may go out. Without that region it would pass.`
const beyond = (name: string, allowed: string) =>
  `It reaches “${name}”; allowed regions: ${allowed}. Within them it would pass.`
const unknown = 'Which regions it reaches is not known, and regions are limited here. A person decides.'

test.each<[string, object, readonly string[] | null, readonly [string, string, string] | null]>([
  ['no limits, nothing known', {}, null, null],
  ['allowed', { allow: ['US-CO'] }, ['US-CO'], null],
  ['allowed in another case', { allow: ['us-co'] }, ['US-CO'], null],
  ['all of a country is allowed', { allow: ['US'] }, ['US-CO', 'US-TX'], null],
  [
    'a name is not a beginning',
    { allow: ['Col'] },
    ['Colorado'],
    ['regions.allow', 'block', beyond('Colorado', 'Col')],
  ],
  [
    'beyond',
    { allow: ['US-CO', 'US-UT'] },
    ['US-CO', 'US-TX'],
    ['regions.allow', 'block', beyond('US-TX', 'US-CO, US-UT')],
  ],
  [
    'all of a country where a part is allowed',
    { allow: ['US-CO'] },
    ['US'],
    ['regions.allow', 'block', beyond('US', 'US-CO')],
  ],
  ['nothing allowed', { allow: [] }, ['US'], ['regions.allow', 'block', beyond('US', 'none')]],
  ['denied', { deny: ['Texas'] }, ['Colorado', 'texas'], ['regions.deny', 'block', denied('texas')]],
  [
    'a denial wins over a permission',
    { allow: ['US'], deny: ['US-TX'] },
    ['US-TX'],
    ['regions.deny', 'block', denied('US-TX')],
  ],
  ['all of a country, a part of which is denied', { deny: ['US-TX'] }, ['US'], ['regions.deny', 'block', denied('US')]],
  ['another is denied', { deny: ['US-TX'] }, ['US-CO'], null],
  ['not known', { deny: ['US-TX'] }, null, ['regions.unknown', 'ask', unknown]],
  ['none named', { allow: ['US'] }, [], ['regions.unknown', 'ask', unknown]],
])('%s', (_name, rule, reached, expected) => {
  const said = judge(regions, [rule], { regions: reached })
  expect(said.map((one) => [one.rule, one.outcome, one.text])).toEqual(expected === null ? [] : [expected])
})

it('denies what any scope denies, and allows what the most specific does', () => {
  const both = [{ allow: ['US-TX'] }, { allow: ['US-CO'], deny: ['US-UT'] }] as const
  expect(judge(regions, both, { regions: ['US-TX'] })).toEqual([])
  expect(judge(regions, both, { regions: ['US-CO'] })).toMatchObject([{ rule: 'regions.allow' }])
  expect(judge(regions, both, { regions: ['US-UT'] })).toMatchObject([{ rule: 'regions.deny' }])
})

it('leaves drafts alone', () => {
  expect(judge(regions, [{ deny: ['US'] }], { regions: ['US'], preparing: true })).toEqual([])
})

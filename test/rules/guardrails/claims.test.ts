import { expect, test } from 'vitest'
import { claims } from '../../../core/rules/guardrails/claims.ts'
import type { Subject } from '../../../core/rules/guardrails/guardrail.ts'
import { told } from '../../support/told.ts'

const says = (policy: unknown, texts: readonly string[], given: Partial<Subject> = {}) =>
  told(claims.guardrail([claims.schema.parse(policy)]), { texts, ...given }).map((one) => `${one.outcome}: ${one.text}`)

const guarantees = [{ says: ['guaranteed results', '100 %', 'cure'] }]
const varies = [{ says: 'whiter teeth', disclaimer: ['Results vary', 'Individual results may differ'] }]

test.each<[string, unknown, readonly string[], readonly string[]]>([
  [
    'a forbidden claim',
    guarantees,
    ['Guaranteed results for all'],
    ['block: It claims “guaranteed results”, which is not allowed here. Without that claim it would pass.'],
  ],
  ['a percentage', guarantees, ['100% painless'], [expect.stringContaining('“100 %”')]],
  ['a percentage in words', guarantees, ['one hundred percent painless'], [expect.stringContaining('“100 %”')]],
  ['another form', guarantees, ['It cured my neighbour'], [expect.stringContaining('“cured”')]],
  [
    'another form of several words',
    guarantees,
    ['We guarantee results'],
    [expect.stringContaining('“guarantee results”')],
  ],
  ['letters as digits', guarantees, ['gu4ranteed re\u200bsults'], [expect.stringContaining('“guaranteed results”')]],
  ['markup inside', guarantees, ['gua<b>ran</b>teed results'], [expect.stringContaining('“guaranteed results”')]],
  ['no claim', guarantees, ['A secure smile for 10 % more'], []],
  [
    'a claim without its disclaimer',
    varies,
    ['Whiter teeth in a week'],
    ['block: It claims “whiter teeth” without showing “Results vary”. With that disclaimer it would pass.'],
  ],
  ['a claim with its disclaimer', varies, ['Whiter teeth in a week', 'Results vary.'], []],
  ['with another of its disclaimers', varies, ['Whiter teeth. Individual results may differ.'], []],
  [
    'a disclaimer that nobody sees',
    varies,
    ['<p>Whiter teeth</p><p style="font-size:0">Results vary</p>'],
    [expect.stringContaining('without showing')],
  ],
  [
    'a pattern',
    [{ patterns: ['\\d+ years younger'] }],
    ['Look 10 years younger'],
    [expect.stringContaining('“10 years younger”')],
  ],
  [
    'a category without its disclaimer',
    [{ categories: ['email_campaign'], disclaimer: 'Not medical advice', outcome: 'ask' }],
    ['Hello'],
    ['ask: Email campaigns have to show “Not medical advice”, and this does not. With that disclaimer it would pass.'],
  ],
  [
    'a category with it',
    [{ categories: ['email_campaign'], disclaimer: 'Not medical advice' }],
    ['This is NOT medical advice.'],
    [],
  ],
  ['another category', [{ categories: ['blog_post'], disclaimer: 'Not medical advice' }], ['Hello'], []],
  ['a claim in a category', [{ says: 'cure', categories: ['blog_post'] }], ['It cures'], []],
])('%s', (_name, policy, texts, expected) => {
  expect(says(policy, texts)).toEqual(expected)
})

test.each<[string, unknown]>([
  ['nothing', [{}]],
  ['a category alone', [{ categories: ['blog_post'] }]],
  ['a pattern with a look-ahead', [{ patterns: ['a(?=b)'] }]],
])('refuses %s', (_name, policy) => {
  expect(claims.schema.safeParse(policy).success).toBe(false)
})

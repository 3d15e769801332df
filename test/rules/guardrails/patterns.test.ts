import { expect, it, test } from 'vitest'
import { patterns } from '../../../core/rules/guardrails/patterns.ts'
import { told } from '../../support/told.ts'

const prices = { name: 'prices', pattern: '\\$\\d+', says: 'prices belong on the price list' }
const says = (policy: unknown, ...texts: string[]) =>
  told(patterns.guardrail([patterns.schema.parse(policy)]), { texts }).map((one) => `${one.outcome}: ${one.text}`)

test.each<[string, unknown, string, readonly string[]]>([
  [
    'a match',
    [prices],
    'Only $99',
    ['ask: It says “$99”: prices belong on the price list. Without that it would pass.'],
  ],
  ['no match', [prices], 'Only 99', []],
  [
    'no words of its own',
    [{ name: 'prices', pattern: '\\$\\d+', outcome: 'block' }],
    'Only $99',
    ['block: It says “$99”: the rule “prices” is against it. Without that it would pass.'],
  ],
  ['another case', [{ name: 'x', pattern: 'botox' }], 'BOTOX', [expect.stringContaining('“BOTOX”')]],
  ['markup inside', [{ name: 'x', pattern: 'botox' }], 'bo<b>tox</b>', [expect.stringContaining('“botox”')]],
  [
    'an invisible character inside',
    [{ name: 'x', pattern: 'botox' }],
    'bot\u200box',
    [expect.stringContaining('“botox”')],
  ],
  [
    'a Cyrillic letter inside',
    [{ name: 'x', pattern: 'b[o0]t[o0]x' }],
    'b\u043etox',
    [expect.stringContaining('“botox”')],
  ],
  ['full-width digits', [prices], 'Only $９９', [expect.stringContaining('“$99”')]],
])('%s', (_name, policy, text, expected) => {
  expect(says(policy, text)).toEqual(expected)
})

test.each([
  ['not a pattern', '('],
  ['looking ahead', 'a(?=b)'],
  ['a back reference', '(a)\\1'],
  ['repeats of repeats', '((a{100}){100}){100}'],
])('refuses %s', (_name, pattern) => {
  expect(patterns.schema.safeParse([{ name: 'x', pattern }]).success).toBe(false)
})

it('takes no longer for what other engines hang on', () => {
  expect(
    says(
      [
        { name: 'x', pattern: '(a+)+$' },
        { name: 'y', pattern: '(a|aa)+b' },
      ],
      `${'a'.repeat(20_000)}!`,
    ),
  ).toEqual([])
})

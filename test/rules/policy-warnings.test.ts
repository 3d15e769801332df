import { expect, test } from 'vitest'
import { PolicySchema } from '../../core/rules/policy.ts'
import { policyWarnings } from '../../core/rules/policy-warnings.ts'

const judge = { brand: 'Calm and clear.' }
const scoped = { when: { channel: 'email' }, judge }

test.each<[string, object, number]>([
  ['a judge everywhere', { judge }, 1],
  ['a judge in a scope', { scopes: [scoped] }, 1],
  ['both, said once', { judge, scopes: [scoped] }, 1],
  ['a judge that only warns', { judge, warn_only: ['judge'] }, 0],
  ['a judge in a scope that only warns there', { scopes: [{ ...scoped, warn_only: ['judge'] }] }, 0],
  ['a judge in a scope, of which everywhere it is only said', { scopes: [scoped], warn_only: ['judge'] }, 0],
  [
    'a scope that says again what only warns',
    { scopes: [{ ...scoped, warn_only: ['tone'] }], warn_only: ['judge'] },
    1,
  ],
  ['no judge', { blocked_words: ['free'] }, 0],
])('%s', (_name, given, count) => {
  const document = PolicySchema.parse(given)
  const warnings = policyWarnings(document, { hasJudge: false })
  expect(warnings).toHaveLength(count)
  for (const says of warnings) {
    expect(says).toContain('TENURE_JUDGE_URL')
    expect(says.length).toBeLessThanOrEqual(160)
  }
  expect(policyWarnings(document, { hasJudge: true })).toEqual([])
})

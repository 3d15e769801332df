import { describe, expect, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import { installed } from '../../core/gate/installed.ts'
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
  const warnings = policyWarnings(document, { hasJudge: false, places: [] })
  expect(warnings).toHaveLength(count)
  for (const says of warnings) {
    expect(says).toContain('TENURE_JUDGE_URL')
    expect(says.length).toBeLessThanOrEqual(160)
  }
  expect(policyWarnings(document, { hasJudge: true, places: [] })).toEqual([])
})

describe('walls that every raise asks for', () => {
  const here = { ...installed({ kinds: createKinds(), judge: undefined }), hasJudge: true }
  const topics = [{ name: 'recalls', words: ['recall'] }]
  const walls = { blocked_words: ['free'], channels: { allow: ['email', 'crm'] }, topics }

  test.each<[string, object, readonly string[]]>([
    ['none at all', {}, ['No level can rise: nothing asks or blocks by brand voice, channels and topics.']],
    ['all of them', walls, []],
    [
      'topics that only warn',
      { ...walls, warn_only: ['topics'] },
      ['No level can rise: nothing asks or blocks by topics.'],
    ],
    [
      'topics for some',
      { ...walls, topics: undefined, scopes: [{ when: { category: 'email_campaign' }, topics }] },
      ['No level can rise for CRM updates, audience changes: nothing asks or blocks by topics.'],
    ],
  ])('%s', (_name, given, expected) => {
    expect(policyWarnings(PolicySchema.parse(given), here)).toEqual(expected)
  })
})

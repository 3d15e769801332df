import { expect, test } from 'vitest'
import type { Observed } from '../../../core/rules/guardrails/guardrail.ts'
import { rejectedBefore } from '../../../core/rules/guardrails/rejected-before.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const at = new Date('2026-02-25T23:05:00Z')

test.each<[string, Observed, readonly [string, string] | null]>([
  ['nobody rejected it', { rejected: null }, null],
  [
    'somebody did, and said why',
    { rejected: { by: 'Dana Fox', at, why: 'Too pushy for patients' } },
    [
      'block',
      'Dana Fox rejected exactly this on Wed, Feb 25, 16:05: “Too pushy for patients”. Changed, it would pass.',
    ],
  ],
  [
    'somebody did, and did not say why',
    { rejected: { by: 'Dana Fox', at, why: null } },
    ['block', 'Dana Fox rejected exactly this on Wed, Feb 25, 16:05. Changed, it would pass.'],
  ],
  [
    'somebody did, and said nothing',
    { rejected: { by: 'Dana Fox', at, why: '  ' } },
    ['block', 'Dana Fox rejected exactly this on Wed, Feb 25, 16:05. Changed, it would pass.'],
  ],
  [
    'nobody could look',
    {},
    ['ask', 'Whether somebody rejected exactly this before could not be looked up, so a person decides.'],
  ],
])('%s', (_name, observed, expected) => {
  const [outcome, text] = expected ?? []
  expect(rejectedBefore(subject(), place, observed)).toEqual(
    expected === null ? null : { rule: 'rejected_before', outcome, text },
  )
})

test('in the workspace’s own spelling', () => {
  const said = rejectedBefore(subject(), { ...place, locale: 'de-DE' }, { rejected: { by: 'Dana', at, why: null } })
  expect([said].flat()[0]?.text).toBe('Dana rejected exactly this on Mi., 25. Feb., 16:05. Changed, it would pass.')
})

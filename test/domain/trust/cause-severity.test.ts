import { expect, it, test } from 'vitest'
import { CAUSES } from '../../../core/domain/decision.ts'
import { severityOfCause } from '../../../core/domain/trust/cause-severity.ts'
import { isSerious } from '../../../core/domain/trust/rejection-severity.ts'

test.each([
  ['time', 'preference'],
  ['tone', 'minor'],
  ['content', 'major'],
  ['people', 'major'],
  ['should_have_asked', 'major'],
  ['other', 'major'],
  ['rules', 'critical'],
] as const)('%s weighs as %s', (cause, severity) => {
  expect(severityOfCause(cause)).toBe(severity)
})

it('only taste, time and tone are no serious error', () => {
  expect(CAUSES.filter((cause) => !isSerious(severityOfCause(cause)))).toEqual(['time', 'tone'])
})

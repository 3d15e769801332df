import { expect, test } from 'vitest'
import { isSerious, severityOf, severityWeight } from '../../../core/domain/trust/rejection-severity.ts'

test.each([
  ['preference' as const, 0.25, false],
  ['minor' as const, 0.5, false],
  ['major' as const, 1, true],
  ['critical' as const, 2, true],
])('%s weighs %d', (severity, weight, serious) => {
  expect(severityWeight(severity)).toBe(weight)
  expect(isSerious(severity)).toBe(serious)
  expect(severityOf(severity)).toBe(severity)
})

test('no stated reason is major', () => {
  expect(severityOf(null)).toBe('major')
})

import { expect, test } from 'vitest'
import { type Engagement, isDependent, isInvitationDue } from '../../../core/domain/trust/dependency.ts'

const alone: Engagement = {
  daysSinceManual: 90,
  actions: 40,
  handledAlone: 40,
  hasVariation: false,
  daysSinceInvitation: null,
}

test.each<[string, Partial<Engagement>, boolean, boolean]>([
  ['90 days without a person', {}, true, true],
  ['89 days', { daysSinceManual: 89 }, false, false],
  ['one was not handled alone', { handledAlone: 39 }, false, false],
  ['nothing happened at all', { actions: 0, handledAlone: 0 }, false, false],
  ['something was varied', { hasVariation: true }, false, false],
  ['invited 89 days ago', { daysSinceInvitation: 89 }, true, false],
  ['invited 90 days ago', { daysSinceInvitation: 90 }, true, true],
])('%s', (_name, given, dependent, invited) => {
  expect(isDependent({ ...alone, ...given })).toBe(dependent)
  expect(isInvitationDue({ ...alone, ...given })).toBe(invited)
})

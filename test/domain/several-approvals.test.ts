import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  approvalsWords,
  approvedBefore,
  distinctApprovals,
  isSamePerson,
  type OneApproval,
  type PeopleRule,
  peopleNeeded,
  stillMissing,
} from '../../core/domain/several-approvals.ts'
import { ROLES } from '../../core/domain/people.ts'

const by = (id: string, more: Partial<OneApproval> = {}): OneApproval => ({
  byId: id,
  ofId: id,
  name: id,
  role: 'approver',
  ...more,
})
const rule = (people: number, ...roles: OneApproval['role'][]): PeopleRule => ({
  people,
  roles: roles.length === 0 ? null : roles.filter((role) => role !== null),
})

test.each<[string, readonly PeopleRule[], readonly OneApproval[], number]>([
  ['no rule asks for nobody', [], [], 0],
  ['nobody yet', [rule(2)], [], 2],
  ['one of two', [rule(2)], [by('Ann')], 1],
  ['two of two', [rule(2)], [by('Ann'), by('Bo')], 0],
  ['more than enough', [rule(2)], [by('Ann'), by('Bo'), by('Cy')], 0],
  ['the same person twice', [rule(2)], [by('Ann'), by('Ann')], 1],
  ['the same right twice', [rule(2)], [by('Ann'), by('Bo', { ofId: 'Ann' })], 1],
  ['one person by two rights', [rule(2)], [by('Ann'), by('Ann', { ofId: 'Cy' })], 1],
  ['a token that Ann had issued', [rule(2)], [by('Ann'), by('Mo', { hands: ['Mo', 'Ann'] })], 1],
  ['the same the other way round', [rule(2)], [by('Mo', { hands: ['Mo', 'Ann'] }), by('Ann')], 1],
  ['two tokens of one issuer', [rule(2)], [by('Mo', { hands: ['Mo', 'Ann'] }), by('No', { hands: ['No', 'Ann'] })], 1],
  ['a press after the token', [rule(2)], [by('Mo', { hands: ['Mo', 'Ann'] }), by('Ann'), by('Mo')], 0],
  ['a right that was lent to such a token', [rule(2)], [by('Cy'), by('Mo', { ofId: 'Cy', hands: ['Mo', 'Ann'] })], 1],
  ['the strictest of two rules', [rule(2), rule(3)], [by('Ann')], 2],
  ['only of its roles', [rule(2, 'owner')], [by('Ann'), by('Bo', { role: 'owner' })], 1],
  ['both rules', [rule(2), rule(2, 'owner')], [by('Ann'), by('Bo', { role: 'owner' })], 1],
  ['an unknown role counts for no role', [rule(2, 'approver')], [by('Ann', { role: null })], 2],
])('%s', (_name, rules, approvals, missing) => {
  expect(stillMissing(rules, approvals)).toBe(missing)
})

test.each<[readonly PeopleRule[], readonly OneApproval[], string]>([
  [[rule(2)], [], 'Two people have to approve this.'],
  [[rule(3, 'owner', 'admin')], [], 'Three people have to approve this (owner or admin).'],
  [[rule(2)], [by('Ann')], '1 of 2: Ann approved, one more needed.'],
  [[rule(4)], [by('Ann'), by('Bo')], '2 of 4: Ann and Bo approved, two more needed.'],
  [[rule(2, 'owner')], [by('Ann')], '1 of 3: Ann approved, two more needed (owner).'],
])('says %j with %j', (rules, approvals, says) => {
  expect(approvalsWords(rules, approvals)).toBe(says)
})

const approvals = fc.array(
  fc.record({
    byId: fc.constantFrom('a', 'b', 'c', 'd'),
    ofId: fc.constantFrom('a', 'b', 'c', 'd'),
    name: fc.constant('x'),
    role: fc.constantFrom(...ROLES),
  }),
)
const rules = fc.array(
  fc.record({ people: fc.integer({ min: 2, max: 5 }), roles: fc.option(fc.subarray([...ROLES], { minLength: 1 })) }),
)

test('one more approval never makes more missing, and what is enough are so many different people', () => {
  fc.assert(
    fc.property(rules, approvals, (all, given) => {
      const missing = stillMissing(all, given)
      expect(stillMissing(all, given.slice(0, -1))).toBeGreaterThanOrEqual(missing)
      if (missing > 0 || all.length === 0) return
      expect(new Set(distinctApprovals(given).map(({ byId }) => byId)).size).toBeGreaterThanOrEqual(peopleNeeded(all))
    }),
  )
})

test('who approved is known by the person and by the right', () => {
  const [ann, forAnn, mo] = [by('Ann'), by('Bo', { ofId: 'Ann' }), by('Mo', { hands: ['Mo', 'Ann'] })]
  expect(approvedBefore([by('Cy'), ann], by('Ann', { ofId: 'Bo' }))).toBe(ann)
  expect(approvedBefore([forAnn], ann)).toBe(forAnn)
  expect(approvedBefore([ann], by('Bo'))).toBeUndefined()
  expect(approvedBefore([ann], mo)).toBe(ann)
  expect([isSamePerson(forAnn, ann), isSamePerson(ann, mo)]).toEqual([true, false])
})

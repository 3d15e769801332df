import { describe, expect, test } from 'vitest'
import { type Delegated, type Person, rightsOf } from '../../core/domain/rights.ts'
import { idOf } from '../support/views.ts'

const day = (n: number): Date => new Date(Date.UTC(2026, 2, n))
const [ann, bo, cy] = (['mem_ann', 'mem_bo', 'mem_cy'] as const).map((id) => idOf('mem', id))
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id: idOf('mem', id),
  name: id.slice(4),
  role: 'approver',
  limits: null,
  disabledAt: null,
  ...more,
})
const lent = (fromId = ann, toId = bo, more: Partial<Delegated> = {}): Delegated => {
  if (!fromId || !toId) throw new Error('Both are named above')
  return { fromId, toId, startsAt: day(5), endsAt: day(8), ...more }
}
const rights = (people: readonly Person[], delegations: readonly Delegated[], at: Date, who = 'mem_bo') =>
  rightsOf({ id: idOf('mem', who), role: 'viewer' }, people, delegations, at).map(({ ofId }) => ofId)

const both = [person('mem_ann', { role: 'owner' }), person('mem_bo')]

describe('the rights that somebody has', () => {
  test.each<[string, readonly Person[], readonly Delegated[], Date, readonly unknown[]]>([
    ['their own alone', both, [], day(6), [bo]],
    ['a lent one from its first moment', both, [lent()], day(5), [bo, ann]],
    ['none the moment before', both, [lent()], new Date(day(5).getTime() - 1), [bo]],
    ['none from its end on', both, [lent()], day(8), [bo]],
    ['none that is lent to somebody else', both, [lent(ann, cy)], day(6), [bo]],
    ['none of who left', [person('mem_ann', { disabledAt: day(1) }), person('mem_bo')], [lent()], day(6), [bo]],
    ['none for who left', [person('mem_ann'), person('mem_bo', { disabledAt: day(1) })], [lent()], day(6), []],
    [
      'none that was lent to the lender',
      [person('mem_ann'), person('mem_bo'), person('mem_cy', { role: 'owner' })],
      [lent(cy, ann), lent(ann, bo)],
      day(6),
      [bo, ann],
    ],
    ['none from oneself', both, [lent(bo, bo)], day(6), [bo]],
  ])('%s', (_name, people, delegations, at, expected) => {
    expect(rights(people, delegations, at)).toEqual(expected)
  })
})

test('a lent right comes with the role and the limits of whoever lent it, and by the role in force', () => {
  const people = [
    person('mem_ann', { role: 'admin', limits: { amountMinor: 5 } }),
    person('mem_bo', { role: 'approver' }),
  ]
  expect(rightsOf({ id: idOf('mem', 'mem_bo'), role: 'owner' }, people, [lent()], day(6))).toEqual([
    { ofId: bo, role: 'approver', limits: null, onBehalfOf: null },
    { ofId: ann, role: 'admin', limits: { amountMinor: 5 }, onBehalfOf: { id: ann, name: 'ann' } },
  ])
})

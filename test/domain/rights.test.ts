import { describe, expect, test } from 'vitest'
import { type Delegated, limitsToGive, type Person, rightsOf, roleNow } from '../../core/domain/rights.ts'
import { aPerson } from '../support/a-person.ts'
import { idOf } from '../support/views.ts'

const day = (n: number): Date => new Date(Date.UTC(2026, 2, n))
const [ann, bo, cy] = (['mem_ann', 'mem_bo', 'mem_cy'] as const).map((id) => idOf('mem', id))
const person = (id: string, more: Partial<Person> = {}): Person =>
  aPerson(idOf('mem', id), { name: id.slice(4), ...more })
const lent = (fromId = ann, toId = bo, more: Partial<Delegated> = {}): Delegated => {
  if (!fromId || !toId) throw new Error('Both are named above')
  return { fromId, toId, startsAt: day(5), endsAt: day(8), hands: [], ...more }
}
const rights = (people: readonly Person[], delegations: readonly Delegated[], at: Date, who = 'mem_bo') =>
  rightsOf({ id: idOf('mem', who), role: 'viewer', via: 'http' }, people, delegations, at).map(({ ofId }) => ofId)

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
  expect(rightsOf({ id: idOf('mem', 'mem_bo'), role: 'owner', via: 'http' }, people, [lent()], day(6))).toEqual([
    { ofId: bo, role: 'approver', limits: null, onBehalfOf: null },
    { ofId: ann, role: 'admin', limits: { amountMinor: 5 }, onBehalfOf: { id: ann, name: 'ann' } },
  ])
})

describe('over a token that somebody else had issued', () => {
  const ann = person('mem_ann', { role: 'admin', limits: { amountMinor: 5, channels: ['email', 'crm'] } })
  const bo = person('mem_bo', { tokenHands: ['mem_ann'], limits: { amountMinor: 9, channels: ['crm', 'ads'] } })
  const cy = person('mem_cy', { role: 'owner' })
  const own = (people: readonly Person[], via: 'http' | 'slack' = 'http') =>
    rightsOf({ id: bo.id, role: 'approver', via }, people, [lent(cy.id, bo.id)], day(6)).map(({ role, limits }) => ({
      role,
      limits,
    }))

  test('a right is as narrow as that of whoever holds it too, a lent one as well', () => {
    expect(own([ann, bo, cy])).toEqual([
      { role: 'approver', limits: { channels: ['crm'], amountMinor: 5 } },
      { role: 'admin', limits: { amountMinor: 5, channels: ['email', 'crm'] } },
    ])
  })

  test('a press, and a token that they took themselves, are theirs', () => {
    const whole = [
      { role: 'approver', limits: bo.limits },
      { role: 'owner', limits: null },
    ]
    expect(own([ann, bo, cy], 'slack')).toEqual(whole)
    expect(own([ann, { ...bo, tokenOwnSince: day(5) }, cy])).toEqual(whole)
  })

  test('there is none once that one left, or was never known', () => {
    expect(own([{ ...ann, disabledAt: day(1) }, bo, cy])).toEqual([])
    expect(own([bo, cy])).toEqual([])
  })

  test('what was lent with it is bounded too, whoever uses it', () => {
    const lentOverToken = lent(bo.id, cy.id, { hands: ['mem_ann'] })
    const rights = rightsOf({ id: cy.id, role: 'owner', via: 'slack' }, [ann, bo, cy], [lentOverToken], day(6))
    expect(rights.map(({ limits }) => limits)).toEqual([null, { channels: ['crm'], amountMinor: 5 }])
  })
})

test.each<[string, Partial<Person>, Partial<Person>, Person['limits']]>([
  ['an owner gives everything', { role: 'owner', limits: { amountMinor: 1 } }, {}, null],
  ['an admin what they have', { role: 'admin', limits: { amountMinor: 1 } }, {}, { amountMinor: 1 }],
  ['an admin without limits everything', { role: 'admin' }, {}, null],
  [
    'over a token no more than who holds it too',
    { role: 'admin', tokenHands: ['mem_ann'] },
    { limits: { amountMinor: 2 }, disabledAt: day(1) },
    { amountMinor: 2 },
  ],
  [
    'an owner over the token of an admin no more than that one',
    { role: 'owner', tokenHands: ['mem_ann'] },
    { role: 'admin', limits: { amountMinor: 2 } },
    { amountMinor: 2 },
  ],
  ['an owner over the token of an owner everything', { role: 'owner', tokenHands: ['mem_ann'] }, {}, null],
])('%s', (_name, giver, issuer, most) => {
  const people = [person('mem_ann', { role: 'owner', ...issuer }), person('mem_bo', giver)]
  expect(limitsToGive({ id: idOf('mem', 'mem_bo'), role: 'viewer', via: 'http' }, people, day(6))).toEqual(most)
})

test.each<[string, Partial<Person>, Partial<Person>, 'http' | 'slack', Person['role']]>([
  ['their own', { role: 'owner' }, { role: 'viewer' }, 'http', 'owner'],
  [
    'over a token no higher than that of whoever holds it',
    { tokenHands: ['mem_ann'] },
    { role: 'viewer' },
    'http',
    'viewer',
  ],
  ['their own where the other may more', { tokenHands: ['mem_ann'] }, { role: 'owner' }, 'http', 'approver'],
  ['to look where that one left', { tokenHands: ['mem_ann'] }, { role: 'owner', disabledAt: day(1) }, 'http', 'viewer'],
  ['to look where nobody knows that one', { tokenHands: ['mem_dan'] }, {}, 'http', 'viewer'],
  ['their own with a press', { role: 'owner', tokenHands: ['mem_ann'] }, { role: 'viewer' }, 'slack', 'owner'],
])('the role in force is %s', (_name, who, issuer, via, role) => {
  const people = [person('mem_ann', issuer), person('mem_bo', who)]
  expect(roleNow({ id: idOf('mem', 'mem_bo'), role: 'owner', via }, people, day(6))).toBe(role)
})

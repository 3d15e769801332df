import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitPassed, type Limited, widerThan } from '../../core/domain/approver-limits.ts'
import { handsOf, issuersOf, withIssuedToken } from '../../core/domain/hands.ts'
import type { MemberId } from '../../core/domain/ids.ts'
import { mayDo, type Role } from '../../core/domain/people.ts'
import { type Delegated, limitsToGive, type Person, type Right, rightsOf } from '../../core/domain/rights.ts'
import { everything, limitsArb } from '../support/approver-limits.ts'
import { aPerson } from '../support/a-person.ts'
import { idOf } from '../support/views.ts'

const now = new Date('2026-03-04T17:00:00Z')
const before = new Date(now.getTime() - 1)
const [owner, ann, mo] = [idOf('mem', 'mem_owner'), idOf('mem', 'mem_ann'), idOf('mem', 'mem_mo')]
const person = (id: MemberId, role: Role, more: Partial<Person> = {}): Person => aPerson(id, { role, ...more })

/** Whom: one of those there are, by number. Mo does everything but `owner…` and `ann…`, with any token in his hands. */
const whom = fc.constantFrom(1, 2, 2, 3, 3, 4)
const often = fc.oneof(fc.constant(null), limitsArb)
const stepArb = fc.oneof(
  fc.record({ does: fc.constant('adds' as const), by: whom, limits: fc.option(limitsArb, { nil: undefined }) }),
  fc.record({ does: fc.constant('issues' as const), by: whom, to: whom }),
  fc.record({ does: fc.constant('owner issues' as const), to: whom }),
  fc.record({ does: fc.constant('lends' as const), by: whom, to: whom }),
  fc.record({ does: fc.constant('lends for' as const), by: whom, from: whom, to: whom }),
  fc.record({ does: fc.constant('owner limits' as const), to: whom, limits: often }),
  fc.record({
    does: fc.constant('owner changes role' as const),
    to: whom,
    role: fc.constantFrom<Role>('viewer', 'approver', 'admin'),
  }),
  fc.record({ does: fc.constant('owner disables' as const), to: whom }),
  fc.record({ does: fc.constant('ann lends' as const), to: whom }),
)
type Step = typeof stepArb extends fc.Arbitrary<infer S> ? S : never

type Known = {
  readonly people: readonly Person[]
  readonly delegations: readonly (Delegated & { readonly isAnns: boolean })[]
}

const lent = (fromId: MemberId, toId: MemberId, hands: readonly string[], isAnns: boolean) => ({
  fromId,
  toId,
  hands,
  isAnns,
  startsAt: now,
  endsAt: new Date(now.getTime() + 1),
})

const isMos = ({ id, tokenHands }: Person): boolean => id === mo || tokenHands.includes(mo)

function next({ people, delegations }: Known, step: Step): Known {
  const pick = (n: number): Person => people[n % people.length] ?? person(owner, 'owner')
  const change = (who: Person, to: Partial<Person>): Known => ({
    people: people.map((one) => (one === who && who.id !== owner ? { ...one, ...to } : one)),
    delegations,
  })
  switch (step.does) {
    case 'owner limits':
      return change(pick(step.to), { limits: step.limits })
    case 'owner changes role':
      return change(pick(step.to), { role: step.role })
    case 'owner disables':
      return change(pick(step.to), { disabledAt: now })
    case 'owner issues':
      return change(pick(step.to), withIssuedToken(pick(step.to), [owner], before))
    case 'issues': {
      const [by, to] = [pick(step.by), pick(step.to)]
      const mayIssue =
        by !== to &&
        mayDo(by.role, 'manage_members') &&
        !mayDo(to.role, 'manage_members') &&
        widerThan(to.limits, limitsToGive({ ...by, via: 'http' }, people, now)) === null
      if (!isMos(by) || by.disabledAt || to.disabledAt || !mayIssue) return { people, delegations }
      return change(to, withIssuedToken(to, handsOf(people, { id: by.id, via: 'http' }, now), before))
    }
    case 'ann lends':
      return { people, delegations: [...delegations, lent(ann, pick(step.to).id, [], true)] }
    case 'adds': {
      const by = pick(step.by)
      const toGive = limitsToGive({ ...by, via: 'http' }, people, now)
      const limits = step.limits === undefined ? toGive : step.limits
      if (!isMos(by) || by.disabledAt || !mayDo(by.role, 'manage_members') || widerThan(limits, toGive))
        return { people, delegations }
      const id = idOf('mem', `mem_${people.length}`)
      const tokenHands = handsOf(people, { id: by.id, via: 'http' }, now)
      return { people: [...people, person(id, 'approver', { limits, tokenHands })], delegations }
    }
    case 'lends':
    case 'lends for': {
      const [by, to] = [pick(step.by), pick(step.to)]
      const from = step.does === 'lends' ? by : pick(step.from)
      const mayLend =
        by === from ||
        (by !== to &&
          mayDo(by.role, 'manage_members') &&
          !mayDo(from.role, 'manage_members') &&
          widerThan(from.limits, limitsToGive({ ...by, via: 'http' }, people, now)) === null)
      if (!isMos(by) || by.disabledAt || !mayLend) return { people, delegations }
      const hands = issuersOf(people, { id: by.id, via: 'http' }, now)
      return { people, delegations: [...delegations, lent(from.id, to.id, hands, false)] }
    }
  }
}

const isAllowed = (rights: readonly Right[], it: Limited): boolean =>
  rights.some(({ role, limits }) => mayDo(role, 'decide') && limitPassed(limits, it) === null)

test('whatever Mo adds, issues, lends and holds tokens of, he may approve nothing with them that he may not approve himself', () => {
  fc.assert(
    fc.property(often, limitsArb, fc.array(stepArb, { minLength: 3, maxLength: 12 }), (annLimits, moLimits, steps) => {
      const start: Known = {
        people: [
          person(owner, 'owner'),
          person(ann, 'approver', { limits: annLimits }),
          person(mo, 'admin', { limits: moLimits }),
        ],
        delegations: [],
      }
      const { people, delegations } = steps.reduce(next, start)
      const held = people.filter(isMos)
      const himself = rightsOf(
        { id: mo, role: 'admin', via: 'slack' },
        people,
        delegations.filter(({ isAnns }) => isAnns),
        now,
      )
      const isHis = everything.map((it) => isAllowed(himself, it))
      for (const { id, role } of held) {
        const rights = rightsOf({ id, role, via: 'http' }, people, delegations, now)
        expect(everything.filter((it, n) => isAllowed(rights, it) && !isHis[n])).toEqual([])
      }
    }),
    { numRuns: 2_000 },
  )
})

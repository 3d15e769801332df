import { type ApproverLimits, narrowest } from './approver-limits.ts'
import { issuersOf, type TokenHolder } from './hands.ts'
import type { MemberId } from './ids.ts'
import { type Actor, lowestRole, type Role, roleOverToken } from './people.ts'

export type Person = TokenHolder & {
  readonly id: MemberId
  readonly name: string
  readonly role: Role
  readonly limits: ApproverLimits | null
  readonly disabledAt: Date | null
}

export type Delegated = {
  readonly fromId: MemberId
  readonly toId: MemberId
  readonly startsAt: Date
  /** From then on it is over. */
  readonly endsAt: Date
  /** Who besides whoever lent it has held the bare token that it was lent with. */
  readonly hands: readonly string[]
}

/** By whose right somebody acts: their own, or that of a member who is away. */
export type Right = {
  readonly ofId: MemberId
  readonly role: Role
  readonly limits: ApproverLimits | null
  readonly onBehalfOf: Pick<Person, 'id' | 'name'> | null
}

type Who = Pick<Person, 'id' | 'role'> & Pick<Extract<Actor, { kind: 'member' }>, 'via'>

/**
 * The rights that somebody has now, their own first. A right is lent as its owner has it, never what was lent to its
 * owner; who left has none to lend and none to use. Over a bare token, or lent with one, it goes no further than the own
 * rights of everybody who held that token.
 */
export function rightsOf(
  who: Who,
  people: readonly Person[],
  delegations: readonly Delegated[],
  now: Date,
): readonly Right[] {
  const known = people.find(({ id }) => id === who.id)
  if (known && known.disabledAt !== null) return []
  const issuers = issuersOf(people, who, now)
  const own = { ofId: who.id, role: known?.role ?? who.role, limits: known?.limits ?? null, onBehalfOf: null }
  const lent = delegations
    .filter(
      ({ fromId, toId, startsAt, endsAt }) => toId === who.id && fromId !== who.id && startsAt <= now && now < endsAt,
    )
    .flatMap(({ fromId, hands }) =>
      people
        .filter(({ id, disabledAt }) => id === fromId && disabledAt === null)
        .map(({ id, name, role, limits }) => ({
          right: { ofId: id, role, limits, onBehalfOf: { id, name } },
          hands: [...issuers, ...hands],
        })),
    )
  return [{ right: own, hands: issuers }, ...lent].flatMap(({ right, hands }) => within(right, hands, people) ?? [])
}

/** The right as far as everybody has it through whose hands it goes; null: one of them has none any more. */
export function within<R extends Pick<Right, 'role' | 'limits'>>(
  right: R,
  hands: readonly string[],
  people: readonly Person[],
): R | null {
  const held = hands.map((hand) => people.find(({ id, disabledAt }) => id === hand && disabledAt === null))
  const known = held.filter((one) => one !== undefined)
  if (known.length < held.length) return null
  const role = lowestRole(right.role, ...known.map((one) => one.role))
  return { ...right, role, limits: narrowest([right.limits, ...known.map(({ limits }) => limits)]) }
}

/** The role by which somebody acts now: over a bare token the lowest of everybody's who holds it; of who left, to look. */
export function roleNow(who: Who, people: readonly Person[], now: Date): Role {
  const known = people.find(({ id }) => id === who.id)
  const holders = issuersOf(people, who, now).map((hand) => {
    const holder = people.find(({ id, disabledAt }) => id === hand && disabledAt === null)
    return { name: hand, role: holder?.role ?? null }
  })
  return roleOverToken(known?.role ?? who.role, holders).role
}

/**
 * The most that a member may give to another, or let somebody in with; null: everything. An owner gives anything;
 * everybody else no more than they may decide themselves, over a bare token no more than those who held it may.
 */
export function limitsToGive(who: Who, people: readonly Person[], now: Date): ApproverLimits | null {
  const known = people.find(({ id }) => id === who.id)
  if (roleNow(who, people, now) === 'owner') return null
  return narrowest([known?.limits ?? null, ...limitsOf(issuersOf(people, who, now), people)])
}

/** Of whoever is among them, also of who left: what was given by them stays within that. */
const limitsOf = (hands: readonly string[], people: readonly Person[]): readonly (ApproverLimits | null)[] =>
  hands.flatMap((hand) => people.filter(({ id }) => id === hand)).map(({ limits }) => limits)

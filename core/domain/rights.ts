import type { ApproverLimits } from './approver-limits.ts'
import type { MemberId } from './ids.ts'
import type { Role } from './people.ts'

export type Person = {
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
}

/** By whose right somebody acts: their own, or that of a member who is away. */
export type Right = {
  readonly ofId: MemberId
  readonly role: Role
  readonly limits: ApproverLimits | null
  readonly onBehalfOf: Pick<Person, 'id' | 'name'> | null
}

/**
 * The rights that somebody has now, their own first. A right is lent as its owner has it, never what was lent to its
 * owner; who left has none to lend and none to use.
 */
export function rightsOf(
  who: Pick<Person, 'id' | 'role'>,
  people: readonly Person[],
  delegations: readonly Delegated[],
  now: Date,
): readonly Right[] {
  const known = people.find(({ id }) => id === who.id)
  if (known && known.disabledAt !== null) return []
  const own = { ofId: who.id, role: known?.role ?? who.role, limits: known?.limits ?? null, onBehalfOf: null }
  const lent = delegations
    .filter(
      ({ fromId, toId, startsAt, endsAt }) => toId === who.id && fromId !== who.id && startsAt <= now && now < endsAt,
    )
    .flatMap(({ fromId }) => people.filter(({ id, disabledAt }) => id === fromId && disabledAt === null))
    .map(({ id, name, role, limits }) => ({ ofId: id, role, limits, onBehalfOf: { id, name } }))
  return [own, ...lent]
}

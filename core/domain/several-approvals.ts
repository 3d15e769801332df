import { type Hands, inBoth } from './hands.ts'
import type { Role } from './people.ts'

/** So many people have to approve; of these roles, where some are named. */
export type PeopleRule = { readonly people: number; readonly roles: readonly Role[] | null }

/** One approval: who pressed, by whose right, and the role that the right comes with. */
export type OneApproval = {
  readonly byId: string
  readonly ofId: string
  readonly name: string
  /** Null: not a member that is known. */
  readonly role: Role | null
  /** Whoever it may have been; absent: who pressed. */
  readonly hands?: Hands
}

/**
 * One person counts once, and one right counts once, whoever uses it; the first stands. Of approvals that may have been
 * one person's, the one that shows best who it was.
 */
export function distinctApprovals<T extends OneApproval>(approvals: readonly T[]): readonly T[] {
  const counted = new Set<T>()
  for (const one of [...approvals].sort((a, b) => handsOf(a).length - handsOf(b).length))
    if (!approvedBefore([...counted], one)) counted.add(one)
  return approvals.filter((one) => counted.has(one))
}

/** The approval by this person, by somebody with the same right, or out of the same hands. */
export const approvedBefore = <T extends OneApproval>(approvals: readonly T[], who: OneApproval): T | undefined =>
  approvals.find((one) => inBoth([...handsOf(one), one.ofId], [...handsOf(who), who.ofId]) !== undefined)

/** Whether it is the same person, or the same right, whoever held the token. */
export const isSamePerson = (one: OneApproval, other: OneApproval): boolean =>
  inBoth([one.byId, one.ofId], [other.byId, other.ofId]) !== undefined

const handsOf = ({ byId, hands }: OneApproval): Hands => hands ?? [byId]

/** How many approvals are still missing until every rule is met; 0: it may go. */
export const stillMissing = (rules: readonly PeopleRule[], approvals: readonly OneApproval[]): number =>
  Math.max(0, ...rules.map((rule) => missingOf(rule, distinctApprovals(approvals))))

/** How many people there have to be. */
export const peopleNeeded = (rules: readonly PeopleRule[]): number => Math.max(1, ...rules.map(({ people }) => people))

const missingOf = ({ people, roles }: PeopleRule, approvals: readonly OneApproval[]): number =>
  people - approvals.filter(({ role }) => roles === null || (role !== null && roles.includes(role))).length

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five']
const inWords = (n: number): string => NUMBERS[n] ?? String(n)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "Two people have to approve this.", "1 of 2: Ann approved, one more needed (owner)." */
export function approvalsWords(rules: readonly PeopleRule[], approvals: readonly OneApproval[]): string {
  const counted = distinctApprovals(approvals)
  const needed = peopleNeeded(rules)
  const missing = stillMissing(rules, counted)
  const open = rules.filter((rule) => missingOf(rule, counted) > 0)
  const roles = [...new Set(open.flatMap((rule) => rule.roles ?? []))]
  const who = open.some((rule) => rule.roles === null) || roles.length === 0 ? '' : ` (${roles.join(' or ')})`
  if (counted.length === 0) return `${capital(inWords(needed))} people have to approve this${who}.`
  const names = counted.map(({ name }) => name)
  const said = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? '')
  return `${counted.length} of ${Math.max(needed, counted.length + missing)}: ${said} approved, ${inWords(missing)} more needed${who}.`
}

import type { AgentId, MemberId, WorkspaceId } from './ids.ts'

export const ROLES = ['viewer', 'approver', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** Who acts, whatever the door they came in by. */
export type Actor =
  | { readonly kind: 'agent'; readonly id: AgentId; readonly workspaceId: WorkspaceId; readonly name: string }
  | {
      readonly kind: 'member'
      readonly id: MemberId
      readonly workspaceId: WorkspaceId
      readonly name: string
      /** What they may do by this door: over a bare token no more than everybody who holds it. */
      readonly role: Role
      readonly via: 'http' | 'slack'
      readonly lowered?: Lowered
    }

/** Who besides its member holds a bare token; `role` null: they left. */
export type Holder = { readonly name: string; readonly role: Role | null }

/** Why a role is lower than the member's own, `from`: the one of these holders who may do least. */
export type Lowered = { readonly by: Holder; readonly from: Role }

export type Deed =
  | 'propose'
  | 'read'
  | 'stop'
  | 'decide'
  | 'undo'
  | 'snooze'
  | 'delegate'
  | 'record_outcomes'
  | 'record_consents'
  | 'lift_suppressions'
  | 'reclaim'
  | 'grant'
  | 'grant_full_delegation'
  | 'set_policy'
  | 'record_spend'
  | 'raise_cap'
  | 'resume'
  | 'manage_members'
  | 'manage_agents'
  | 'manage_connections'
  | 'change_roles'
  | 'delete_feedback'
  | 'read_ledger'
  | 'erase_details'
  | 'adopt_ledger'
  | 'rebuild_trust'
  | 'choose_escalation'

const LOWEST_ROLE: Readonly<Record<Deed, Role>> = {
  propose: 'approver',
  read: 'viewer',
  stop: 'viewer',
  decide: 'approver',
  undo: 'approver',
  snooze: 'approver',
  delegate: 'approver',
  record_outcomes: 'approver',
  record_consents: 'approver',
  reclaim: 'approver',
  delete_feedback: 'approver',
  grant: 'admin',
  set_policy: 'admin',
  record_spend: 'admin',
  resume: 'admin',
  manage_members: 'admin',
  manage_agents: 'admin',
  manage_connections: 'admin',
  read_ledger: 'admin',
  erase_details: 'admin',
  lift_suppressions: 'admin',
  rebuild_trust: 'admin',
  grant_full_delegation: 'owner',
  raise_cap: 'owner',
  change_roles: 'owner',
  adopt_ledger: 'owner',
  choose_escalation: 'owner',
}

/** Whether a member of this role may do it; the table of `product.md`. Agents have rights of their own. */
export const mayDo = (role: Role, deed: Deed): boolean => ROLES.indexOf(role) >= ROLES.indexOf(LOWEST_ROLE[deed])

/** The one that may do least. */
export const lowestRole = (first: Role, ...more: readonly Role[]): Role =>
  more.reduce((low, role) => (ROLES.indexOf(role) < ROLES.indexOf(low) ? role : low), first)

/** Of whoever holds a token: who left may have it still, and only looks. */
const holderRole = ({ role }: Pick<Holder, 'role'>): Role => role ?? 'viewer'

/** The role over a token that these hold too: the lowest of all. */
export function roleOverToken(
  own: Role,
  holders: readonly Holder[],
): { readonly role: Role; readonly lowered?: Lowered } {
  const role = lowestRole(own, ...holders.map(holderRole))
  const by = role === own ? undefined : holders.find((one) => holderRole(one) === role)
  return by ? { role, lowered: { by, from: own } } : { role }
}

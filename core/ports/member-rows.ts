import type { ApproverLimits } from '../domain/approver-limits.ts'
import type { Channel } from '../domain/category.ts'
import type { FormerToken } from '../domain/hands.ts'
import type { Role } from '../domain/people.ts'
import type { AgentId, DelegationId, MemberId, WorkspaceId } from '../domain/ids.ts'

export type MemberRow = {
  readonly id: MemberId
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly slackUserId: string | null
  /** What they may approve; null: whatever their role may. */
  readonly limits: ApproverLimits | null
  /** Everybody besides them who holds the token of theirs (`domain/hands.ts`). */
  readonly tokenHands: readonly string[]
  /** When they took one in Slack that is theirs alone; null: not yet. */
  readonly tokenOwnSince: Date | null
  /** Those before it that somebody replaced, oldest first. */
  readonly formerTokens: readonly FormerToken[]
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

/** While it runs, one member may decide what another may. */
export type DelegationRow = {
  readonly id: DelegationId
  readonly workspaceId: WorkspaceId
  readonly fromId: MemberId
  readonly toId: MemberId
  readonly startsAt: Date
  /** From then on it is over. */
  readonly endsAt: Date
  readonly reason: string | null
  readonly byId: MemberId
  /** Everybody else who has held the token that it was lent with (`domain/rights.ts`). */
  readonly hands: readonly string[]
  readonly at: Date
  readonly endedAt: Date | null
  readonly endedBy: string | null
}

/** What an agent's key is good for. */
export type KeyScope = {
  /** Empty: every kind. */
  readonly kinds: readonly string[]
  /** Empty: every channel. */
  readonly channels: readonly Channel[]
  /** The most that one proposal may cost, in minor units. */
  readonly maxAmountMinor: number | null
  /** Proposals in any hour. */
  readonly ratePerHour: number | null
}

export type AgentRow = KeyScope & {
  readonly id: AgentId
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly keyPrefix: string
  /** The member who made its key last; null: it came with the installation. */
  readonly createdBy: string | null
  /** Everybody who held the token of that member. */
  readonly keyHands: readonly string[]
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

import type { Category } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import type { Tier } from '../domain/level.ts'
import type { GateStatus } from '../domain/trust/gate.ts'
import type { Signal } from '../domain/trust/score.ts'

export type TrustLockView = {
  readonly cause: 'rejection_at_high_autonomy' | 'critical_finding'
  /** More decisions of the category before its other kinds of work may be proposed for more; 0: none. */
  readonly decisionsUntilOthers: number
}

/** What the evidence of one scope comes to. */
export type TrustView = {
  readonly scope: string
  /** Whole points of 100, rounded down. */
  readonly score: number
  readonly tier: Tier
  /** Nothing was decided in 90 days. */
  readonly stale: boolean
  /** Decisions in the window of the score; approvals include those that nobody looked at. */
  readonly decisions: number
  readonly rejections: number
  /** The newest day of a decision, `2026-03-04` in UTC. */
  readonly lastDay: string
  readonly lock: TrustLockView | null
  readonly says: string
}

export type ContributionView = {
  readonly signal: Signal
  readonly points: number
  readonly most: number
  readonly says: string
}

export type CounterfactualView = {
  readonly target: 60 | 85
  /** Null: a thousand would not do. */
  readonly approvals: number | null
  readonly says: string
}

export type TrustGateView = {
  readonly name: string
  readonly status: GateStatus
  readonly has: number | null
  readonly needs: number
  readonly says: string
}

export type TrustCellView = {
  readonly scenario: string
  readonly agentId: string
  readonly agentVersion: string
  readonly epoch: number
  /** What was granted, and what of it holds now: lower where the score, a lock or a change of the agent bounds it. */
  readonly level: Level
  readonly inForce: Level
  readonly decisions: number
  readonly cycles: number
  readonly correct: number
  readonly correctActions: number
  /** How surely it is approved, 0 to 1, leaning on its siblings while it is young; it enters no gate. */
  readonly competence: number
  /** E of each step with what it has to reach; null: what it would replace is too good to be tested against. */
  readonly evidence: readonly { readonly level: 3 | 4 | 5; readonly has: number | null; readonly needs: number }[]
  readonly lastAt: Date
  /** The step that would come next; null: there is none. */
  readonly next: { readonly level: 3 | 4 | 5; readonly gates: readonly TrustGateView[] } | null
}

/** One decision with what it did to the score. */
export type TrustStepView = {
  readonly actionId: string
  readonly title: string
  readonly at: Date
  /** What became of it: "approved", "rejected (major)" … */
  readonly says: string
}

export type ReviewerView = {
  readonly memberId: string
  readonly name: string
  /** Of the last 30 approvals in the category: how many there were, and how many came faster than the text can be read. */
  readonly approvals: number
  readonly tooFast: number
  /** Nothing is proposed for more autonomy while it is so. */
  readonly isTheatre: boolean
  /** From the card to the press, median, in hours of the working week; what was looked at before cannot be seen in Slack. */
  readonly waitedHours: number | null
  /** Seconds for each item, at most, where several were decided by one press; null: none were. */
  readonly batchItemSeconds: number | null
  readonly says: string
}

export type TrustDetailsView = TrustView & {
  /** The three that moved the score most; points of 100, below 0 where it would be higher without. */
  readonly influential: readonly (TrustStepView & { readonly points: number })[]
  /** Newest first, of every agent and scenario here. */
  readonly history: readonly TrustStepView[]
  /** Of the whole category. */
  readonly reviewers: readonly ReviewerView[]

  /** Unrounded, as tiers and gates read it. */
  readonly exactScore: number
  /** From a category that the policy says is alike; null: none. */
  readonly headStart: { readonly from: Category; readonly score: number } | null
  /** Points that a rejection at high autonomy still takes, and the judged cycles until it is repaid. */
  readonly penalty: { readonly points: number; readonly cyclesLeft: number }
  readonly contributions: readonly ContributionView[]
  readonly counterfactuals: readonly CounterfactualView[]
  readonly cells: readonly TrustCellView[]
}

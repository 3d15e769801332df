import type { AgentId, NoticeId, PromotionId } from '../domain/ids.ts'
import type { Level } from '../domain/ceiling.ts'
import type { Agreement } from '../domain/trust/agreement.ts'
import type { Accuracy } from '../domain/trust/evidence-package.ts'
import type { EarnedLevel } from '../domain/trust/promotion-test.ts'
import type { Replay } from '../domain/trust/dossier.ts'
import type { NoticeBody, NoticeKind, PromotionState } from '../ports/promotions.ts'
import type { Exposure } from '../ports/trust-evidence.ts'
import type { TrustGateView } from './trust-views.ts'

/** What a raise is proposed on. Kept as it was when it was proposed; whoever grants it has every gate looked at again. */
export type Dossier = {
  readonly gates: readonly TrustGateView[]
  readonly accuracy: Accuracy
  /** What the same work would have done alone. */
  readonly alone: Replay
  /** The worst three, worst first. */
  readonly worst: readonly {
    readonly actionId: string
    readonly title: string
    readonly at: string
    readonly says: string
  }[]
  /** Of the last 30 days; minor units. */
  readonly exposure: Exposure
  /** Share of what ran that nobody judged, 0 to 1; null: nothing ran. */
  readonly unjudged: number | null
}

export type PromotionView = {
  readonly id: PromotionId
  readonly state: PromotionState
  readonly version: number
  readonly scope: string
  readonly scenario: string
  readonly agent: { readonly id: AgentId; readonly name: string }
  readonly to: EarnedLevel
  /** In business words: "CRM updates, small: Copywriter may act and tell you". */
  readonly title: string
  /** What changes, in a sentence. */
  readonly says: string
  readonly dossier: Dossier
  readonly openedAt: Date
  /** Until when it would be given, if it were given now. */
  readonly until: Date
  readonly endedAt: Date | null
  readonly by: string | null
  readonly reason: string | null
}

export type NoticeView = {
  readonly id: NoticeId
  readonly kind: NoticeKind
  readonly version: number
  readonly body: NoticeBody
  readonly at: Date
  readonly answeredAt: Date | null
  readonly by: string | null
  readonly answer: string | null
}

/** The level that an agent has in one scenario of a scope; of `*` the most that anybody may have there. */
export type GrantView = {
  readonly scope: string
  readonly scenario: string
  readonly agentId: string
  readonly level: Level
  /** What holds now: lower where the score, a lock or a change of the agent bounds it. */
  readonly inForce: Level
  /** Who consented; null: it was lowered by itself. */
  readonly by: string | null
  readonly at: Date
  readonly until: Date | null
  /** What a person took back and may hand back. */
  readonly reclaimed: Level | null
  /** While a scope is observed: what agents would have done beside what people did; null: it is not. */
  readonly observed: (Agreement & { readonly says: string }) | null
}

import type { Json } from '../domain/canonical.ts'
import type { ActionId, MemberId, NoticeId, PromotionId } from '../domain/ids.ts'
import type { EarnedLevel } from '../domain/trust/promotion-test.ts'
import type { StandingKey } from '../domain/trust/standing.ts'

export const PROMOTION_STATES = ['open', 'granted', 'declined', 'withdrawn'] as const
export type PromotionState = (typeof PROMOTION_STATES)[number]

/** A raise of level that the system proposes. */
export type PromotionRow = StandingKey & {
  readonly id: PromotionId
  readonly agentVersion: string
  readonly toLevel: EarnedLevel
  readonly state: PromotionState
  readonly version: number
  /** What it was proposed on. */
  readonly dossier: Json
  readonly openedAt: Date
  readonly endedAt: Date | null
  readonly byId: MemberId | null
  readonly reason: string | null
}

export type PromotionEnd = Pick<PromotionRow, 'endedAt' | 'byId' | 'reason'> & {
  readonly state: Exclude<PromotionState, 'open'>
}

/** The owner's standing choice that a category rises by itself. */
export type StandingConsentRow = {
  readonly category: string
  readonly upTo: EarnedLevel
  readonly byId: MemberId
  readonly at: Date
  readonly withdrawnAt: Date | null
  readonly withdrawnWhy: string | null
}

export const NOTICE_KINDS = [
  'demotion',
  'restored',
  'automatic_promotion',
  'lapse_soon',
  'lapsed',
  'invitation',
  'exceptions_digest',
  'audit',
  'ledger_changed',
  'benchmark_missed',
  'theatre',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What may be said to a notice; which fits depends on its kind. */
export type NoticeAnswer = 'renew' | 'review' | 'dismiss' | 'looks_good' | 'not_right'

/** Something that people are told about trust; `once` says what about, so that nobody is told twice. */
export type NoticeRow = {
  readonly id: NoticeId
  readonly kind: NoticeKind
  readonly once: string
  readonly version: number
  readonly body: NoticeBody
  readonly at: Date
  readonly answeredAt: Date | null
  readonly byId: MemberId | null
  readonly answer: string | null
}

export type NoticeBody = {
  readonly title: string
  /** One sentence each, in business words. */
  readonly lines: readonly string[]
  /** Whose standing it is about; absent: of nobody in particular. */
  readonly key?: StandingKey
  /** The action that a person is asked to look at; absent: none. */
  readonly actionId?: ActionId
  /** The category it is about, where it is about a whole one. */
  readonly category?: string
}

/** Proposals of more autonomy, standing consents, and what people are told. */
export type PromotionRows = {
  /** False: one is open for this agent and scenario already. */
  open(row: PromotionRow): Promise<boolean>
  load(id: PromotionId): Promise<PromotionRow | null>
  /** Newest first. */
  list(query: { readonly state?: PromotionState; readonly limit: number }): Promise<readonly PromotionRow[]>
  /** The newest of an agent and scenario; null: none was ever proposed. */
  newestOf(key: StandingKey): Promise<PromotionRow | null>
  /** False: it is not open any more. */
  end(id: PromotionId, end: PromotionEnd): Promise<boolean>
  consents(): Promise<readonly StandingConsentRow[]>
  putConsent(row: StandingConsentRow): Promise<void>
  /** False: people were told this before. */
  tell(row: NoticeRow): Promise<boolean>
  /** When people were last told something of this kind about what begins like this; null: never. */
  lastTold(kind: NoticeKind, onceBeginsWith: string): Promise<Date | null>
  loadNotice(id: NoticeId): Promise<NoticeRow | null>
  /** False: it was answered before. */
  answerNotice(
    id: NoticeId,
    answer: { readonly at: Date; readonly byId: MemberId; readonly answer: string },
  ): Promise<boolean>
}

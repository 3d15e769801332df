import type { ActionId, MemberId } from '../domain/ids.ts'
import type { TrustRecord } from '../domain/trust/trust-record.ts'
import type { StandingKey } from '../domain/trust/standing.ts'
import type { Input, Preview } from './kind.ts'
import type { ActionRow, StoredAction } from './rows.ts'
import type { StoredPress } from './trust.ts'

/** A counted decision with the action that it was about. */
export type CountedAction = {
  readonly actionId: ActionId
  readonly title: string
  readonly at: Date
  readonly record: TrustRecord
}

/** One approval as far as what is stored tells how it was made. */
export type StoredApproval = {
  readonly byId: MemberId
  readonly at: Date
  readonly via: string
  readonly wasEdited: boolean
  readonly preview: Preview
  readonly proposedAt: Date
  /** Null: it was not pressed in Slack. */
  readonly press: StoredPress | null
}

/** What an agent's work reached in a time. */
export type Exposure = {
  readonly actions: number
  readonly people: number
  readonly amountMinor: number
  readonly mostPeople: number
  readonly mostMinor: number
}

/** Actions with a planned time: how many went out in it, of how many. */
export type Slots = { readonly kept: number; readonly due: number }

/** How people and the system shared the work of a category. */
export type EngagementRow = {
  readonly daysSinceManual: number
  readonly actions: number
  readonly handledAlone: number
  /** Of the agents that did it. */
  readonly versions: number
}

export type RanAlone = { readonly actions: number; readonly undone: number; readonly exceptions: number }

/** Something that ran at level 4 or 5 and whose window is closed. */
export type RanHigh = StandingKey & {
  readonly actionId: ActionId
  readonly kindId: string
  readonly fingerprint: ActionRow['fingerprint']
  readonly title: string
  readonly executedAt: Date
}

/** What was proposed or done in a scope while it is observed. */
export type ObservedAction = { readonly kindId: string; readonly input: Input; readonly at: Date }

/** What a recomputation of the ledger came to. */
export type LedgerCheck = { readonly at: Date; readonly found: number }

/** What an agent has under way or done by itself that differs from an action only in its lists. */
export type Pieces = { readonly count: number; readonly people: number; readonly amountMinor: number }

/** What a proposal of more autonomy is judged on besides the cell itself; reads only. */
export type EvidenceRows = {
  /** Of every version of the agent, newest first; decisions that were taken back are left out. */
  counted(key: StandingKey, limit: number): Promise<readonly CountedAction[]>
  /** The newest approvals in a category, newest first. */
  approvals(category: string, limit: number): Promise<readonly StoredApproval[]>
  exposure(key: StandingKey, since: Date): Promise<Exposure>
  /** Of the newest planned ones of a category that are over. */
  slots(category: string, limit: number, graceMs: number): Promise<Slots>
  /** The same in the last two stretches of 30 days, newest first; only those that the category was there for. */
  slotWindows(category: string, graceMs: number): Promise<readonly Slots[]>
  /** What ran without a person at level 4 or 5 in a time and is settled. */
  ranHigh(from: Date, until: Date): Promise<readonly RanHigh[]>
  /** What agents would have done in a scope since a time, and what members did of the same kinds. */
  observed(
    scope: string,
    since: Date,
  ): Promise<{ readonly proposals: readonly ObservedAction[]; readonly done: readonly ObservedAction[] }>
  /** Of the last 24 hours, without the action itself. */
  piecesOf(stored: StoredAction): Promise<Pieces>
  /** Null: the ledger was not recomputed in the gate yet. */
  lastLedgerCheck(): Promise<LedgerCheck | null>
  /** When its work last ran; null: it never did. */
  lastRanAt(key: StandingKey): Promise<Date | null>
  engagement(category: string, since: Date): Promise<EngagementRow>
  /** What ran without a person in a time. */
  ranAlone(key: StandingKey, from: Date, until: Date): Promise<RanAlone>
}

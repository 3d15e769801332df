import type { ActionId, AgentId, MemberId } from '../domain/ids.ts'
import type { CellKey, TrustRecord } from '../domain/trust/trust-record.ts'
import type { TrustDay } from '../domain/trust/scope-score.ts'
import type { Counted, TrustBook, TrustCell, TrustScope } from '../domain/trust/trust-book.ts'
import type { Input } from './kind.ts'
import type { DecisionRow } from './rows.ts'

/** A person's press in Slack, as far as what is stored bounds the time that they looked. */
export type StoredPress = {
  /** When its card was posted; null: no message of it is kept. */
  readonly postedAt: Date | null
  /** That person's press before this one; null: none is known. */
  readonly previousPressAt: Date | null
  /** How many were decided by the same press, this one included. */
  readonly together: number
}

/** What is stored of an action that tells how it was judged. */
export type JudgedOn = {
  readonly decisions: readonly DecisionRow[]
  /** As the agent proposed it. */
  readonly proposed: Input
  /** The newest approval, edit or request for changes, where it was pressed in Slack. */
  readonly press: StoredPress | null
  /** Who began the newest undo, and whether they named a reason outside the agent's work; null: nobody. */
  readonly undo: { readonly by: AgentId | MemberId; readonly outside: boolean } | null
}

/** What a move that is to be counted holds in the lock order: budgets, then action states, then categories. */
export type CountLocks = {
  readonly windows: readonly string[]
  readonly actionIds: readonly ActionId[]
  readonly categories: readonly string[]
}

/** All that is kept of the trust of one scope. */
export type ScopeTrust = {
  readonly scope: TrustScope
  readonly cells: readonly TrustCell[]
  readonly days: readonly TrustDay[]
}

export type AllTrust = {
  readonly cells: readonly TrustCell[]
  readonly days: readonly (TrustDay & { readonly scope: string })[]
  readonly scopes: readonly TrustScope[]
}

/** A counted decision as the ledger tells it. */
export type LedgeredDecision = {
  readonly ledgerId: number
  readonly actionId: ActionId
  readonly at: Date
  /** Null: it cannot be read. */
  readonly record: TrustRecord | null
}

/** What a transaction can do with the trust of its workspace. */
export type TrustRows = {
  /** Takes the locks that counting takes, for a transaction that counts more than one action. */
  lock(locks: CountLocks): Promise<void>
  /** Takes the locks and reads what one more decision of a cell has to know, in one round trip. */
  open(cell: CellKey, locks: CountLocks): Promise<TrustBook>
  /** Sent together with `open` it costs no round trip of its own. */
  judgedOn(actionId: ActionId): Promise<JudgedOn>
  /** Writes what a decision changed, in one statement: a version of its cell and of its day, and seldom one of a scope. */
  write(counted: Counted): Promise<void>
  /** Every scope (of one category, or of all: null) that ever counted a decision, with the days of the last year. */
  readScopes(category: string | null): Promise<readonly ScopeTrust[]>
  /** In the order in which they were counted. */
  ledgered(afterLedgerId: number, limit: number): Promise<readonly LedgeredDecision[]>
  readAll(): Promise<AllTrust>
  /** In place of everything that is kept. The caller holds the control row for update. */
  replaceAll(trust: AllTrust): Promise<void>
}

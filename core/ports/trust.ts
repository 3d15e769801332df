import type { Cause } from '../domain/decision.ts'
import type { ActionId, AgentId, MemberId } from '../domain/ids.ts'
import type { LedgeredTrust } from '../domain/trust/ledger-trust.ts'
import type { Standing } from '../domain/trust/standing.ts'
import type { Side } from '../domain/rollout/compare-with-baseline.ts'
import type { CellKey, TrustRecord } from '../domain/trust/trust-record.ts'
import type { TrustDay } from '../domain/trust/scope-score.ts'
import type { TrustBook, TrustCell, TrustScope } from '../domain/trust/trust-book.ts'
import type { Input } from './kind.ts'
import type { DecisionRow, PayloadRow } from './rows.ts'

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
  /** As the agent proposed it, and how that was judged. */
  readonly proposed: Input
  readonly firstVerdict: Pick<PayloadRow, 'verdict' | 'level'> | null
  /** The newest approval, edit or request for changes, where it was pressed in Slack. */
  readonly press: StoredPress | null
  /** Who began the newest undo, and whether they named a reason outside the agent's work; null: nobody. */
  readonly undo: {
    readonly by: AgentId | MemberId
    readonly outside: boolean
    readonly cause: Cause | null
  } | null
}

/** What a move that is to be counted holds in the lock order: budgets, then action states, then categories. */
export type CountLocks = {
  readonly windows: readonly string[]
  readonly actionIds: readonly ActionId[]
  readonly categories: readonly string[]
}

/** The cell of a decision, and whose it is. */
export type CountedCell = CellKey & { readonly agentId: string }

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
  readonly standings: readonly Standing[]
}

/** What a move of trust changes; an absent member stays as it is. */
export type TrustChange = {
  readonly cell?: TrustCell
  /** What is added to this day of the cell's scope; sums may be below 0. */
  readonly day?: TrustDay
  /** More cells, as they are now. */
  readonly siblings?: readonly TrustCell[]
  /** A second day of that cell, in the same way. */
  readonly less?: TrustDay | null
  readonly scopes?: readonly TrustScope[]
  readonly standings?: readonly Standing[]
}

/** A move of trust as the ledger tells it. */
export type LedgeredMove = {
  readonly ledgerId: number
  /** The action of a counted decision; of other moves what they are about. */
  readonly subject: string
  readonly at: Date
  /** Null: it cannot be read. */
  readonly told: LedgeredTrust | null
}

/** What became of the runs that agents proposed in one scope. */
export type ScopeRuns = {
  /** When it first acted by itself; null: it has not. */
  readonly since: Date | null
  /** What people decided before that. */
  readonly baseline: Side
  /** What acted by itself. */
  readonly autonomous: Side
}

/** What a transaction can do with the trust of its workspace. */
export type TrustRows = {
  /** Takes the locks that counting takes, for a transaction that counts more than one action. */
  lock(locks: CountLocks): Promise<void>
  /** Takes the locks and reads what one more decision of a cell has to know, in one round trip. */
  open(cell: CountedCell, locks: CountLocks): Promise<TrustBook>
  /** Sent together with `open` it costs no round trip of its own. */
  judgedOn(actionId: ActionId): Promise<JudgedOn>
  /** Writes what changed in one statement: a version of a cell and of its day, and seldom one of a scope or a standing. */
  write(change: TrustChange): Promise<void>
  /** What an action was counted as last; null: it was not, or it was taken back. */
  recordOf(actionId: ActionId): Promise<TrustRecord | null>
  /** Every scope (of one category, or of all: null) that ever counted a decision, with the days of the last year. */
  readScopes(category: string | null): Promise<readonly ScopeTrust[]>
  /** The names of all scopes that ever counted a decision. */
  scopes(): Promise<readonly string[]>
  /** Of what was proposed after a time; `leftOut`: kinds that do not count, because they need no approval. */
  runsOf(scope: string, options: { readonly after: Date; readonly leftOut: readonly string[] }): Promise<ScopeRuns>
  /** In the order in which they were counted. */
  ledgered(afterLedgerId: number, limit: number): Promise<readonly LedgeredMove[]>
  readAll(): Promise<AllTrust>
  /** In place of everything that is kept. The caller holds the control row for update. */
  replaceAll(trust: AllTrust): Promise<void>
}

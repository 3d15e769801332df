import type { WorkspaceId } from '../domain/ids.ts'
import type { EventLine, SealLine } from '../domain/ledger-lines.ts'
import type { Seal } from '../domain/seal.ts'

/** Signs heads. The private half is configuration; it is never in the database. */
export type LedgerKey = {
  /** Raw, 32 bytes in base64. */
  readonly publicKey: string
  /** An Ed25519 signature in base64. */
  sign(text: string): string
  /** False also for what is no key or no signature at all. */
  verify(publicKey: string, text: string, signature: string): boolean
}

export type UnsealedEvent = { readonly id: string; readonly tx: string; readonly body: string }

/** What a new seal is made from: read in one statement together with the horizon. */
export type Unsealed = {
  readonly now: Date
  readonly last: SealLine | null
  /** Complete events that no seal covers, in sealing order, up to the limit. */
  readonly events: readonly UnsealedEvent[]
  /** Every transaction below it was complete. */
  readonly horizon: string
  /** Events carry transaction numbers that this database has not given out yet: it was restored from another. */
  readonly wentBack: boolean
}

/** What an adoption is made from. */
export type Ended = {
  readonly now: Date
  readonly last: SealLine | null
  readonly horizon: string
  /** Transactions are counted anew: what is left of the count before, and its last event. Null: the count went on. */
  readonly ended: { readonly eraTo: string; readonly events: readonly UnsealedEvent[] } | null
}

export type NewSeal = {
  readonly seal: Seal
  readonly text: string
  readonly head: string
  readonly signature: string
  readonly publicKey: string
  readonly leaves: string
}

/** A stretch of the ledger in sealing order: after one place, up to another (null: whatever is complete). */
export type Stretch = {
  readonly after: { readonly tx: string; readonly id: string }
  readonly upTo: { readonly tx: string; readonly id: string } | null
  /** The era: ids above the first, and not above the second (null: no end). */
  readonly eraFrom: string
  readonly eraTo: string | null
}

/** The ledger's rows as sealing, export and adoption need them. */
export type LedgerRows = {
  /** Workspaces with events that no seal covers, each with the time of the first of them. */
  unsealed(): Promise<readonly { readonly workspaceId: WorkspaceId; readonly oldestAt: Date }[]>
  /**
   * Reads what is not sealed and writes what `make` answers, in one transaction. False: another sealer was first, and
   * nothing was written.
   */
  seal(workspaceId: WorkspaceId, limit: number, make: (unsealed: Unsealed) => NewSeal | null): Promise<boolean>
  /** The same for an adoption. */
  adopt(workspaceId: WorkspaceId, make: (ended: Ended) => NewSeal): Promise<boolean>
  lastSeal(workspaceId: WorkspaceId): Promise<SealLine | null>
  seals(workspaceId: WorkspaceId, afterBatch: number, limit: number): Promise<readonly SealLine[]>
  adoptions(workspaceId: WorkspaceId): Promise<readonly SealLine[]>
  /** Every transaction below this number is complete. */
  horizon(workspaceId: WorkspaceId): Promise<string>
  /** In sealing order; `below`: only of transactions with lower numbers. */
  events(
    workspaceId: WorkspaceId,
    stretch: Stretch,
    options: { readonly limit: number; readonly details: boolean; readonly below: string | null },
  ): Promise<readonly EventLine[]>
  /** All that is visible of transactions from this number on, in one statement. */
  eventsFrom(workspaceId: WorkspaceId, from: string, stretch: Stretch, details: boolean): Promise<readonly EventLine[]>
}

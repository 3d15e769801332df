import type { Kind } from '../ports/kind.ts'
import type { StoredAction, StoredConnection } from '../ports/rows.ts'
import type { Context, Move } from './dependencies.ts'

/** Under Mailchimp's 10 simultaneous connections and HubSpot's 100 in 10 s: ten at once, then five a second. */
const CONNECTION_RATE = { intervalMs: 200, burst: 10 }

/** An action whose turn at its platform it is, with what has to be known to carry it out. */
export type Ready = {
  readonly stored: StoredAction
  readonly kind: Kind
  /** Null: the connection is gone. */
  readonly connection: (StoredConnection & { readonly credentials: string }) | null
  /** By the database: every look at the platform for this turn is later. */
  readonly takenAt: Date
}

export type Turn = Omit<Ready, 'stored'>

/** Takes the connection's rate token. Answers the turn, or the wait in milliseconds; null: the kind is not installed. */
export async function takeTurn(ctx: Context, tx: Move, { action }: StoredAction): Promise<Turn | number | null> {
  const kind = ctx.kinds.get(action.kind)
  if (!kind) return null
  const [waitMs, connection] = await Promise.all([
    tx.takeToken(`connection:${action.connectionId}`, CONNECTION_RATE),
    tx.connectionWithCredentials(action.connectionId),
  ])
  return waitMs ?? { kind, connection, takenAt: tx.now }
}

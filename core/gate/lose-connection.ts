import type { PlatformError } from '../ports/platform.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'

/** Whether a person has to connect the platform again before anything can go on. */
export const needsNewConnection = ({ kind }: PlatformError): boolean =>
  kind === 'auth_expired' || kind === 'missing_scope'

/** Marks the connection of an action as lost where that is what the platform said, whatever call it was. */
export async function loseConnection(tx: Transaction, { action }: StoredAction, error: PlatformError): Promise<void> {
  if (needsNewConnection(error)) await tx.setConnectionState(action.connectionId, 'lost')
}

import type { Transaction } from '../ports/transaction.ts'

/**
 * Locks all budget rows that a transaction with several actions will touch, in the lock order and before it reads the first.
 * In their own order by action, two such transactions could each hold what the other waits for.
 */
export async function lockBudgets(
  tx: Pick<Transaction, 'lockBudget'>,
  charges: readonly { readonly window: string }[],
): Promise<void> {
  for (const window of [...new Set(charges.map((one) => one.window))].sort()) await tx.lockBudget(window)
}

import { and, eq, inArray } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import type { BudgetRow } from '../ports/store.ts'
import type { Drizzle } from './database.ts'
import { budgets } from './schema/index.ts'

const columns = { window: budgets.window, reserved: budgets.reserved, committed: budgets.committed }

/** Budget counters. They are only ever changed under the row's lock, by adding, never from a sum. */
export function budgetRows(tx: Drizzle, workspaceId: WorkspaceId) {
  return {
    async lockBudget(window: string): Promise<BudgetRow> {
      await tx.insert(budgets).values({ workspaceId, window }).onConflictDoNothing()
      const rows = await tx
        .select(columns)
        .from(budgets)
        .where(and(eq(budgets.workspaceId, workspaceId), eq(budgets.window, window)))
        .for('update')
      const row = rows[0]
      if (!row) throw new Error(`The budget row ${window} is gone`)
      return row
    },

    async listBudgets(windows: readonly string[]): Promise<readonly BudgetRow[]> {
      return await tx
        .select(columns)
        .from(budgets)
        .where(and(eq(budgets.workspaceId, workspaceId), inArray(budgets.window, [...windows])))
    },
  }
}

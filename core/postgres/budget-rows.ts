import { and, eq, inArray, like } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import type { BudgetRow } from '../ports/rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { budgets } from './schema/index.ts'

const columns = {
  window: budgets.window,
  reserved: budgets.reserved,
  committed: budgets.committed,
  carried: budgets.carried,
  spent: budgets.spent,
}

const LOCK =
  'select reserved, committed, carried, spent from budgets where workspace_id = $1 and "window" = $2 for update'

type Counters = Readonly<Record<'reserved' | 'committed' | 'carried' | 'spent', string | number>>

const budgetRow = (window: string, { reserved, committed, carried, spent }: Counters): BudgetRow => ({
  window,
  reserved: Number(reserved),
  committed: Number(committed),
  carried: Number(carried),
  spent: Number(spent),
})

/** Budget counters. They are only ever changed under the row's lock, by adding, never from a sum. */
export function budgetRows(tx: Drizzle, workspaceId: WorkspaceId) {
  const query = queryOf(tx)
  const rows = {
    async lockBudget(window: string): Promise<BudgetRow> {
      const [row] = await query<Counters>(LOCK, [workspaceId, window])
      if (row) return budgetRow(window, row)
      await tx.insert(budgets).values({ workspaceId, window }).onConflictDoNothing()
      const [made] = await query<Counters>(LOCK, [workspaceId, window])
      if (!made) throw new Error(`The budget row ${window} is gone`)
      return budgetRow(window, made)
    },

    async listBudgets(windows: readonly string[]): Promise<readonly BudgetRow[]> {
      return await tx
        .select(columns)
        .from(budgets)
        .where(and(eq(budgets.workspaceId, workspaceId), inArray(budgets.window, [...windows])))
    },
  }
  return {
    ...rows,
    async carryBudget(window: string, minor: number): Promise<void> {
      await rows.lockBudget(window)
      await tx
        .update(budgets)
        .set({ carried: minor })
        .where(and(eq(budgets.workspaceId, workspaceId), eq(budgets.window, window)))
    },
    async setSpent(window: string, minor: number): Promise<void> {
      await rows.lockBudget(window)
      await tx
        .update(budgets)
        .set({ spent: minor })
        .where(and(eq(budgets.workspaceId, workspaceId), eq(budgets.window, window)))
    },
    async listCampaignBudgets(): Promise<readonly BudgetRow[]> {
      return await tx
        .select(columns)
        .from(budgets)
        .where(and(eq(budgets.workspaceId, workspaceId), like(budgets.window, '%campaign:%')))
    },

    async hasRoom(window: string, amountMinor: number, limitMinor: number): Promise<boolean> {
      const { reserved, committed, carried, spent } = await rows.lockBudget(window)
      return reserved + Math.max(committed + carried, spent) + amountMinor <= limitMinor
    },
  }
}

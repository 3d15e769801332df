import { and, eq, inArray, like } from 'drizzle-orm'
import { daysIn, isLater, type LaterWindows, runningRow, timeWindowOf } from '../domain/daily-budget.ts'
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

/** A window that comes into being knows of the campaigns that run: what runs a day in its budget, for all its days. */
const MAKE = `with running as (
    select committed + carried as per_day from budgets where workspace_id = $1 and "window" = $3 for share)
  insert into budgets (workspace_id, "window", carried)
  values ($1, $2, coalesce((select per_day from running), 0) * $4) on conflict do nothing`

const LATER = `select "window" from budgets where workspace_id = $1 and "window" > $2 and starts_with("window", $3)`
const RAISE = `update budgets set carried = carried + $3 where workspace_id = $1 and "window" = $2`

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
      const at = timeWindowOf(window)
      if (at) await query(MAKE, [workspaceId, window, runningRow(at.budget), daysIn(at)])
      else await tx.insert(budgets).values({ workspaceId, window }).onConflictDoNothing()
      const [made] = await query<Counters>(LOCK, [workspaceId, window])
      if (!made) throw new Error(`The budget row ${window} is gone`)
      return budgetRow(window, made)
    },

    async laterBudgets(windows: readonly string[]): Promise<readonly string[]> {
      const later = new Set<string>()
      for (const window of windows) {
        const at = timeWindowOf(window)
        if (!at) continue
        const found = await query<{ window: string }>(LATER, [workspaceId, window, `${at.budget}${at.period}:`])
        for (const row of found) if (isLater(row.window, window)) later.add(row.window)
      }
      return [...later].sort()
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
    async raiseLater({ after, byPerDayMinor }: LaterWindows): Promise<void> {
      for (const window of await rows.laterBudgets(after)) {
        const its = timeWindowOf(window)
        if (its) await query(RAISE, [workspaceId, window, byPerDayMinor * daysIn(its)])
      }
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

import { daysIn, runningRow, timeWindowOf } from '../domain/daily-budget.ts'
import { ok } from '../domain/result.ts'
import type { Actor } from '../domain/people.ts'
import type { BudgetRow } from '../ports/rows.ts'
import { budgetsNow, type CurrentBudget } from '../rules/current-budgets.ts'
import type { Context } from './dependencies.ts'
import { policyInForce } from './policy-at.ts'
import type { Answer } from './gate.ts'
import type { BudgetView } from './views.ts'

/** Every budget that holds now, somewhere on trial too, used and left; campaigns as far as anything was charged to them. */
export async function listBudgets(ctx: Context, actor: Actor): Answer<readonly BudgetView[]> {
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const snapshot = await tx.snapshot()
    const { timeZone, currency } = snapshot.workspace
    const campaigns = await tx.listCampaignBudgets()
    const at = {
      at: tx.now,
      zone: timeZone,
      agents: snapshot.agents.map(({ id, name }) => ({ id, name })),
      campaignWindows: campaigns.map(({ window }) => window),
    }
    const inForce = budgetsNow(policyInForce(ctx, snapshot).document, at)
    // A trial counts in the same rows as what is in force: only what it limits otherwise is a budget more.
    const onTrial = snapshot.trials.flatMap(({ document, hash, version }) =>
      budgetsNow(ctx.compiled(document, hash).document, at)
        .filter((budget) => !inForce.some((one) => isSame(one, budget)))
        .map((budget) => ({ ...budget, name: `${budget.name}, version ${version} on trial` })),
    )
    const now = [...inForce, ...onTrial]
    const names = now.flatMap(({ window }) => [window, ...rowOfRunning(window)])
    const rows = new Map([...campaigns, ...(await tx.listBudgets([...new Set(names)]))].map((row) => [row.window, row]))
    return ok(now.map((budget) => budgetView(budget, rowOf(rows, budget.window), currency)))
  })
}

const isSame = (a: CurrentBudget, b: CurrentBudget): boolean =>
  a.window === b.window && a.limits.cap === b.limits.cap && a.limits.ask_above === b.limits.ask_above

const rowOfRunning = (window: string): readonly string[] => {
  const at = timeWindowOf(window)
  return at ? [runningRow(at.budget)] : []
}

/** A window that nothing was charged to yet is made with what its budget's campaigns run a day. */
function rowOf(rows: ReadonlyMap<string, BudgetRow>, window: string): BudgetRow | undefined {
  const at = timeWindowOf(window)
  const running = at && rows.get(runningRow(at.budget))
  if (rows.has(window) || !running) return rows.get(window)
  const carried = (running.committed + running.carried) * daysIn(at)
  return { window, reserved: 0, committed: 0, carried, spent: 0 }
}

function budgetView(budget: CurrentBudget, row: BudgetRow | undefined, currency: string): BudgetView {
  const money = (minor: number) => ({ minor, currency })
  const { cap, ask_above } = budget.limits
  return {
    id: budget.window,
    name: budget.name,
    period: budget.period,
    startsAt: budget.startsAt,
    endsAt: budget.endsAt,
    askAbove: ask_above === undefined ? null : money(ask_above),
    cap: cap === undefined ? null : money(cap),
    reserved: money(row?.reserved ?? 0),
    committed: money((row?.committed ?? 0) + (row?.carried ?? 0)),
    spent: money(row?.spent ?? 0),
  }
}

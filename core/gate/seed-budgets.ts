import type { PolicyDocument } from '../rules/policy.ts'
import { monthWindow } from '../rules/calendar.ts'
import { type Context, type Move, sha256 } from './dependencies.ts'
import { evaluateAction, policyInForce } from './evaluate-action.ts'

/**
 * Tells budgets that are new with this policy what was committed in their current window before there was one. What is
 * in flight is charged to them when it is looked at again. The caller holds the control row for update, so that nothing
 * is claimed meanwhile.
 */
export async function seedBudgets(ctx: Context, tx: Move, document: PolicyDocument): Promise<void> {
  const snapshot = await tx.snapshot()
  const compiled = ctx.compiled(document, sha256(JSON.stringify(document)))
  if (!hasBudget(document)) return
  const known = policyInForce(ctx, snapshot)
  const { timeZone } = snapshot.workspace
  const carried = new Map<string, number>()
  for (const stored of await tx.listCommitted(monthWindow(tx.now, timeZone).startsAt)) {
    const kind = ctx.kinds.get(stored.action.kind)
    if (!kind) continue
    const { action, payload, state } = stored
    const at = state.executedAt ?? tx.now
    const under = (policy: typeof compiled) =>
      evaluateAction(
        { compiled: () => policy },
        { ...snapshot, trials: [] },
        { kind, action: { ...action, slotAt: null }, input: payload.input, facts: payload.facts },
        at,
      ).charges
    const before = new Set(under(known).map(({ window }) => window))
    for (const { window, amountMinor, runs } of under(compiled)) {
      if (runs !== undefined || before.has(window) || state.charges.some((one) => one.window === window)) continue
      carried.set(window, (carried.get(window) ?? 0) + amountMinor)
    }
  }
  for (const [window, minor] of [...carried].sort(([a], [b]) => (a < b ? -1 : 1))) await tx.carryBudget(window, minor)
}

const hasBudget = ({ budget, scopes = [] }: PolicyDocument): boolean =>
  budget !== undefined || scopes.some((scope) => scope.budget !== undefined)

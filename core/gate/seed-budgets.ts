import { dailyRowsOf } from '../domain/daily-budget.ts'
import { holdingIn } from '../domain/money-by-state.ts'
import type { StoredAction, TrialRow } from '../ports/rows.ts'
import type { Charge } from '../rules/budget-charges.ts'
import { monthWindow, weekWindow } from '../rules/calendar.ts'
import { carriedDaily, onceOf, type PastChange } from '../rules/daily-history.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import { type Context, type Move, sha256 } from './dependencies.ts'
import { evaluateAction } from './evaluate-action.ts'

/** What holds from now on. */
export type Holding = { readonly document: PolicyDocument; readonly trials: readonly TrialRow[] }

/**
 * Tells the budgets that hold from now on what was committed in their current window without being charged to them:
 * before there was a budget, or under another version. What waits is charged to them when it is looked at again; what
 * is on its way to a platform, or may have arrived there, is not, so that it counts here. Campaigns that run by a daily
 * budget are told from all their changes, however long ago. The caller holds the control row for update, so that nothing
 * is claimed meanwhile.
 */
export async function seedBudgets(ctx: Context, tx: Move, { document, trials }: Holding): Promise<void> {
  const documents = [document, ...trials.map((trial) => PolicySchema.parse(trial.document))]
  if (!documents.some((one) => budgetsOf(one).length > 0)) return
  const snapshot = await tx.snapshot()
  const given = { version: snapshot.control.policyVersion, document, hash: sha256(JSON.stringify(document)) }
  const inForce = { ...given, byName: '', note: null, at: tx.now }
  const { timeZone } = snapshot.workspace
  // A campaign's budget counts for as long as the campaign lives.
  const isUnbounded = documents.some((one) => budgetsOf(one).some(({ campaign }) => campaign !== undefined))
  const starts = [weekWindow(tx.now, timeZone).startsAt, monthWindow(tx.now, timeZone).startsAt]
  const since = isUnbounded ? null : new Date(Math.min(...starts.map((start) => start.getTime())))
  const chargesOf = ({ action, payload, state }: StoredAction) => {
    const kind = ctx.kinds.get(action.kind)
    if (!kind) return []
    const proposed = { kind, action: { ...action, slotAt: null }, input: payload.input, facts: payload.facts }
    return evaluateAction(ctx, { ...snapshot, policy: inForce, trials }, proposed, state.executedAt ?? tx.now).charges
  }
  const carried = new Map<string, number>()
  const changes: PastChange[] = []
  const everOf = ctx.kinds.all.filter((kind) => 'dailyBudget' in kind).map(({ id }) => id)
  for (const stored of await tx.listCommitted(since, everOf)) {
    const { state } = stored
    const held = new Set(state.charges.map(({ window }) => budgetOf(window)))
    const charges = chargesOf(stored)
    for (const charge of charges) {
      const { window, runs } = charge
      if (runs !== undefined || held.has(budgetOf(window)) || onceOf(charge) === 0) continue
      carried.set(window, (carried.get(window) ?? 0) + onceOf(charge))
    }
    const at = state.executedAt ?? tx.now
    const change = changeOf(charges, stored, at)
    if (change) changes.push(change)
  }
  for (const [window, minor] of carriedDaily(changes, tx.now, timeZone))
    carried.set(window, (carried.get(window) ?? 0) + minor)
  for (const [window, minor] of [...carried].sort(([a], [b]) => (a < b ? -1 : 1))) await tx.carryBudget(window, minor)
}

/** As a change of a daily budget that had its effect; of one on its way what no reservation counts. Null: there is none. */
function changeOf(charges: readonly Charge[], { state }: StoredAction, at: Date): PastChange | null {
  const reserved = holdingIn(state.state) === 'committed' ? [] : dailyRowsOf(state.charges)
  const counted = charges.filter(({ daily }) => !daily || !reserved.includes(daily.row))
  if (dailyRowsOf(counted).length === 0) return null
  return { at, undoneAt: state.undoneAt, charges: counted, held: state.charges }
}

const budgetsOf = ({ budget, scopes = [] }: PolicyDocument) =>
  [budget, ...scopes.map((scope) => scope.budget)].filter((one) => one !== undefined)

/** A counter without its period: what was claimed before midnight and ran after it is charged once. */
const budgetOf = (window: string): string => window.slice(0, window.lastIndexOf(':'))

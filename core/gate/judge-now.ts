import { settleCharges } from '../domain/daily-budget.ts'
import { type HeldCharge, reservedFor } from '../domain/money-by-state.ts'
import type { Verdict } from '../domain/verdict.ts'
import type { StateRow } from '../ports/rows.ts'
import type { Counters } from '../rules/guardrails/budget.ts'
import type { Context, Move } from './dependencies.ts'
import { type Evaluated, heldCharges } from './evaluate-action.ts'
import { observe } from './observe.ts'
import { committedIn } from './place-proposal.ts'

/** A verdict, and what it is charged where it runs under it. */
export type JudgedNow = { readonly verdict: Verdict; readonly charges: readonly HeldCharge[] }

/**
 * The verdict on an action that exists already, on what is so now: with the counters of the budgets that it would be
 * charged to, and what its rules want to know. What it holds there itself is not counted against it; where it takes no
 * more than it holds, only the caps are asked again, because an `ask_above` was answered when it was reserved. Locks every
 * budget row that the following move will touch, in their order.
 */
export async function judgeNow(
  ctx: Pick<Context, 'compiled' | 'judge'>,
  tx: Move,
  state: StateRow,
  evaluated: Evaluated,
): Promise<JudgedNow> {
  const held = new Map(state.charges.map(({ window, amountMinor }) => [window, reservedFor(amountMinor)]))
  const counters = new Map<string, Counters>()
  for (const window of [...new Set([...held.keys(), ...evaluated.charges.map((one) => one.window)])].sort()) {
    const row = await tx.lockBudget(window)
    counters.set(window, { ...row, reserved: row.reserved - (held.get(window) ?? 0) })
  }
  const settled = settleCharges(evaluated.charges, (row) => committedIn(counters.get(row)))
  const charges = heldCharges({ charges: settled })
  const observed = await observe(ctx, tx, evaluated, { counters, held })
  const { verdict } = evaluated.judge({ observed, counters, charges: settled })
  const isWhereItWas =
    held.size === settled.length &&
    settled.every(({ window, amountMinor }) => reservedFor(amountMinor) <= (held.get(window) ?? -1))
  // Without a charge there is no counter that the verdict could have heeded.
  if (isWhereItWas && settled.length > 0 && verdict.outcome !== 'block')
    return { verdict: evaluated.judge({ observed, counters: null }).verdict, charges }
  return { verdict, charges }
}

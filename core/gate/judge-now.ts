import type { Verdict } from '../domain/verdict.ts'
import type { StateRow } from '../ports/rows.ts'
import type { Counters } from '../rules/guardrails/budget.ts'
import type { Context, Move } from './dependencies.ts'
import type { Evaluated } from './evaluate-action.ts'
import { observe } from './observe.ts'

/**
 * The verdict on an action that exists already, on what is so now: with the counters of the budgets that it would be
 * charged to, and what its rules want to know. What it holds there itself is not counted against it; where nothing moves,
 * only the caps are asked again, because an `ask_above` was answered when it was reserved. Locks every budget row that the
 * following move will touch, in their order.
 */
export async function judgeNow(
  ctx: Pick<Context, 'compiled' | 'judge'>,
  tx: Move,
  state: StateRow,
  evaluated: Evaluated,
): Promise<Verdict> {
  const held = new Map(state.charges.map(({ window, amountMinor }) => [window, amountMinor]))
  const counters = new Map<string, Counters>()
  for (const window of [...new Set([...held.keys(), ...evaluated.charges.map((one) => one.window)])].sort()) {
    const row = await tx.lockBudget(window)
    counters.set(window, { ...row, reserved: row.reserved - (held.get(window) ?? 0) })
  }
  const observed = await observe(ctx, tx, evaluated, { counters, held })
  const { verdict } = evaluated.judge({ observed, counters })
  const isWhereItWas =
    held.size === evaluated.charges.length &&
    evaluated.charges.every(({ window, amountMinor }) => held.get(window) === amountMinor)
  if (isWhereItWas && verdict.outcome !== 'block') return evaluated.judge({ observed, counters: null }).verdict
  return verdict
}

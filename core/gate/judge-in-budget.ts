import type { Verdict } from '../domain/verdict.ts'
import type { StateRow } from '../ports/rows.ts'
import type { Move } from './dependencies.ts'
import type { Evaluated } from './evaluate-action.ts'

/**
 * The verdict on an action that exists already, with the counters of the day it would be charged to now. What it holds
 * there itself is not counted against it; where nothing moves, only the cap is asked again, because an `ask_above` was
 * answered when it was reserved. Locks the budget rows that the following move will touch, in their order.
 */
export async function judgeInBudget(tx: Move, state: StateRow, evaluated: Evaluated): Promise<Verdict> {
  const { budgetWindow: window, amountMinor } = evaluated
  if (window === null) return evaluated.judge(null).verdict
  const holdsHere = state.budgetWindow === window
  if (state.budgetWindow !== null && state.budgetWindow < window) await tx.lockBudget(state.budgetWindow)
  const row = await tx.lockBudget(window)
  if (state.budgetWindow !== null && state.budgetWindow > window) await tx.lockBudget(state.budgetWindow)
  const { verdict } = evaluated.judge({
    reserved: row.reserved - (holdsHere ? state.amountMinor : 0),
    committed: row.committed,
  })
  if (holdsHere && state.amountMinor === amountMinor && verdict.outcome !== 'block')
    return evaluated.judge(null).verdict
  return verdict
}

import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Evaluated } from './evaluate-action.ts'

/**
 * Why something may not run by its level although it could alone: with what else of the same its agent let run in 24
 * hours it is one action of a size that has not been earned. Null: it may. Only what takes a list can be cut into pieces.
 */
export async function tooMuchTogether(
  tx: Transaction,
  stored: StoredAction,
  evaluate: (together: { readonly people: number; readonly amountMinor: number }) => Evaluated,
): Promise<string | null> {
  if (stored.action.agentId === null || !Object.values(stored.payload.input).some(Array.isArray)) return null
  const { count, ...together } = await tx.evidence.piecesOf(stored)
  if (count === 0) return null
  const whole = evaluate(together)
  if (whole.runsAlone) return null
  const people = whole.people + together.people
  return `It waits for you: with ${count} more like it since yesterday it reaches ${people} people. ${whole.level.why}`
}

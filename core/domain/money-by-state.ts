import { unreachable } from './result.ts'
import type { State } from './action-states.ts'

/** What an action holds of one budget; minor units. */
export type HeldCharge = { readonly window: string; readonly amountMinor: number }

/** Where an action's amount stands in its budget. */
export type Holding = 'none' | 'reserved' | 'committed'

/**
 * Money, by state (`product.md`). What is released on an undo is only what was not spent: an executed action stays
 * committed when undone, because the platform has had the money.
 */
export function holdingIn(state: State): Holding {
  switch (state) {
    case 'blocked':
    case 'observed':
    case 'rejected':
    case 'expired':
    case 'cancelled':
    case 'superseded':
    case 'failed':
      return 'none'
    case 'proposed':
    case 'awaiting_approval':
    case 'changes_requested':
    case 'scheduled':
    case 'held':
    case 'ready':
    case 'executing':
    case 'unknown':
      return 'reserved'
    case 'executed':
    case 'undoing':
    case 'undone':
    case 'settled':
      return 'committed'
    default:
      return unreachable(state)
  }
}

/** How the two counters of a budget row change when an amount moves from one holding to another. */
export function counterChange(
  from: Holding,
  to: Holding,
  amountMinor: number,
): { readonly reserved: number; readonly committed: number } {
  const weight = (holding: Holding, of: Holding): number => (holding === of ? amountMinor : 0)
  return {
    reserved: weight(to, 'reserved') - weight(from, 'reserved'),
    committed: weight(to, 'committed') - weight(from, 'committed'),
  }
}

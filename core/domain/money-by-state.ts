import type { DailyPart } from './daily-budget.ts'
import { unreachable } from './result.ts'
import type { State } from './action-states.ts'

/** What an action holds of one budget; minor units. */
export type HeldCharge = {
  readonly window: string
  /** Negative: it frees so much once it is committed. */
  readonly amountMinor: number
  /** Present where it sets a campaign's daily budget. */
  readonly daily?: DailyPart
}

/** What is reserved for it while it waits: what makes an amount smaller frees nothing before it is done. */
export const reservedFor = (amountMinor: number): number => Math.max(0, amountMinor)

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
  const weight = (holding: Holding, of: Holding, minor: number): number => (holding === of ? minor : 0)
  const waiting = reservedFor(amountMinor)
  return {
    reserved: weight(to, 'reserved', waiting) - weight(from, 'reserved', waiting),
    committed: weight(to, 'committed', amountMinor) - weight(from, 'committed', amountMinor),
  }
}

import type { Tier } from '../level.ts'

/** The tier of a scope, and the best that it ever held: what was held and lost is taken back only with a margin. */
export type TierState = { readonly tier: Tier; readonly best: Tier }

export const FIRST_TIER: TierState = { tier: 'review', best: 'review' }

const TIERS: readonly Tier[] = ['review', 'notify', 'autonomous']
const REACHED_AT: Readonly<Record<Tier, number>> = { review: 0, notify: 60, autonomous: 85 }
const MARGIN = 2

/** The tier that a score alone would have; on the unrounded score. Section 1. */
export const tierOf = (shown: number): Tier =>
  shown >= REACHED_AT.autonomous ? 'autonomous' : shown >= REACHED_AT.notify ? 'notify' : 'review'

/**
 * The tier after the score moved. It falls below 60 / 85 and is taken back at 62 / 87, so that a score that hovers at
 * a boundary does not flap. Evidence that only grew old never lowers it: pass `aged` where no decision was made. Section 1.
 */
export function nextTier(state: TierState, shown: number, cause: 'decision' | 'aged'): TierState {
  let tier: Tier = 'review'
  for (const candidate of TIERS) {
    const isHeld = atLeast(state.tier, candidate)
    const wasLost = !isHeld && atLeast(state.best, candidate)
    if (shown >= REACHED_AT[candidate] + (wasLost ? MARGIN : 0)) tier = candidate
  }
  if (cause === 'aged' && !atLeast(tier, state.tier)) tier = state.tier
  return { tier, best: atLeast(state.best, tier) ? state.best : tier }
}

const atLeast = (tier: Tier, other: Tier): boolean => TIERS.indexOf(tier) >= TIERS.indexOf(other)

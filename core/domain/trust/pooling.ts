import { type BorrowedPrior, NOTHING_BORROWED } from './score.ts'

/** What was decided for one scenario type, or for a whole category. */
export type Tally = { readonly approvals: number; readonly rejections: number }

const FEWEST_SIBLINGS = 3
const FEWEST_DECISIONS = 10
const MOST_STRENGTH = 8
const LEAST_VARIANCE = 1e-4

/**
 * What the displayed competence of a scenario type borrows from its category: the more alike its siblings are, the
 * more. Nothing below three siblings of ten decisions. It is shown, and never enters a test, a count or a gate.
 * Section 5.6.
 */
export function poolingPrior(category: Tally, siblings: readonly Tally[]): BorrowedPrior {
  const known = siblings.filter((sibling) => decided(sibling) >= FEWEST_DECISIONS)
  if (known.length < FEWEST_SIBLINGS) return NOTHING_BORROWED
  const strength = Math.min(MOST_STRENGTH, Math.max(0, momentEstimate(known)))
  const mean = (1 + category.approvals) / (2 + decided(category))
  return strength === 0 ? NOTHING_BORROWED : { strength, mean }
}

/** k_EB: by how much siblings differ beyond chance. */
function momentEstimate(siblings: readonly Tally[]): number {
  const shares = siblings.map((sibling) => sibling.approvals / decided(sibling))
  const mean = average(shares)
  const between = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1)
  const byChance = average(
    siblings.map((sibling, at) => {
      const share = shares[at] ?? 0
      return (share * (1 - share)) / decided(sibling)
    }),
  )
  return (mean * (1 - mean)) / Math.max(between - byChance, LEAST_VARIANCE) - 1
}

const decided = ({ approvals, rejections }: Tally): number => approvals + rejections
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

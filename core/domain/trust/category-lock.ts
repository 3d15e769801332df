import type { CellDecision, DemotionCause } from './next-cell.ts'

/**
 * Full review of every scope of a category in one workspace, whatever the scores are. It ends for a cell with the next
 * grant that a person consents to. Section 6.
 */
export type CategoryLock = {
  readonly cause: 'rejection_at_high_autonomy' | 'critical_finding'
  /** The cell that it happened in. */
  readonly offender: string
  /** Counted decisions of the category since. */
  readonly decisions: number
}

const DECISIONS_BEFORE_OTHERS = 10

/** Why a decision locks its category; null: it does not. A critical finding does at any level. Sections 4.2 and 6. */
export function lockCause(
  decision: Pick<CellDecision, 'severity'>,
  demotion: DemotionCause | null,
): CategoryLock['cause'] | null {
  if (demotion === 'rejection_at_high_autonomy') return demotion
  return decision.severity === 'critical' ? 'critical_finding' : null
}

export const startLock = (cause: CategoryLock['cause'], offender: string): CategoryLock => ({
  cause,
  offender,
  decisions: 0,
})

/** The lock after one more counted decision of its category. */
export const nextLock = (lock: CategoryLock): CategoryLock => ({ ...lock, decisions: lock.decisions + 1 })

/**
 * Whether a cell may be proposed again under the lock: the offender as soon as its own gates hold, the others, which
 * keep their evidence, after 10 further decisions of the category.
 */
export const mayProposeUnder = (lock: CategoryLock, cell: string): boolean =>
  cell === lock.offender || lock.decisions >= DECISIONS_BEFORE_OTHERS

/** How many more decisions the others wait; 0: none. */
export const decisionsUntilOthers = (lock: CategoryLock): number =>
  Math.max(0, DECISIONS_BEFORE_OTHERS - lock.decisions)

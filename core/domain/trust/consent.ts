import type { MemberId } from '../ids.ts'
import type { EarnedLevel } from './promotion-test.ts'

/** A record that a person agreed. Without one nothing is ever promoted. Sections 5.2 and 5.4. */
export type Consent =
  /** To this one step. */
  | { readonly kind: 'explicit'; readonly by: MemberId; readonly to: EarnedLevel }
  /** In advance, for a named scope, up to a level; announced, and withdrawn at any time. */
  | { readonly kind: 'standing'; readonly by: MemberId; readonly upTo: EarnedLevel; readonly isWithdrawn: boolean }

/** Whether a record covers a step. Level 5 always needs a consent of its own. */
export function covers(consent: Consent | null, to: EarnedLevel): boolean {
  if (consent === null) return false
  if (consent.kind === 'explicit') return consent.to === to
  return !consent.isWithdrawn && to < 5 && to <= consent.upTo
}

const HALF_THE_COUNT: Readonly<Record<EarnedLevel, number>> = { 3: 10, 4: 25, 5: 50 }
const DAYS_AFTER_DECLINE = 30

export type Decline = {
  readonly to: EarnedLevel
  readonly daysSince: number
  /** New correct decisions since it was declined. */
  readonly correctSince: number
}

/** What is still missing before a declined step may be proposed again; both 0: it may. Section 5.2. */
export const untilNextProposal = ({
  to,
  daysSince,
  correctSince,
}: Decline): { readonly days: number; readonly correct: number } => ({
  days: Math.max(0, DAYS_AFTER_DECLINE - daysSince),
  correct: Math.max(0, HALF_THE_COUNT[to] - correctSince),
})

export function mayProposeAgain(decline: Decline): boolean {
  const { days, correct } = untilNextProposal(decline)
  return days === 0 && correct === 0
}

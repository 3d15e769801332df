import { approvalLcb } from './score.ts'

/** The evidence that is shown with the gates. None of it can replace one. Section 5.4. */
export type Accuracy = {
  readonly correct: number
  readonly judged: number
  readonly share: number | null
  readonly lcb: number
}

/** Correct of judged, with the 10 % lower bound; never what the agent says of itself. */
export const accuracyOf = (correct: number, judged: number): Accuracy => ({
  correct,
  judged,
  share: judged === 0 ? null : correct / judged,
  lcb: approvalLcb(correct, judged - correct),
})

/** One judged decision of a cell as its errors are looked at. */
export type JudgedStep = {
  /** Rejected, undone or a failed check. */
  readonly isError: boolean
  /** The system reported or reversed it before a person did. */
  readonly isCaught: boolean
  /** Null: none was stated; two errors without a reason count as the same. */
  readonly reason: string | null
}

export type ErrorRecovery = {
  readonly errors: number
  readonly caught: number
  /** The same reason did not come back in the next 20 judged decisions. */
  readonly learned: number
  /** Errors with fewer than 20 judged decisions since, and no return yet: not learned so far. */
  readonly pending: number
}

const LOOKED_AHEAD = 20

/** What became of every error, in the order of the decisions. */
export function errorRecovery(steps: readonly JudgedStep[]): ErrorRecovery {
  const found = { errors: 0, caught: 0, learned: 0, pending: 0 }
  steps.forEach(({ isError, isCaught, reason }, at) => {
    if (!isError) return
    const next = steps.slice(at + 1, at + 1 + LOOKED_AHEAD)
    const returned = next.some((later) => later.isError && later.reason === reason)
    found.errors += 1
    if (isCaught) found.caught += 1
    if (!returned && next.length === LOOKED_AHEAD) found.learned += 1
    if (!returned && next.length < LOOKED_AHEAD) found.pending += 1
  })
  return found
}

export type Satisfaction = {
  /** Seen and not overridden, of those seen in the last 90 days, 0 to 1; null: none was seen. */
  readonly share: number | null
  /** Overrides rise in the newer half: it blocks a proposal. */
  readonly isFalling: boolean
}

const RISING_Z = 1.64

/** Over the actions that a person saw in the last 90 days, oldest first; true: overridden. */
export function satisfactionOf(overridden: readonly boolean[]): Satisfaction {
  const count = (some: readonly boolean[]): number => some.filter(Boolean).length
  if (overridden.length === 0) return { share: null, isFalling: false }
  const half = Math.floor(overridden.length / 2)
  const [older, newer] = [overridden.slice(0, half), overridden.slice(half)]
  const pooled = count(overridden) / overridden.length
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / older.length + 1 / newer.length))
  const rise = count(newer) / newer.length - count(older) / older.length
  // Without any spread (all or none overridden, or a single action) there is nothing that could rise.
  return { share: 1 - pooled, isFalling: Number.isFinite(error) && error > 0 && rise / error > RISING_Z }
}

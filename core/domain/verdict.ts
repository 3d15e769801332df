/** What a guardrail says. `warn` passes and is shown; `ask` puts a person in front; `block` ends it. */
export type Outcome = 'pass' | 'warn' | 'ask' | 'block'

export type Reason = {
  readonly rule: string
  readonly outcome: Outcome
  /** One sentence in business words: what was observed, the limit, what would pass. At most 160 characters. */
  readonly text: string
  /** What it would have done where it only warns for now. */
  readonly would?: Outcome
}

export type Verdict = { readonly outcome: Outcome; readonly reasons: readonly Reason[] }

const STRICTNESS: Readonly<Record<Outcome, number>> = { pass: 0, warn: 1, ask: 2, block: 3 }

/** The strictest outcome of all reasons; no reasons pass. Reasons come strictest first. */
export function verdictOf(reasons: readonly Reason[]): Verdict {
  const sorted = [...reasons].sort((a, b) => STRICTNESS[b.outcome] - STRICTNESS[a.outcome])
  return { outcome: sorted[0]?.outcome ?? 'pass', reasons: sorted }
}

/** Whether a new verdict asks for more than the one that a person saw (or that let it run). */
export const isStricter = (now: Outcome, then: Outcome): boolean => STRICTNESS[now] > STRICTNESS[then]

/**
 * Whether something asks or blocks now that did not, or less strictly, in the verdict that a person saw (null: none).
 * Rules are compared by name: the same rule with another figure was accepted already.
 */
export const hasNewObjection = (now: Verdict, seen: Verdict | null): boolean =>
  now.reasons.some(
    ({ rule, outcome }) =>
      isStricter(outcome, 'warn') &&
      !(seen?.reasons ?? []).some((known) => known.rule === rule && !isStricter(outcome, known.outcome)),
  )

/** Whether a new verdict has to be seen by a person before it is accepted: a stricter outcome, or another reason for it. */
export const isStricterThanSeen = (now: Verdict, seen: Verdict | null): boolean =>
  isStricter(now.outcome, seen?.outcome ?? 'pass') || hasNewObjection(now, seen)

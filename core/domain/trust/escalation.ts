/** How it turned out that an agent asked, or did not ask. Section 5.3. */
export const ESCALATION_OUTCOMES = ['warranted', 'unwarranted', 'missed'] as const
export type EscalationOutcome = (typeof ESCALATION_OUTCOMES)[number]

export type Escalated = {
  /** Approved as it was, edited or rejected. */
  readonly answer: 'unchanged' | 'changed' | 'rejected'
  /** What the person said of the question; null: nothing. */
  readonly mark: 'right_to_ask' | 'no_need_to_ask' | null
  /** A type that is known and always approved. */
  readonly isRoutine: boolean
}

/** Null: approved unchanged, not routine, and the person said nothing of it; then it counts neither way. */
export function escalationOutcome({ answer, mark, isRoutine }: Escalated): 'warranted' | 'unwarranted' | null {
  if (answer !== 'unchanged' || mark === 'right_to_ask') return 'warranted'
  return mark === 'no_need_to_ask' || isRoutine ? 'unwarranted' : null
}

/** What the edge cases of a cell came to, in this epoch. */
export type EdgeCases = {
  readonly warranted: number
  readonly unwarranted: number
  readonly missed: number
  /** Of those missed, the major and critical ones. */
  readonly missedSerious: number
  /** The different kinds that were met, sorted. */
  readonly kinds: readonly string[]
}

export const NO_EDGE_CASES: EdgeCases = { warranted: 0, unwarranted: 0, missed: 0, missedSerious: 0, kinds: [] }

export type EdgeCase = { readonly outcome: EscalationOutcome; readonly kind: string; readonly isSerious: boolean }

export const addEdgeCase = (cases: EdgeCases, { outcome, kind, isSerious }: EdgeCase): EdgeCases => ({
  ...cases,
  [outcome]: cases[outcome] + 1,
  missedSerious: cases.missedSerious + (outcome === 'missed' && isSerious ? 1 : 0),
  kinds: cases.kinds.includes(kind) ? cases.kinds : [...cases.kinds, kind].toSorted(),
})

export const edgeCaseCount = ({ warranted, unwarranted, missed }: EdgeCases): number => warranted + unwarranted + missed

/** Warranted of all that were escalated, 0 to 1; null: nothing was. */
export const precision = ({ warranted, unwarranted }: EdgeCases): number | null =>
  warranted + unwarranted === 0 ? null : warranted / (warranted + unwarranted)

/** Warranted of all that should have been escalated, 0 to 1; null: nothing should have been. */
export const recall = ({ warranted, missed }: EdgeCases): number | null =>
  warranted + missed === 0 ? null : warranted / (warranted + missed)

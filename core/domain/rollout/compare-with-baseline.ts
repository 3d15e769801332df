/** What became of one side: what people approved before, or what ran by itself since. */
export type Side = {
  readonly runs: number
  /** Of these, looked at by a person; what nobody looked at is no assessment. */
  readonly judged: number
  /** Of the judged: rejected, or undone. */
  readonly overridden: number
  /** Decisions whose time is bounded by what is stored, and the minutes that they took together at most. */
  readonly timed: number
  readonly reviewMinutes: number
}

export type ComparisonVerdict = 'better' | 'not_worse' | 'worse' | 'too_few_to_say'

/** Results that let the next ones follow. */
export const hasHeld = (verdict: ComparisonVerdict | null): boolean => verdict === 'better' || verdict === 'not_worse'

export type Comparison = {
  readonly verdict: ComparisonVerdict
  /** Shares of the judged that were overridden, 0 to 1; null: none was judged. */
  readonly baselineShare: number | null
  readonly autonomousShare: number | null
  /** By how much overrides may have risen, surely not more: the upper 95 % bound of the difference; null: nothing was judged on one side. */
  readonly riseAtMost: number | null
  readonly says: string
}

/** One-sided, 5 %. */
const Z = 1.64
const FEWEST_JUDGED = 10
/** As the KPI test of section 8 tolerates: not more than 10 points worse. */
const TOLERATED_RISE = 0.1

/** The rule, for whoever reads a verdict. */
export const COMPARISON_RULE =
  'Overrides of what a person looked at, one-sided at 5 %, with at least 10 judged on each side. Worse or better: two-proportion z beyond 1.64. Not worse: the upper 95 % bound of the rise (one success and one failure added to each side) is below 10 points. Otherwise there are too few to say.'

/** Autonomous work against the approvals before it. */
export function compareWithBaseline(baseline: Side, autonomous: Side): Comparison {
  const verdict = verdictOf(baseline, autonomous)
  const [before, since] = [shareOf(baseline), shareOf(autonomous)]
  return {
    verdict,
    baselineShare: before,
    autonomousShare: since,
    riseAtMost: before === null || since === null ? null : riseAtMost(baseline, autonomous),
    says: `${WORDS[verdict]} Overridden before: ${counted(baseline)}; since it acts by itself: ${counted(autonomous)}, of ${autonomous.runs} runs.`,
  }
}

const WORDS: Readonly<Record<ComparisonVerdict, string>> = {
  better: 'Better than with approvals.',
  not_worse: 'Not worse than with approvals.',
  worse: 'Worse than with approvals.',
  too_few_to_say: 'Too few to say.',
}

function verdictOf(baseline: Side, autonomous: Side): ComparisonVerdict {
  if (Math.min(baseline.judged, autonomous.judged) < FEWEST_JUDGED) return 'too_few_to_say'
  const z = twoProportionZ(baseline, autonomous)
  if (z > Z) return 'worse'
  if (z < -Z) return 'better'
  return riseAtMost(baseline, autonomous) < TOLERATED_RISE ? 'not_worse' : 'too_few_to_say'
}

/** Above 0: more overrides since. 0 where all or none were overridden: nothing could differ. */
function twoProportionZ(baseline: Side, autonomous: Side): number {
  const pooled = (baseline.overridden + autonomous.overridden) / (baseline.judged + autonomous.judged)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / baseline.judged + 1 / autonomous.judged))
  const rise = autonomous.overridden / autonomous.judged - baseline.overridden / baseline.judged
  return error > 0 ? rise / error : 0
}

/** Agresti and Caffo's bound: without the added ones, none of ten overridden would pass for certainty. */
function riseAtMost(baseline: Side, autonomous: Side): number {
  const [before, since] = [added(baseline), added(autonomous)]
  return since.share - before.share + Z * Math.sqrt(since.variance + before.variance)
}

function added({ overridden, judged }: Side): { readonly share: number; readonly variance: number } {
  const share = (overridden + 1) / (judged + 2)
  return { share, variance: (share * (1 - share)) / (judged + 2) }
}

const shareOf = ({ overridden, judged }: Side): number | null => (judged === 0 ? null : overridden / judged)
const counted = ({ overridden, judged }: Side): string => `${overridden} of ${judged} that were looked at`

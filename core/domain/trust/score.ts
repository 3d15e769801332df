import { type Attribution, attributionSignal } from './attribution-signal.ts'
import { betaQuantile } from './beta.ts'
import type { ScoreSums } from './day-sums.ts'

export const SIGNALS = ['approval', 'edit', 'severity', 'time', 'attribution'] as const
export type Signal = (typeof SIGNALS)[number]

/** In hundredths. */
const WEIGHTS: Readonly<Record<Signal, number>> = { approval: 40, edit: 20, severity: 15, time: 10, attribution: 15 }

/** Keep small samples low: five observations that say nothing either way. */
const PRIOR_STRENGTH = 5
const PRIOR_SUM = 2.5
const LCB_QUANTILE = 0.1
const SEVERITY_MULTIPLIER = 4

/** What a prior borrows from elsewhere: this many observations (0 or more) of this mean (0 to 1). Section 5.6. */
export type BorrowedPrior = { readonly strength: number; readonly mean: number }

export const NOTHING_BORROWED: BorrowedPrior = { strength: 0, mean: 0.5 }

/** Each 0 to 1; attribution is null where it does not apply. */
export type Signals = Readonly<Record<Exclude<Signal, 'attribution'>, number>> & { readonly attribution: number | null }

export type Contribution = {
  readonly signal: Signal
  /** The signal itself, 0 to 1. */
  readonly value: number
  /** What it gives to the base, and the most that it could give; points of 100. */
  readonly points: number
  readonly most: number
}

export type Score = {
  /** The 10 % quantile of the share of approvals, 0 to 1. */
  readonly lcb: number
  readonly signals: Signals
  /** In the order of the model; their points sum to the base. */
  readonly contributions: readonly Contribution[]
  /** 0 to 100, before any penalty. */
  readonly base: number
  /** 0 to 100, after the penalty; tiers are read from it unrounded. */
  readonly shown: number
}

/** LCB: the 10 % quantile of Beta(1 + a, 1 + b), with what the prior borrows. Sections 3 and 5.6. */
export const approvalLcb = (approvals: number, rejections: number, prior = NOTHING_BORROWED): number =>
  betaQuantile(
    LCB_QUANTILE,
    1 + prior.strength * prior.mean + approvals,
    1 + prior.strength * (1 - prior.mean) + rejections,
  )

/** The score of section 3 over the sums of a window. The penalty is in points, 0 to 100 (section 6). */
export function scoreOf(
  sums: ScoreSums,
  attribution: Attribution,
  penaltyPoints = 0,
  prior: BorrowedPrior = NOTHING_BORROWED,
): Score {
  const { approvals, rejections } = sums
  const decided = approvals + rejections
  const lcb = approvalLcb(approvals, rejections, prior)
  const signals: Signals = {
    approval: Math.min(1, Math.max(0, 2 * lcb - 1)),
    edit: (sums.editQuality + PRIOR_SUM) / (approvals + PRIOR_STRENGTH),
    severity: Math.max(0, (decided - SEVERITY_MULTIPLIER * sums.severity + PRIOR_SUM) / (decided + PRIOR_STRENGTH)),
    time: (sums.timeConfidence + PRIOR_SUM) / (approvals + PRIOR_STRENGTH),
    attribution: attributionSignal(attribution),
  }
  const contributions = contributionsOf(signals)
  const base = contributions.reduce((sum, { points }) => sum + points, 0)
  return { lcb, signals, contributions, base, shown: Math.max(0, base - penaltyPoints) }
}

function contributionsOf(signals: Signals): readonly Contribution[] {
  const present = SIGNALS.flatMap((signal) => {
    const value = signals[signal]
    return value === null ? [] : [{ signal, value }]
  })
  const total = present.reduce((sum, { signal }) => sum + WEIGHTS[signal], 0)
  return present.map(({ signal, value }) => {
    const most = (100 * WEIGHTS[signal]) / total
    return { signal, value, points: most * value, most }
  })
}

/** The score as it is shown: whole points, rounded down, so that 84.999 is not shown as the 85 that it is not. */
export const displayed = (shown: number): number => Math.floor(shown)

/** The name of a measured result: `open_rate`, `cost_per_lead`. */
export const METRIC = /^[a-z][a-z0-9_]{0,39}$/

/** What good looks like: between a floor and a ceiling, both included, on the average of a period. */
export type Benchmark = {
  readonly metric: string
  readonly floor?: number | undefined
  readonly ceiling?: number | undefined
  readonly days: 7 | 30
}

/** The newest measurement of one metric of one action. */
export type Measured = {
  readonly metric: string
  readonly value: number
  /** When the action ran. */
  readonly ranAtMs: number
  /** Whether a person approved it before. */
  readonly approved: boolean
}

export type BenchmarkState = {
  /** Consecutive periods in which every benchmark was met, and in which one and the same was missed, up to the newest. */
  readonly periodsMet: number
  readonly periodsMissed: number
  /** As `periodsMet`, in stretches of 30 days whatever the benchmark's own: what a review looks at. */
  readonly reviewsMet: number
  /** What ran by itself against what people approved; null: fewer than ten of either. Section 5.2. */
  readonly isWorseThanApproved: boolean | null
}

const MS_PER_DAY = 86_400_000
const MOST_PERIODS = 12
const FEWEST_COMPARED = 10
const WORSE_Z = 1.64

/**
 * Where a scope stands against its benchmarks. Periods are stretches of 7 or 30 days back from now, each complete; one
 * without a measurement is neither met nor missed and ends a row of either, except the newest.
 */
export function benchmarkState(
  benchmarks: readonly Benchmark[],
  measured: readonly Measured[],
  nowMs: number,
): BenchmarkState {
  const rows = benchmarks.map((benchmark) => periodsOf(benchmark, measured, nowMs))
  const compared = benchmarks.map((benchmark) => isWorse(benchmark, measured))
  const reviews = benchmarks.map((benchmark) => periodsOf({ ...benchmark, days: 30 }, measured, nowMs))
  return {
    reviewsMet: metByAll(reviews),
    periodsMet: metByAll(rows),
    periodsMissed: Math.max(0, ...rows.map((row) => inARow(row, false))),
    isWorseThanApproved: compared.includes(true) ? true : compared.includes(null) || rows.length === 0 ? null : false,
  }
}

const metByAll = (rows: readonly (readonly (boolean | null)[])[]): number =>
  rows.length === 0 ? 0 : Math.min(...rows.map((row) => inARow(row, true)))

/** Newest first: met, missed, or null where nothing was measured. */
function periodsOf(benchmark: Benchmark, measured: readonly Measured[], nowMs: number): readonly (boolean | null)[] {
  const length = benchmark.days * MS_PER_DAY
  const own = measured.filter(({ metric }) => metric === benchmark.metric)
  return Array.from({ length: MOST_PERIODS }, (_, back) => {
    const until = nowMs - back * length
    const values = own.filter(({ ranAtMs }) => ranAtMs > until - length && ranAtMs <= until).map(({ value }) => value)
    return values.length === 0 ? null : isMet(benchmark, mean(values))
  })
}

/** Whether a value lies within a benchmark. */
export const isMet = ({ floor = -Infinity, ceiling = Infinity }: Benchmark, value: number): boolean =>
  value >= floor && value <= ceiling

/** The newest period may have no measurement yet: outcomes take their time. */
function inARow(all: readonly (boolean | null)[], wanted: boolean): number {
  const periods = all[0] === null ? all.slice(1) : all
  const end = periods.findIndex((period) => period !== wanted)
  return end === -1 ? periods.length : end
}

/** A one-sided comparison of means with unequal variances (Welch), at z = 1.64. */
function isWorse(benchmark: Benchmark, measured: readonly Measured[]): boolean | null {
  const own = measured.filter(({ metric }) => metric === benchmark.metric)
  const valuesOf = (wanted: boolean) => own.filter(({ approved }) => approved === wanted).map(({ value }) => value)
  const [asked, alone] = [valuesOf(true), valuesOf(false)]
  if (asked.length < FEWEST_COMPARED || alone.length < FEWEST_COMPARED) return null
  const loss = mean(asked) - mean(alone)
  const error = Math.sqrt(variance(asked) / asked.length + variance(alone) / alone.length)
  const isBeyondChance = (by: number): boolean => by > WORSE_Z * error
  return (
    (benchmark.floor !== undefined && isBeyondChance(loss)) ||
    (benchmark.ceiling !== undefined && isBeyondChance(-loss))
  )
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function variance(values: readonly number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}

/** An action that is old enough for its outcome to be there. */
export type Due = {
  readonly ranAtMs: number /** Null: nothing was received yet. */
  readonly receivedAtMs: number | null
}

/** How long the slowest outcome took, in whole days; null: nothing ran yet that could have one. */
export function outcomeDelayDays(due: readonly Due[], nowMs: number): number | null {
  // What ran today and has no outcome yet says nothing.
  const known = due.filter(({ ranAtMs, receivedAtMs }) => receivedAtMs !== null || nowMs - ranAtMs >= MS_PER_DAY)
  const waited = known.map(({ ranAtMs, receivedAtMs }) => ((receivedAtMs ?? nowMs) - ranAtMs) / MS_PER_DAY)
  return waited.length === 0 ? null : Math.max(0, Math.floor(Math.max(...waited)))
}

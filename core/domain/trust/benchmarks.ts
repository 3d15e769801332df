/** The name of a measured result: `open_rate`, `cost_per_lead`. */
export const METRIC = /^[a-z][a-z0-9_]{0,39}$/

/** What good looks like: between a floor and a ceiling, both included, on the average of a period. */
export type Benchmark = {
  readonly metric: string
  readonly floor?: number | undefined
  readonly ceiling?: number | undefined
  readonly days: 7 | 30
}

/** What the actions of one day came to in one metric, each by its newest measurement. */
export type MeasuredDay = {
  readonly metric: string
  /** Whole days before now, from 0. */
  readonly daysAgo: number
  /** Whether a person approved them before. */
  readonly approved: boolean
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
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

const MOST_PERIODS = 12
const FEWEST_COMPARED = 10
const WORSE_Z = 1.64

/**
 * Where a scope stands against its benchmarks. Periods are stretches of 7 or 30 days back from now; one without a
 * measurement is neither met nor missed and ends a row of either, except the newest.
 */
export function benchmarkState(benchmarks: readonly Benchmark[], measured: readonly MeasuredDay[]): BenchmarkState {
  const rows = benchmarks.map((benchmark) => periodsOf(benchmark, measured))
  const reviews = benchmarks.map((benchmark) => periodsOf({ ...benchmark, days: 30 }, measured))
  const compared = benchmarks.map((benchmark) => isWorse(benchmark, measured))
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
function periodsOf(benchmark: Benchmark, measured: readonly MeasuredDay[]): readonly (boolean | null)[] {
  const own = measured.filter(({ metric }) => metric === benchmark.metric)
  return Array.from({ length: MOST_PERIODS }, (_, back) => {
    const sums = added(own.filter(({ daysAgo }) => Math.floor(daysAgo / benchmark.days) === back))
    return sums.count === 0 ? null : isMet(benchmark, sums.sum / sums.count)
  })
}

/** The benchmarks that the newest measured period missed, each with its average. */
export function missedNow(
  benchmarks: readonly Benchmark[],
  measured: readonly MeasuredDay[],
): readonly (Benchmark & { readonly observed: number })[] {
  return benchmarks.flatMap((benchmark) => {
    const own = measured.filter(({ metric }) => metric === benchmark.metric)
    for (let back = 0; back < MOST_PERIODS; back += 1) {
      const sums = added(own.filter(({ daysAgo }) => Math.floor(daysAgo / benchmark.days) === back))
      if (sums.count === 0) continue
      const observed = sums.sum / sums.count
      return isMet(benchmark, observed) ? [] : [{ ...benchmark, observed }]
    }
    return []
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
function isWorse(benchmark: Benchmark, measured: readonly MeasuredDay[]): boolean | null {
  const own = measured.filter(({ metric }) => metric === benchmark.metric)
  const [asked, alone] = [added(own.filter(({ approved }) => approved)), added(own.filter(({ approved }) => !approved))]
  if (asked.count < FEWEST_COMPARED || alone.count < FEWEST_COMPARED) return null
  const loss = asked.sum / asked.count - alone.sum / alone.count
  const error = Math.sqrt(variance(asked) / asked.count + variance(alone) / alone.count)
  const isBeyondChance = (by: number): boolean => by > WORSE_Z * error
  return (
    (benchmark.floor !== undefined && isBeyondChance(loss)) ||
    (benchmark.ceiling !== undefined && isBeyondChance(-loss))
  )
}

type Sums = Pick<MeasuredDay, 'count' | 'sum' | 'sumOfSquares'>

const added = (days: readonly Sums[]): Sums =>
  days.reduce(
    (all, one) => ({
      count: all.count + one.count,
      sum: all.sum + one.sum,
      sumOfSquares: all.sumOfSquares + one.sumOfSquares,
    }),
    { count: 0, sum: 0, sumOfSquares: 0 },
  )

const variance = ({ count, sum, sumOfSquares }: Sums): number =>
  Math.max(0, sumOfSquares - (sum * sum) / count) / (count - 1)

/** How long one action of those that are due waited, or waits still, for a measurement of one metric, in days. */
export type Waited = { readonly metric: string; readonly days: number }

/**
 * How late the outcomes are, in whole days: of each metric the median over its newest due actions, so that one that was
 * forgotten says nothing, and of the metrics the latest, so that none can be left out. Null: nothing is due yet.
 */
export function outcomeDelayDays(waited: readonly Waited[]): number | null {
  const metrics = [...new Set(waited.map(({ metric }) => metric))]
  const medians = metrics.map((name) => {
    const days = waited.flatMap(({ metric, days: its }) => (metric === name ? [its] : [])).toSorted((a, b) => a - b)
    return days[Math.floor((days.length - 1) / 2)] ?? 0
  })
  return medians.length === 0 ? null : Math.max(0, Math.floor(Math.max(...medians)))
}

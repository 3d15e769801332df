/** The numbers of section 9 of the trust model, in the order of its tables. Shares are 0 to 1; null: it prints none. */

export type GateRow = {
  readonly by100: number | null
  readonly ever: number
  readonly median: number | null
  readonly at90: number | null
  readonly rate: number
  readonly rateMedian: number | null
  readonly streak: number
  readonly streakMedian: number | null
  readonly score: number
}

const gateRow = (
  by100: number,
  ever: number,
  [median, at90]: readonly [number | null, number | null],
  [rate, rateMedian]: readonly [number, number | null],
  [streak, streakMedian]: readonly [number, number | null],
  score: number,
): GateRow => ({ by100, ever, median, at90, rate, rateMedian, streak, streakMedian, score })

/** By true acceptability. */
export const LEVEL_3: ReadonlyMap<number, GateRow> = new Map([
  [0.98, gateRow(1, 1, [30, 42], [1, 10], [1, 20], 1)],
  [0.95, gateRow(0.98, 1, [40, 75], [1, 10], [1, 28], 1)],
  [0.9, gateRow(0.55, 1, [91, 213], [1, 10], [1, 56], 1)],
  [0.85, gateRow(0.13, 0.9, [432, 996], [0.96, 10], [1, 114], 1)],
  [0.8, gateRow(0.017, 0.028, [null, null], [0.65, 14], [0.91, 305], 1)],
  [0.75, gateRow(0.001, 0.002, [null, null], [0.39, null], [0.57, null], 0.8)],
  [0.62, gateRow(0, 0, [null, null], [0.08, null], [0.03, null], 0.03)],
])

export type HigherRow = {
  readonly level4: number
  readonly median4: number | null
  readonly level5: number
  readonly median5: number | null
}

const higherRow = (
  level4: number,
  median4: number | null,
  level5: number,
  median5: number | null = null,
): HigherRow => ({ level4, median4, level5, median5 })

export const LEVELS_4_AND_5: ReadonlyMap<number, HigherRow> = new Map([
  [0.98, higherRow(1, 52, 1, 143)],
  [0.95, higherRow(1, 124, 0.66, 764)],
  [0.92, higherRow(0.71, null, 0.007)],
  [0.9, higherRow(0.14, null, 0.001)],
  [0.88, higherRow(0.013, null, 0)],
  // The page says "at most".
  [0.85, higherRow(0.003, null, 0)],
])

/** Mean score after 20, 50, 100 and 180 decisions, and the 10 % and 90 % quantile after 180. */
export const SCORES: ReadonlyMap<number, readonly number[]> = new Map([
  [0.98, [79, 87, 90, 92, 89, 94]],
  [0.95, [74, 82, 85, 86, 83, 90]],
  [0.9, [65, 73, 76, 78, 73, 82]],
  [0.85, [57, 64, 67, 69, 64, 75]],
  [0.8, [50, 56, 59, 61, 54, 66]],
  [0.75, [43, 48, 51, 52, 46, 59]],
  [0.62, [31, 32, 34, 35, 31, 40]],
])

/** The test alone at its own p0, and with a restart every 150 of 3,000 decisions. */
export const TEST_ALONE = { 3: 0.047, 4: 0.043, 5: 0.023, restarted: 0.067 } as const

export type DetectionRow = { readonly level3: Spread; readonly level4: Spread; readonly rate: Spread }
/** Median and 90 % quantile. */
export type Spread = readonly [number, number]

const detectionRow = (level3: Spread, level4: Spread, rate: Spread): DetectionRow => ({ level3, level4, rate })

/** By the failure rate after the change. */
export const DETECTION: ReadonlyMap<number, DetectionRow> = new Map([
  [0.2, detectionRow([44, 131], [22, 51], [134, 170])],
  [0.3, detectionRow([19, 43], [12, 25], [86, 107])],
  [0.4, detectionRow([13, 24], [9, 17], [63, 78])],
  [0.6, detectionRow([7, 12], [6, 9], [42, 50])],
  [0.8, detectionRow([5, 8], [3, 6], [31, 36])],
])

/** Mean decisions to a false alarm: level, failure rate, decisions. The 16,000 are "over", the 30,000 "about". */
export const FALSE_ALARMS = [
  [3, 0.1, 743],
  [3, 0.05, 16_000],
  [4, 0.05, 1_010],
  [4, 0.02, 30_000],
] as const

/** Reviews asked, bad actions executed, and of these never noticed, in a year. */
export type YearRow = readonly [number, number, number]
export const YEARS: Readonly<Record<YearAgent, Readonly<Record<YearRule, YearRow | null>>>> = {
  '98 %': { model: [108, 12.6, 7.4], rate: [10, 14.6, 10.2], streak: null },
  '90 %': { model: [297, 43.5, 17.3], rate: [15, 71.5, 49.8], streak: [71, 65.7, 45.8] },
  '80 %': { model: [727, 0.6, 0.2], rate: [275, 91.9, 64], streak: [371, 71.9, 50.1] },
  '98 %, then 70 % from decision 366': { model: [412, 11.4, 6.3], rate: [14, 115, 80], streak: [25, 116, 81] },
}
export type YearAgent = '98 %' | '90 %' | '80 %' | '98 %, then 70 % from decision 366'
export type YearRule = 'model' | 'rate' | 'streak'

/** Shares: flagged of genuine reviews, of 2–4 s approvals; promoted within 1,000 with, and within 300 without the hold. */
export const THEATRE = { genuine: 0.01, stamped: 0.99, promotedWithHold: 0, promotedWithout: 0.14 } as const

import { describe, expect, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import { startCell } from '../../../core/domain/trust/cell-state.ts'
import { addDecision, NO_SUMS, scoreSums, subtractDecision } from '../../../core/domain/trust/day-sums.ts'
import { isDriftAlarm, nextDrift } from '../../../core/domain/trust/drift.ts'
import { gateLimits } from '../../../core/domain/trust/gate.ts'
import { type CellDecision, nextCell } from '../../../core/domain/trust/next-cell.ts'
import { type EarnedLevel, passes } from '../../../core/domain/trust/promotion-test.ts'
import { scoreOf } from '../../../core/domain/trust/score.ts'
import { cellDecision, cleanApproval, rejectionOf } from '../../support/any-decision.ts'
import { createRandom, type Random } from '../../support/random.ts'

/** Section 9, with fewer histories than its 2,000, and so with wider margins; `npm run sim` measures it in full. */
const HISTORIES = 1_000
const HISTORIES_AT_THE_BOUNDARY = 200
/** Two decisions a day for 90 days. */
const IN_WINDOW = 180

const clean = cellDecision(cleanApproval(), { ranAtLevel: 3 })
const rejections = (['major', 'minor', 'preference'] as const).map((severity) =>
  cellDecision(rejectionOf(severity), { ranAtLevel: 3 }),
)

/** Of rejections 30 % are major, half minor and 20 % a preference: 0.6 of severity each, as in the model's rows. */
function decide(random: Random, acceptability: number): CellDecision {
  if (random.chance(acceptability)) return clean
  const kind = random.next()
  return rejections[kind < 0.3 ? 0 : kind < 0.8 ? 1 : 2] ?? clean
}

/** Decisions until score, counts and test hold together; null: not within so many. */
function decisionsUntil(to: EarnedLevel, acceptability: number, random: Random, most: number): number | null {
  const limits = gateLimits(to)
  let cell = startCell(null)
  let sums = NO_SUMS
  const window: CellDecision[] = []
  for (let n = 1; n <= most; n += 1) {
    const decision = decide(random, acceptability)
    cell = nextCell(cell, decision)
    sums = addDecision(sums, decision)
    window.push(decision)
    const left = window.length > IN_WINDOW ? window.shift() : undefined
    if (left) sums = subtractDecision(sums, left)
    const test = cell.tests[`level${to}`]
    if (cell.cycles < (limits.cycles ?? 0) || cell.correct < limits.correct) continue
    if (!test || !passes(test, cell.epoch, to)) continue
    if (scoreOf(scoreSums(sums), { kind: 'not_applicable' }).shown >= limits.score) return n
  }
  return null
}

const sorted = (counts: readonly (number | null)[]): readonly number[] =>
  counts.map((count) => count ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b)

describe('decisions until a step is open, median', { timeout: 30_000 }, () => {
  test.each<[EarnedLevel, number, number]>([
    [3, 0.98, 30],
    [3, 0.95, 40],
    [3, 0.9, 91],
    [4, 0.98, 52],
    [4, 0.95, 124],
    [5, 0.98, 143],
  ])('level %d, acceptability %d: about %d', (to, acceptability, median) => {
    const random = createRandom(to * 100 + acceptability)
    const counts = sorted(Array.from({ length: HISTORIES }, () => decisionsUntil(to, acceptability, random, 1_000)))
    const found = counts[HISTORIES / 2] ?? 0
    expect(Math.abs(found / median - 1)).toBeLessThan(0.2)
  })
})

test.each<[EarnedLevel, number]>([
  [3, 0.8],
  [3, 0.75],
  [4, 0.88],
  [5, 0.92],
])('level %d is hardly ever reached at an acceptability of %d', { timeout: 30_000 }, (to, acceptability) => {
  const random = createRandom(to)
  const counts = Array.from({ length: HISTORIES_AT_THE_BOUNDARY }, () => decisionsUntil(to, acceptability, random, 500))
  const share = counts.filter((count) => count !== null).length / HISTORIES_AT_THE_BOUNDARY
  expect(share).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / HISTORIES_AT_THE_BOUNDARY))
})

test.each<[Level, number, number]>([
  [3, 0.2, 44],
  [3, 0.3, 19],
  [3, 0.4, 13],
  [3, 0.6, 7],
  [4, 0.2, 22],
  [4, 0.3, 12],
  [4, 0.4, 9],
  [4, 0.6, 6],
])('level %d, %d of decisions failing: demoted after about %d', (level, failures, median) => {
  const random = createRandom(level)
  const runs = 2_001
  const counts = Array.from({ length: runs }, () => {
    let drift = 0
    for (let n = 1; n < 5_000; n += 1) {
      drift = nextDrift(drift, random.chance(failures) ? 0 : 1, level)
      if (isDriftAlarm(drift)) return n
    }
    return null
  })
  expect(Math.abs((sorted(counts)[(runs - 1) / 2] ?? 0) - median)).toBeLessThanOrEqual(Math.max(1, 0.2 * median))
})

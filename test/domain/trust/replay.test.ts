import fc from 'fast-check'
import { expect, it } from 'vitest'
import { activeSeconds } from '../../../core/domain/trust/active-time.ts'
import { evidence } from '../../../core/domain/trust/betting-test.ts'
import { atLevel, type CellState, startCell } from '../../../core/domain/trust/cell-state.ts'
import { countDecision } from '../../../core/domain/trust/counted-decision.ts'
import { addDecision, NO_SUMS, scoreSums, sumsOfDecision } from '../../../core/domain/trust/day-sums.ts'
import { timeSignal } from '../../../core/domain/trust/decision-time.ts'
import { UNTOUCHED } from '../../../core/domain/trust/edit-distance.ts'
import { type CellDecision, nextCell } from '../../../core/domain/trust/next-cell.ts'
import { scoreOf } from '../../../core/domain/trust/score.ts'
import { type DayBucket, scoreWindow } from '../../../core/domain/trust/score-window.ts'
import { anyEvent, cellDecision } from '../../support/any-decision.ts'
import { type PlainDecision, plainCell, plainScore } from '../../support/plain-trust.ts'

const TODAY = 1_000
const NONE = { kind: 'not_applicable' } as const

const history: fc.Arbitrary<readonly PlainDecision[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: TODAY - 400, max: TODAY }),
      event: anyEvent,
      ranAtLevel: fc.constantFrom(null, 3, 4),
      concernsHighAutonomy: fc.integer({ min: 0, max: 20 }).map((n) => n === 0),
    }),
    { maxLength: 150, size: 'max' },
  )
  .map((decisions) => decisions.toSorted((a, b) => a.day - b.day))

const inCore = (plain: PlainDecision): CellDecision =>
  cellDecision(countDecision(plain.event), {
    ranAtLevel: plain.ranAtLevel === 3 || plain.ranAtLevel === 4 ? plain.ranAtLevel : null,
    concernsHighAutonomy: plain.concernsHighAutonomy,
  })

type Kept = { readonly cell: CellState; readonly days: readonly DayBucket[] }

/** As a row is kept: one decision at a time, written and read back after each. */
function oneByOne(decisions: readonly PlainDecision[], start: CellState): Kept {
  let kept: Kept = { cell: start, days: [] }
  for (const plain of decisions) {
    const decision = inCore(plain)
    const [newest, ...older] = kept.days
    const days =
      newest?.day === plain.day
        ? [{ day: plain.day, sums: addDecision(newest.sums, decision) }, ...older]
        : [{ day: plain.day, sums: sumsOfDecision(decision) }, ...kept.days]
    // safe: what is read back is what `JSON.stringify` was given.
    kept = JSON.parse(JSON.stringify({ cell: nextCell(kept.cell, decision), days })) as Kept
  }
  return kept
}

/** As it is rebuilt from the ledger: all at once, each day for itself. */
function replayed(decisions: readonly PlainDecision[], start: CellState): Kept {
  const days = [...new Set(decisions.map(({ day }) => day))].toSorted((a, b) => b - a)
  return {
    cell: decisions.map(inCore).reduce(nextCell, start),
    days: days.map((day) => ({
      day,
      sums: decisions
        .filter((one) => one.day === day)
        .map(inCore)
        .reduceRight(addDecision, NO_SUMS),
    })),
  }
}

const levels = fc.constantFrom(2 as const, 3 as const, 4 as const)

it('is to the bit the same one by one and replayed (law 4)', () => {
  fc.assert(
    fc.property(history, levels, (decisions, level) => {
      const start = atLevel(startCell(null), level)
      expect(JSON.stringify(oneByOne(decisions, start))).toBe(JSON.stringify(replayed(decisions, start)))
    }),
    { numRuns: 50 },
  )
})

it('agrees to 1e-9 with a plain recomputation that shares nothing with it', () => {
  fc.assert(
    fc.property(history, levels, (decisions, level) => {
      const { cell, days } = replayed(decisions, atLevel(startCell(null), level))
      const plain = plainCell(decisions, level)
      const { epoch, cycles, correct, correctActions } = plain
      expect(cell).toMatchObject({ epoch, level: plain.level, cycles, correct, correctActions })
      expect(Math.abs(cell.drift - plain.drift)).toBeLessThan(1e-9)
      const tests = [cell.tests.level3, cell.tests.level4, cell.tests.level5]
      tests.forEach((test, at) => {
        const e = plain.evidence[at] ?? 0
        expect(Math.abs((test ? evidence(test) : 0) / e - 1)).toBeLessThan(1e-9)
      })
      const { base } = scoreOf(scoreSums(scoreWindow(days, TODAY).sums), NONE)
      expect(Math.abs(base - plainScore(decisions, TODAY))).toBeLessThan(1e-9)
    }),
    { numRuns: 60 },
  )
})

it('does not see how long an item waited, at night or over a weekend, before it was opened (law 9)', () => {
  const waited = fc.integer({ min: 0, max: 5 * 86_400_000 })
  const look = fc.record({ fromMs: fc.nat({ max: 600_000 }), lengthMs: fc.nat({ max: 600_000 }) })
  fc.assert(
    fc.property(fc.array(look), waited, fc.nat({ max: 500 }), (looks, waitedMs, words) => {
      const scoreAfter = (delayMs: number): number => {
        const stretches = looks.map(({ fromMs, lengthMs }) => ({
          fromMs: delayMs + fromMs,
          toMs: delayMs + fromMs + lengthMs,
          touchedAtMs: [delayMs + fromMs + 30_000],
        }))
        const { confidence, tooFast } = timeSignal(words, { kind: 'measured', seconds: activeSeconds(stretches) })
        const event = { kind: 'approved', edit: UNTOUCHED, confidence, tooFast } as const
        return scoreOf(scoreSums(sumsOfDecision(countDecision(event))), NONE).shown
      }
      expect(scoreAfter(waitedMs)).toBe(scoreAfter(0))
    }),
  )
})

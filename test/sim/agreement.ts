import { evidence } from '../../core/domain/trust/betting-test.ts'
import { atLevel, type CellState, startCell } from '../../core/domain/trust/cell-state.ts'
import { addDecision, NO_SUMS, scoreSums } from '../../core/domain/trust/day-sums.ts'
import { nextCell } from '../../core/domain/trust/next-cell.ts'
import { scoreOf } from '../../core/domain/trust/score.ts'
import { type DayBucket, scoreWindow } from '../../core/domain/trust/score-window.ts'
import { quantised } from '../../core/domain/trust/trust-record.ts'
import { type PlainDecision, plainCell, plainScore } from '../support/plain-trust.ts'
import { createRandom, seedFrom } from '../support/random.ts'
import { anyHistory } from './any-history.ts'
import { figure } from './figure.ts'
import { SEED } from './seed.ts'
import { asCellDecision } from './simulated-reviewer.ts'
import type { Experiment } from './table.ts'

export const MOST_APART = 1e-9
const HISTORIES_PER_LEVEL = 50
const LEVELS = [2, 3, 4] as const
const ACCEPTABILITIES = [0.98, 0.9, 0.8, 0.62] as const

/** Everything that a history comes to, as numbers. */
export type Outcome = {
  /** Epoch, level and counts, which have to be the same. */
  readonly whole: readonly number[]
  /** Drift in nats, the score in points. */
  readonly fractions: readonly number[]
  /** E, which may be large: compared in proportion. */
  readonly evidence: readonly number[]
}

type Kept = { readonly cell: CellState; readonly days: readonly DayBucket[] }

const asKept = ({ event, ranAtLevel }: PlainDecision) =>
  asCellDecision(event, ranAtLevel === 3 || ranAtLevel === 4 ? ranAtLevel : null)

/** As a row is kept: one decision at a time, written and read back after each. */
export function oneByOne(decisions: readonly PlainDecision[], level: 2 | 3 | 4): Outcome {
  let kept: Kept = { cell: atLevel(startCell(null), level), days: [] }
  for (const plain of decisions) {
    const decision = asKept(plain)
    const [newest, ...older] = kept.days
    const days =
      newest?.day === plain.day
        ? [{ day: plain.day, sums: addDecision(newest.sums, decision) }, ...older]
        : [{ day: plain.day, sums: addDecision(NO_SUMS, decision) }, ...kept.days]
    // safe: what is read back is what `JSON.stringify` was given; a day that is no longer written to is not read again.
    const read = JSON.parse(JSON.stringify({ cell: nextCell(kept.cell, decision), today: days[0] })) as {
      cell: CellState
      today: DayBucket
    }
    kept = { cell: read.cell, days: [read.today, ...days.slice(1)] }
  }
  return outcomeOf(kept, decisions.at(-1)?.day ?? 0)
}

/** As it is rebuilt: all events from the text of the ledger, each day for itself and backwards. */
export function replayed(decisions: readonly PlainDecision[], level: 2 | 3 | 4): Outcome {
  const ledger = decisions.map((decision) => JSON.stringify(decision))
  const read = ledger.map((text) => {
    // safe: the text is of such a decision.
    const plain = JSON.parse(text) as PlainDecision
    return { day: plain.day, decision: asKept({ ...plain, event: quantised(plain.event) }) }
  })
  const byDay = Map.groupBy(read, ({ day }) => day)
  const days = [...byDay]
    .map(([day, ofDay]) => ({
      day,
      sums: ofDay.map(({ decision }) => decision).reduceRight(addDecision, NO_SUMS),
    }))
    .toSorted((a, b) => b.day - a.day)
  const cell = read.map(({ decision }) => decision).reduce(nextCell, atLevel(startCell(null), level))
  return outcomeOf({ cell, days }, decisions.at(-1)?.day ?? 0)
}

function outcomeOf({ cell, days }: Kept, today: number): Outcome {
  const { base } = scoreOf(scoreSums(scoreWindow(days, today).sums), { kind: 'not_applicable' })
  return outcomeOfCell(cell, base)
}

/** What a cell comes to, with the score of its scope in points. */
export function outcomeOfCell(cell: CellState, score: number): Outcome {
  const { level3, level4, level5 } = cell.tests
  return {
    whole: [cell.epoch, cell.level, cell.cycles, cell.correct, cell.correctActions],
    fractions: [cell.drift, score],
    evidence: [level3, level4, level5].map((test) => (test === null ? Number.NaN : evidence(test))),
  }
}

/** By the plain script, which shares nothing with the core. */
export function recomputed(decisions: readonly PlainDecision[], level: 2 | 3 | 4): Outcome {
  const cell = plainCell(decisions, level)
  return {
    whole: [cell.epoch, cell.level, cell.cycles, cell.correct, cell.correctActions],
    fractions: [cell.drift, plainScore(decisions, decisions.at(-1)?.day ?? 0)],
    evidence: cell.evidence,
  }
}

/** How far two outcomes are apart at the most; Infinity where a whole number differs. */
export function apart(a: Outcome, b: Outcome): number {
  if (JSON.stringify(a.whole) !== JSON.stringify(b.whole)) return Number.POSITIVE_INFINITY
  const between = a.fractions.map((value, at) => Math.abs(value - (b.fractions[at] ?? Number.NaN)))
  const inProportion = a.evidence.map((value, at) => Math.abs(value / (b.evidence[at] ?? Number.NaN) - 1))
  const all = [...between, ...inProportion]
  return all.every(Number.isFinite) ? Math.max(...all) : Number.POSITIVE_INFINITY
}

/** Whether one by one, replayed and recomputed agree over histories of every kind of decision. */
export const agreement: Experiment = {
  name: 'agreement',
  run(histories, say) {
    const count = Math.max(1, Math.min(HISTORIES_PER_LEVEL, Math.ceil(histories / 40)))
    let [withReplay, withPlain, compared] = [0, 0, 0]
    for (const level of LEVELS) {
      const random = createRandom(seedFrom(SEED, `agreement ${level}`))
      for (let n = 0; n < count; n += 1) {
        const decisions = anyHistory(random, random.pick(ACCEPTABILITIES))
        const live = oneByOne(decisions, level)
        withReplay = Math.max(withReplay, apart(live, replayed(decisions, level)))
        withPlain = Math.max(withPlain, apart(live, recomputed(decisions, level)))
        compared += 1
      }
      say(`agreement of ${count} histories from level ${level}`)
    }
    return {
      tables: [
        {
          name: 'agreement',
          title: 'The same decisions, reckoned three ways',
          columns: ['compared', 'histories'],
          rows: [{ name: 'one by one, replayed, recomputed', figures: [figure('decisions', compared, null)] }],
        },
      ],
      requirements: [
        {
          says: `One by one and replayed from the ledger differ by ${withReplay.toExponential(1)} at the most in ${compared} histories; at most 1e-9`,
          holds: withReplay <= MOST_APART,
        },
        {
          says: `One by one and recomputed by the plain script differ by ${withPlain.toExponential(1)} at the most in ${compared} histories; at most 1e-9`,
          holds: withPlain <= MOST_APART,
        },
      ],
    }
  },
}

import { createRandom, seedFrom } from '../support/random.ts'
import { figure } from './figure.ts'
import { gateHistory, type GateHistory, type Rule, SCORED_AFTER } from './gate-history.ts'
import { LEVEL_3, LEVELS_4_AND_5, SCORES } from './published.ts'
import { SEED } from './seed.ts'
import { meanOf, quantileOf, shareBy, withThreeErrors } from './spread.ts'
import type { Experiment, Measured, Requirement, Table } from './table.ts'

const ACCEPTABILITIES = [...new Set([...LEVEL_3.keys(), ...LEVELS_4_AND_5.keys()])].toSorted((a, b) => b - a)
const CHECKED_EACH = 50

type Row = { readonly acceptability: number; readonly histories: readonly GateHistory[] }

const named = (acceptability: number): string => `${Math.round(100 * acceptability)} %`
const firsts = ({ histories }: Row, rule: Rule) => histories.map(({ opened }) => opened[rule])

/** The gates of the three steps beside naive rules, and the score, over the same histories. */
export const gates: Experiment = {
  name: 'gates',
  run(histories, say) {
    const rows = ACCEPTABILITIES.map((acceptability): Row => {
      const random = createRandom(seedFrom(SEED, `gates ${acceptability}`))
      const row = {
        acceptability,
        histories: Array.from({ length: histories }, (_, at) =>
          gateHistory(random, acceptability, at % CHECKED_EACH === 0),
        ),
      }
      say(`gates at ${named(acceptability)}`)
      return row
    })
    return measured(rows)
  },
}

function measured(rows: readonly Row[]): Measured {
  return {
    tables: [level3Table(rows), higherTable(rows), scoreTable(rows)],
    requirements: [
      boundary(rows, 0.8, 'level3', 'level 3', 0.05),
      boundary(rows, 0.88, 'level4', 'level 4', 0.05),
      boundary(rows, 0.92, 'level5', 'level 5', 0.025),
    ],
  }
}

function boundary(rows: readonly Row[], acceptability: number, rule: Rule, to: string, bound: number): Requirement {
  const row = rows.find((known) => known.acceptability === acceptability)
  const share = row ? shareBy(firsts(row, rule)) : Number.NaN
  const most = withThreeErrors(bound, row?.histories.length ?? 0)
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
  return {
    says: `An agent of exactly ${named(acceptability)} is ever promoted to ${to} in ${percent(share)} of the histories; at most ${percent(most)}, which is ${percent(bound)} and three standard errors`,
    holds: share <= most,
  }
}

const level3Table = (rows: readonly Row[]): Table => ({
  name: 'level 3',
  title: 'The step to level 3, beside rules that look simple',
  columns: [
    'true acceptability',
    'by decision 100',
    'ever',
    'median',
    '90 %',
    'rate > 85 % after 10: ever',
    'median',
    '20 in a row: ever',
    'median',
    'score ≥ 60 alone: ever',
  ],
  rows: rows.flatMap((row) => {
    const page = LEVEL_3.get(row.acceptability)
    if (!page) return []
    const [level3, rate, streak] = [firsts(row, 'level3'), firsts(row, 'rate'), firsts(row, 'streak')]
    return [
      {
        name: named(row.acceptability),
        figures: [
          figure('share', shareBy(level3, 100), page.by100),
          figure('share', shareBy(level3), page.ever),
          figure('decisions', quantileOf(level3, 0.5), page.median),
          figure('decisions', quantileOf(level3, 0.9), page.at90),
          figure('share', shareBy(rate), page.rate),
          figure('decisions', quantileOf(rate, 0.5), page.rateMedian),
          figure('share', shareBy(streak), page.streak),
          figure('decisions', quantileOf(streak, 0.5), page.streakMedian),
          figure('share', shareBy(firsts(row, 'score')), page.score),
        ],
      },
    ]
  }),
})

const higherTable = (rows: readonly Row[]): Table => ({
  name: 'levels 4 and 5',
  title: 'The steps to levels 4 and 5',
  columns: ['true acceptability', 'level 4: ever', 'median', 'level 5: ever', 'median'],
  rows: rows.flatMap((row) => {
    const page = LEVELS_4_AND_5.get(row.acceptability)
    if (!page) return []
    const [level4, level5] = [firsts(row, 'level4'), firsts(row, 'level5')]
    return [
      {
        name: named(row.acceptability),
        figures: [
          figure('share', shareBy(level4), page.level4),
          figure('decisions', quantileOf(level4, 0.5), page.median4),
          figure('share', shareBy(level5), page.level5),
          figure('decisions', quantileOf(level5, 0.5), page.median5),
        ],
      },
    ]
  }),
})

const scoreTable = (rows: readonly Row[]): Table => ({
  name: 'score',
  title: 'The score as a measure: its mean, and how far it spreads',
  columns: ['true acceptability', ...SCORED_AFTER.map((after) => `after ${after}`), '10 % at 180', '90 % at 180'],
  rows: rows.flatMap(({ acceptability, histories }) => {
    const page = SCORES.get(acceptability)
    if (!page) return []
    const after = SCORED_AFTER.map((_, at) => histories.map(({ scores }) => scores[at] ?? Number.NaN))
    const last = after.at(-1) ?? []
    const ours = [...after.map(meanOf), quantileOf(last, 0.1), quantileOf(last, 0.9)]
    return [{ name: named(acceptability), figures: ours.map((score, at) => figure('points', score, page[at] ?? null)) }]
  }),
})

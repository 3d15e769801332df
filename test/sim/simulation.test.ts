import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { apart, oneByOne, recomputed, replayed } from './agreement.ts'
import { anyHistory } from './any-history.ts'
import { detection } from './detection-tables.ts'
import { gateHistory, type Rule } from './gate-history.ts'
import { shareBy, withThreeErrors } from './spread.ts'
import { tableText } from './table.ts'
import { everPasses } from './test-tables.ts'
import { stampingHistory } from './theatre-table.ts'
import { modelYear, naiveYear } from './year-history.ts'

/** What `npm run sim` measures with 2,000 histories a row, with so few that it stays quick. */
const HISTORIES = 200
const DECISIONS = 400
const quiet = (): void => undefined

describe('an agent exactly as good as a step asks', { timeout: 30_000 }, () => {
  test.each<[Rule, number, number]>([
    ['level3', 0.8, 0.05],
    ['level4', 0.88, 0.05],
    ['level5', 0.92, 0.025],
  ])('%s at %d is promoted in no more than %d and three standard errors', (rule, acceptability, bound) => {
    const random = createRandom(9)
    const firsts = Array.from(
      { length: HISTORIES },
      (_, at) => gateHistory(random, acceptability, at % 20 === 0, DECISIONS).opened[rule],
    )
    expect(shareBy(firsts)).toBeLessThanOrEqual(withThreeErrors(bound, HISTORIES))
  })

  test('passes the test in no more than 10 % and three standard errors, however often it starts again', () => {
    const random = createRandom(10)
    const restarted = { name: '', to: 3, p0: 0.8, decisions: 1_000, restartedAfter: 150 } as const
    const passed = Array.from({ length: HISTORIES }, () => everPasses(random, restarted)).filter(Boolean).length
    expect(passed / HISTORIES).toBeLessThanOrEqual(withThreeErrors(0.1, HISTORIES))
  })
})

it('comes to the same one by one, replayed and recomputed, to 1e-9', { timeout: 30_000 }, () => {
  const levels = fc.constantFrom(2 as const, 3 as const, 4 as const)
  const acceptability = fc.double({ min: 0.5, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.nat(), acceptability, levels, fc.integer({ min: 1, max: 300 }), (seed, share, level, decisions) => {
      const history = anyHistory(createRandom(seed), share, decisions)
      const live = oneByOne(history, level)
      expect(apart(live, replayed(history, level))).toBe(0)
      expect(apart(live, recomputed(history, level))).toBeLessThan(1e-9)
    }),
    { numRuns: 25, seed: 9 },
  )
})

it('says that outcomes are apart where a count, an E or a score differs', () => {
  const outcome = { whole: [1, 2], fractions: [0.5, 61], evidence: [20] }
  expect(apart(outcome, outcome)).toBe(0)
  expect(apart(outcome, { ...outcome, whole: [1, 3] })).toBe(Number.POSITIVE_INFINITY)
  expect(apart(outcome, { ...outcome, fractions: [0.5, 61.25] })).toBe(0.25)
  expect(apart(outcome, { ...outcome, evidence: [16] })).toBe(0.25)
  expect(apart(outcome, { ...outcome, evidence: [Number.NaN] })).toBe(Number.POSITIVE_INFINITY)
})

it('lets nobody stamp an agent into level 3', () => {
  const random = createRandom(11)
  const stamped = Array.from({ length: 20 }, () => stampingHistory(random))
  expect(stamped.every(({ withHold }) => withHold === null)).toBe(true)
  expect(stamped.some(({ withoutHold }) => withoutHold !== null)).toBe(true)
})

describe('a year', () => {
  const mean = (years: readonly { readonly badExecuted: number }[]): number =>
    years.reduce((sum, { badExecuted }) => sum + badExecuted, 0) / years.length

  it('of an agent that becomes bad lets far less through than a rate does', () => {
    const random = createRandom(12)
    const agent = (n: number): number => (n < 366 ? 0.98 : 0.7)
    const model = mean(Array.from({ length: 20 }, (_, at) => modelYear(random, agent, at < 5)))
    const rate = mean(Array.from({ length: 20 }, () => naiveYear(random, agent, 'rate')))
    expect(model).toBeLessThan(rate / 4)
  })

  it('of a flawless agent asks for the 30 cycles and no more', () => {
    const asked = modelYear(createRandom(13), () => 1, true)
    expect(asked).toEqual({ reviewsAsked: 30, badExecuted: 0, badNeverNoticed: 0, returns: 0 })
    expect(naiveYear(createRandom(13), () => 1, 'streak').reviewsAsked).toBe(20)
  })
})

it('measures what its page says', { timeout: 30_000 }, () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/trust-simulation.md'), 'utf8')
  const { tables, requirements } = detection.run(2_000, quiet)
  for (const table of tables) expect(page).toContain(tableText(table))
  expect(requirements.filter(({ holds }) => !holds)).toEqual([])
  expect(page).not.toContain('Does not hold')
})

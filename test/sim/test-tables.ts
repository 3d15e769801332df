import { type EarnedLevel, observeOutcome, passes, startPromotionTest } from '../../core/domain/trust/promotion-test.ts'
import { createRandom, type Random, seedFrom } from '../support/random.ts'
import { figure } from './figure.ts'
import { DECISIONS } from './gate-history.ts'
import { TEST_ALONE } from './published.ts'
import { SEED } from './seed.ts'
import { withThreeErrors } from './spread.ts'
import type { Experiment } from './table.ts'

const RESTARTED_AFTER = 150
const DECISIONS_WITH_RESTARTS = 3_000

type Case = {
  readonly name: string
  readonly to: EarnedLevel
  readonly p0: number
  readonly decisions: number
  readonly restartedAfter: number
  readonly page: number
  readonly bound: number
}

const alone = (to: EarnedLevel, p0: number, bound: number): Case => ({
  name: `level ${to}, p0 ${p0.toFixed(2)}`,
  to,
  p0,
  decisions: DECISIONS,
  restartedAfter: Number.POSITIVE_INFINITY,
  page: TEST_ALONE[to],
  bound,
})

const CASES: readonly Case[] = [
  alone(3, 0.8, 0.05),
  alone(4, 0.88, 0.05),
  alone(5, 0.92, 0.025),
  {
    ...alone(3, 0.8, 0.1),
    name: `level 3, started again every ${RESTARTED_AFTER} of ${DECISIONS_WITH_RESTARTS} decisions`,
    decisions: DECISIONS_WITH_RESTARTS,
    restartedAfter: RESTARTED_AFTER,
    page: TEST_ALONE.restarted,
  },
]

/** Whether the test ever passes for an agent that is exactly as good as its null. */
export function everPasses(
  random: Random,
  { to, p0, decisions, restartedAfter }: Omit<Case, 'page' | 'bound'>,
): boolean {
  let test = startPromotionTest(p0)
  let epoch = 1
  for (let n = 1; n <= decisions; n += 1) {
    test = observeOutcome(test, random.chance(p0) ? 1 : 0)
    if (passes(test, epoch, to)) return true
    if (n % restartedAfter === 0) {
      test = startPromotionTest(p0)
      epoch += 1
    }
  }
  return false
}

/** The test by itself, at its own boundary. */
export const tests: Experiment = {
  name: 'tests',
  run(histories, say) {
    const measured = CASES.map((one) => {
      const random = createRandom(seedFrom(SEED, `tests ${one.name}`))
      const passed = Array.from({ length: histories }, () => everPasses(random, one)).filter(Boolean).length
      say(`test alone, ${one.name}`)
      return { ...one, share: passed / histories, most: withThreeErrors(one.bound, histories) }
    })
    return {
      tables: [
        {
          name: 'test alone',
          title: 'The test alone, for an agent that is exactly as good as the test asks',
          columns: ['test', 'ever passes', 'bound'],
          rows: measured.map(({ name, share, page, bound }) => ({
            name,
            figures: [figure('share', share, page), figure('share', bound, bound)],
          })),
        },
      ],
      requirements: measured.map(({ name, share, most, bound }) => ({
        says: `The test alone, ${name}, ever passes in ${(100 * share).toFixed(1)} %; at most ${(100 * most).toFixed(1)} %, which is ${100 * bound} % and three standard errors`,
        holds: share <= most,
      })),
    }
  },
}

import { isDriftAlarm, nextDrift } from '../../core/domain/trust/drift.ts'
import { createRandom, type Random, seedFrom } from '../support/random.ts'
import { figure } from './figure.ts'
import { DETECTION, FALSE_ALARMS } from './published.ts'
import { SEED } from './seed.ts'
import { type Firsts, meanOf, quantileOf } from './spread.ts'
import type { Experiment, Requirement, Table } from './table.ts'

const TOO_LONG = 10_000_000
/** Two a day for 90 days. */
const WINDOW = 180
const FAILURES_BEFORE = 0.02
const RATE_BELOW = 0.85
/** As the requirement says it. */
const AWAY = 0.2

/** Judged decisions until drift demotes a cell of this level. */
export function untilAlarm(random: Random, level: 3 | 4, failures: number): number {
  let drift = 0
  for (let n = 1; n <= TOO_LONG; n += 1) {
    drift = nextDrift(drift, random.chance(failures) ? 0 : 1, level)
    if (isDriftAlarm(drift)) return n
  }
  throw new Error(`No alarm in ${TOO_LONG} decisions`)
}

/** Judged decisions until the rate of 90 days falls below 85 %, for an agent of 98 % before. */
export function untilRateFalls(random: Random, failures: number): number {
  const window = Array.from({ length: WINDOW }, () => (random.chance(FAILURES_BEFORE) ? 1 : 0))
  let failed = window.reduce<number>((sum, one) => sum + one, 0)
  for (let n = 1; n <= TOO_LONG; n += 1) {
    const failure = random.chance(failures) ? 1 : 0
    failed += failure - (window[n % WINDOW] ?? 0)
    window[n % WINDOW] = failure
    if (1 - failed / WINDOW < RATE_BELOW) return n
  }
  throw new Error(`The rate held for ${TOO_LONG} decisions`)
}

/** How soon an agent that became worse is noticed. */
export const detection: Experiment = {
  name: 'detection',
  run(histories, say) {
    const requirements: Requirement[] = []
    const rows = [...DETECTION].map(([failures, page]) => {
      const random = createRandom(seedFrom(SEED, `detection ${failures}`))
      const measure = (until: () => number): Firsts => Array.from({ length: histories }, until)
      const pairs = [
        ['level 3', measure(() => untilAlarm(random, 3, failures)), page.level3],
        ['level 4', measure(() => untilAlarm(random, 4, failures)), page.level4],
        ['the rate', measure(() => untilRateFalls(random, failures)), page.rate],
      ] as const
      for (const [name, firsts, [median]] of pairs) {
        const ours = quantileOf(firsts, 0.5)
        requirements.push({
          says: `At ${Math.round(100 * failures)} % failures ${name} falls after ${ours} decisions (median); within 20 % of ${median}`,
          holds: Math.abs(ours - median) <= AWAY * median,
        })
      }
      say(`detection at ${Math.round(100 * failures)} % failures`)
      return {
        name: `${Math.round(100 * failures)} %`,
        figures: pairs.flatMap(([, firsts, [median, at90]]) => [
          figure('decisions', quantileOf(firsts, 0.5), median),
          figure('decisions', quantileOf(firsts, 0.9), at90),
        ]),
      }
    })
    const table: Table = {
      name: 'detection',
      title: 'Judged decisions until a change is noticed',
      columns: [
        'failures after the change',
        'level 3: median',
        '90 %',
        'level 4: median',
        '90 %',
        'rate of 90 days < 85 %: median',
        '90 %',
      ],
      rows,
    }
    return { tables: [table], requirements }
  },
}

/** How seldom an agent that did not change is demoted. */
export const alarms: Experiment = {
  name: 'alarms',
  run(histories, say) {
    const rows = FALSE_ALARMS.map(([level, failures, page]) => {
      const random = createRandom(seedFrom(SEED, `alarms ${level} ${failures}`))
      const mean = meanOf(Array.from({ length: histories }, () => untilAlarm(random, level, failures)))
      say(`false alarms at level ${level}, ${Math.round(100 * failures)} % failures`)
      return {
        name: `level ${level}, ${Math.round(100 * failures)} % failures`,
        figures: [figure('decisions', mean, page)],
      }
    })
    return {
      tables: [
        {
          name: 'false alarms',
          title: 'Decisions until a false alarm, mean',
          columns: ['watched', 'decisions'],
          rows,
        },
      ],
      requirements: [],
    }
  },
}

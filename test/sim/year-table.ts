import { createRandom, seedFrom } from '../support/random.ts'
import { figure } from './figure.ts'
import { YEARS, type YearAgent, type YearRule } from './published.ts'
import { SEED } from './seed.ts'
import { meanOf } from './spread.ts'
import type { Experiment } from './table.ts'
import { type Agent, modelYear, naiveYear } from './year-history.ts'

const CHANGES_AT = 366
const CHECKED_EACH = 50

const AGENTS: readonly (readonly [YearAgent, Agent])[] = [
  ['98 %', () => 0.98],
  ['90 %', () => 0.9],
  ['80 %', () => 0.8],
  ['98 %, then 70 % from decision 366', (n) => (n < CHANGES_AT ? 0.98 : 0.7)],
]

const RULES: readonly (readonly [YearRule, string])[] = [
  ['model', 'this model'],
  ['rate', 'rate > 85 %'],
  ['streak', '20 in a row'],
]

/** What a year with each rule costs a person, and what it lets through. */
export const year: Experiment = {
  name: 'year',
  run(histories, say) {
    const rows = AGENTS.flatMap(([name, agent]) =>
      RULES.map(([rule, says]) => {
        const random = createRandom(seedFrom(SEED, `year ${name} ${rule}`))
        const years = Array.from({ length: histories }, (_, at) =>
          rule === 'model' ? modelYear(random, agent, at % CHECKED_EACH === 0) : naiveYear(random, agent, rule),
        )
        const page = YEARS[name][rule]
        say(`a year of ${name} under ${says}`)
        return {
          name: `${name}: ${says}`,
          figures: [
            figure('actions', meanOf(years.map(({ reviewsAsked }) => reviewsAsked)), page?.[0] ?? null),
            figure('actions', meanOf(years.map(({ badExecuted }) => badExecuted)), page?.[1] ?? null),
            figure('actions', meanOf(years.map(({ badNeverNoticed }) => badNeverNoticed)), page?.[2] ?? null),
            figure('actions', meanOf(years.map(({ returns }) => returns)), null),
          ],
        }
      }),
    )
    return {
      tables: [
        {
          name: 'a year',
          title: 'A year: 730 decisions, two a day',
          columns: [
            'agent and rule',
            'reviews asked',
            'bad actions executed',
            'of these never noticed',
            'returns to review',
          ],
          rows,
        },
      ],
      requirements: [],
    }
  },
}

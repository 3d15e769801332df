import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createRandom, seedFrom } from '../support/random.ts'
import { startPostgres } from '../support/postgres.ts'
import { setup as build } from '../support/built.ts'
import { freshDatabases } from './fresh-databases.ts'
import { type Scenario, SCENARIOS } from './scenarios.ts'

/**
 * Schedules of faults, one after another, for as long as it is told. Ends with 1 at the first schedule with a violation,
 * and prints how to repeat it. `--minutes 30`, `--seed 7` (the run's), `--only replicas`, `--schedule 123` (one schedule
 * of `--only`, by its own seed), `--json file`.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string' },
    only: { type: 'string' },
    schedule: { type: 'string' },
    json: { type: 'string' },
  },
})

type Totals = {
  seed: number
  minutes: number
  schedules: Record<string, number>
  faults: Record<string, number>
  endings: Record<string, number>
  violations: { scenario: string; seed: number; says: string }[]
}

const started = performance.now()
const seed = values.seed === undefined ? Date.now() >>> 0 : Number(values.seed) >>> 0
const totals: Totals = { seed, minutes: 0, schedules: {}, faults: {}, endings: {}, violations: [] }
const minutes = (): number => (performance.now() - started) / 60_000
const say = (line: string): void => void process.stdout.write(`${minutes().toFixed(1).padStart(5)} min  ${line}\n`)
const add = (to: Record<string, number>, from: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(from)) to[name] = (to[name] ?? 0) + count
}
const words = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

async function runOne(scenario: Scenario, of: number, databases: ReturnType<typeof freshDatabases>): Promise<void> {
  say(`${scenario.name}, schedule ${of}`)
  const report = await scenario
    .run(of, databases, (line) => say(`  ${line}`))
    .catch((thrown: unknown) => ({
      faults: {},
      endings: {},
      violations: [`it broke off: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`],
    }))
  add(totals.schedules, { [scenario.name]: 1 })
  add(totals.faults, report.faults)
  add(totals.endings, report.endings ?? {})
  for (const says of report.violations) totals.violations.push({ scenario: scenario.name, seed: of, says })
  say(`  faults: ${words(report.faults)}`)
  say(`  ended: ${words(report.endings ?? {})}`)
  say(`  violations: ${report.violations.length}`)
}

async function soak(): Promise<void> {
  const chosen = SCENARIOS.filter(({ name }) => values.only === undefined || name === values.only)
  if (chosen.length === 0)
    throw new Error(`There is no “${values.only}”; known: ${SCENARIOS.map(({ name }) => name).join(', ')}`)
  build()
  const server = await startPostgres()
  const databases = freshDatabases(server.url)
  const random = createRandom(seedFrom(seed, 'soak'))
  say(`seed ${seed}`)
  try {
    for (let turn = 0; totals.violations.length === 0; turn += 1) {
      const scenario = chosen[turn % chosen.length]
      if (!scenario) break
      const of = values.schedule === undefined ? random.below(2 ** 32) : Number(values.schedule)
      await runOne(scenario, of, databases)
      if (values.schedule !== undefined || minutes() >= Number(values.minutes)) break
    }
  } finally {
    await server.stop()
  }
}

await soak()
totals.minutes = Math.round(minutes() * 10) / 10
say(`schedules: ${words(totals.schedules)}`)
say(`faults: ${words(totals.faults)}`)
say(`ended: ${words(totals.endings)}`)
say(`violations: ${totals.violations.length}`)
for (const { scenario, seed: of, says } of totals.violations) {
  say(`  ${says}`)
  say(`  repeat it with: npm run test:soak -- --only '${scenario}' --schedule ${of}`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(totals, null, 2)}\n`)
process.exit(totals.violations.length === 0 ? 0 : 1)

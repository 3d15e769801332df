import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EXPERIMENTS } from './experiments.ts'
import { isOutside } from './figure.ts'
import { simulationPage } from './simulation-page.ts'
import { SEED } from './seed.ts'
import { type Requirement, type Table, tableText } from './table.ts'

/**
 * Section 9 of the trust model, measured again on the core, and a sample of it through the real gate. Ends with 1 where
 * a requirement does not hold. `--histories 2000` (a row), `--rows gates,year` (some of the tables; `sample`: the real gate),
 * `--json file`, `--write-docs`.
 */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '2000' },
    rows: { type: 'string' },
    json: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
})

const DOCS = fileURLToPath(new URL('../../docs/trust-simulation.md', import.meta.url))
const FULL = 2_000
const started = performance.now()
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s`
const print = (line = ''): void => void process.stdout.write(`${line}\n`)

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n`)
  process.exit(2)
}

const histories = Number(values.histories)
if (!Number.isInteger(histories) || histories < 1) refuse('--histories is a whole number from 1')
const wanted = values.rows?.split(',') ?? EXPERIMENTS.map(({ name }) => name)
const unknown = wanted.find((name) => EXPERIMENTS.every((known) => known.name !== name))
if (unknown !== undefined) refuse(`There is no “${unknown}”; known: ${EXPERIMENTS.map(({ name }) => name).join(', ')}`)
if (values['write-docs'] && (histories !== FULL || values.rows !== undefined)) {
  refuse(`--write-docs writes what all rows with ${FULL} histories came to`)
}

print(`${histories} histories a row, seed ${SEED}; ours / the page’s, ≠ where they are further apart than the band`)
const tables: Table[] = []
const requirements: Requirement[] = []
const remarks: string[] = []
for (const experiment of EXPERIMENTS) {
  if (!wanted.includes(experiment.name)) continue
  const measured = await experiment.run(histories, (line) => print(`${seconds()}  ${line}`))
  tables.push(...measured.tables)
  requirements.push(...measured.requirements)
  remarks.push(...(measured.remarks ?? []))
}
for (const table of tables) print(`\n${table.title}\n\n${tableText(table)}`)
for (const remark of remarks) print(`\n${remark}`)

const figures = tables.flatMap(({ rows }) => rows.flatMap((row) => row.figures)).filter(({ page }) => page !== null)
print(`\n${figures.filter(isOutside).length} of ${figures.length} numbers lie outside their band.\n`)
for (const { says, holds } of requirements) print(`${holds ? 'holds' : 'FAILS'}  ${says}.`)
print(`\n${seconds()}`)

if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ seed: SEED, histories, tables, requirements, remarks }, null, 2)}\n`)
}
if (values['write-docs']) writeFileSync(DOCS, simulationPage({ seed: SEED, histories, tables, requirements, remarks }))
process.exitCode = requirements.every(({ holds }) => holds) ? 0 : 1

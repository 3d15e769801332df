import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { createKinds } from '../../connectors/registry.ts'
import { BANDS } from '../domain/band.ts'
import { categoryWords } from '../domain/category.ts'
import { ceilingOf } from '../domain/ceiling.ts'
import { PolicyTestCase } from '../rules/policy-test-case.ts'
import { PolicySchema } from '../rules/policy.ts'
import { VARIABLES } from './config.ts'
import { projectRoot } from './migrations.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

function configuration(): string {
  const rows = Object.entries(VARIABLES).map(([name, { schema, says }]) => {
    const absent = schema.safeParse(undefined)
    const standard = absent.success && absent.data !== undefined ? `\`${String(absent.data)}\`` : ''
    return `| \`${name}\` | ${cell(says)} | ${standard} |`
  })
  return `# Configuration

Every setting is an environment variable. The program reads them once, when it starts, and names every problem at once.
This table is generated from \`core/entry/config.ts\` (\`npm run docs\`).

| variable | meaning | default |
|---|---|---|
${rows.join('\n')}
`
}

function kinds(): string {
  const rows = createKinds().all.map((kind) => {
    const { repeat, undo, preparing } = kind.effect
    const ceilings = BANDS.map((band) => ceilingOf(kind.risk, undo, band)).join(' / ')
    const fields = kind.fields.map(({ name, required }) => (required ? `**${name}**` : name)).join(', ')
    return `| \`${kind.id}\` | ${kind.title}${preparing ? ' (preparing)' : ''} | ${categoryWords(kind.category)} | ${kind.risk} | ${repeat} | ${undo} | ${ceilings} | ${fields} |`
  })
  return `# Action kinds

What an agent may propose. *Repeat* says what doing it twice does, *undo* what can be taken back; *ceilings* are the
highest levels in the small, medium and large band. Required fields are bold; their JSON Schema is at \`GET /v1/kinds\`.
This table is generated from the connectors (\`npm run docs\`).

| kind | what it does | category | risk | repeat | undo | ceilings | fields |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}

/** For editors: what a policy file may say, `extends` and `tests` included. */
function policySchema(): string {
  const file = PolicySchema.extend({
    extends: z.string().optional().describe('A ready pack: its keys are replaced, its scopes come first'),
    tests: z.array(PolicyTestCase).optional().describe('Cases that stand beside the rules'),
  })
  const schema = z.toJSONSchema(file, { io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: 'A policy of Tenure', ...schema }, null, 1)}\n`
}

const PAGES = {
  'docs/configuration.md': configuration,
  'docs/kinds.md': kinds,
  'docs/policy.schema.json': policySchema,
} as const

/** Writes the generated pages; with `--check` says which of them are not what would be written. */
let stale = false
for (const [path, make] of Object.entries(PAGES)) {
  const file = new URL(path, projectRoot())
  const text = make()
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    stale = true
    console.error(`${path} is out of date. Run npm run docs.`)
  }
}
if (stale) process.exitCode = 1

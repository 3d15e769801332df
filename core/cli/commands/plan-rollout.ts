import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok, type Result } from '../../domain/result.ts'
import type { Failure } from '../failure.ts'
import type { ProgramDeps } from '../program-deps.ts'
import { plain, type Run, table } from '../shown.ts'

const Audit = z.record(z.string(), z.unknown())

const Planned = z.looseObject({
  starts_on: z.string(),
  workflows: z.array(
    z.looseObject({
      name: z.string(),
      scope: z.string(),
      start_at: z.number(),
      aim_at: z.number(),
      why: z.string(),
      blocks: z.array(z.looseObject({ says: z.string() })),
      benchmarks: z.array(
        z.looseObject({
          measure: z.string(),
          is: z.enum(['at_least', 'at_most']),
          unit: z.string(),
          value: z.number().nullable(),
        }),
      ),
      progress: z.looseObject({
        level: z.number(),
        cycles: z.number(),
        needs: z.number(),
        full_review_for: z.number(),
      }),
      thirtieth_on: z.string().nullable(),
      first_grant: z.looseObject({ on: z.string() }).nullable(),
    }),
  ),
  phases: z.array(
    z.looseObject({
      phase: z.number(),
      from_day: z.number(),
      to_day: z.number(),
      from: z.string(),
      to: z.string(),
      todo: z.array(z.string()),
    }),
  ),
  later: z.array(z.string()),
  next: z.array(z.looseObject({ says: z.string() })),
})
type Planned = z.infer<typeof Planned>
type Workflow = Planned['workflows'][number]

/** tenure rollout FILE */
export function planRolloutCommand(rollout: Command, run: Run, deps: Pick<ProgramDeps, 'readFile'>): void {
  rollout
    .argument('<audit>', 'a JSON file of the workflows; docs/rollout.md has an example')
    .action((path: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const audit = await readAudit(deps, path)
        if (!audit.ok) return audit
        const planned = await gate.call({ method: 'POST', path: '/v1/rollout', body: audit.value, answer: Planned })
        if (!planned.ok) return planned
        return ok({ text: wordsOf(planned.value), json: planned.value })
      }),
    )
}

/** The gate says what is wrong inside; here only that it is JSON, and an object. */
async function readAudit(
  deps: Pick<ProgramDeps, 'readFile'>,
  path: string,
): Promise<Result<z.infer<typeof Audit>, Failure>> {
  const text = await deps.readFile(path)
  if (text === null) return err({ kind: 'usage', says: `There is no file ${path}.` })
  try {
    const audit = Audit.safeParse(JSON.parse(text))
    if (audit.success) return ok(audit.data)
  } catch {
    // What cannot be parsed is told in the same words as what is no object.
  }
  return err({ kind: 'usage', says: `${path} is not a JSON object.` })
}

function wordsOf({ starts_on: startsOn, workflows, phases, later, next }: Planned): string {
  return [
    `Day 1 is ${startsOn}.`,
    '',
    table(
      ['WORKFLOW', 'SCOPE', 'NOW', 'START', 'AIM', 'CYCLES', '30TH ON', 'FIRST GRANT'],
      workflows.map((one) => [
        one.name,
        one.scope,
        String(one.progress.level),
        String(one.start_at),
        String(one.aim_at),
        `${one.progress.cycles} of ${one.progress.needs}`,
        one.thirtieth_on ?? '',
        one.first_grant?.on ?? '',
      ]),
    ),
    ...workflows.flatMap(whyWords),
    '',
    table(
      ['WORKFLOW', 'BENCHMARK', ''],
      workflows.flatMap((one) => one.benchmarks.map((each) => [one.name, each.measure, benchmarkWords(each)])),
    ),
    ...phases.flatMap(({ phase, from_day: fromDay, to_day: toDay, from, to, todo }) =>
      section(`Phase ${phase}, days ${fromDay} to ${toDay} (${from} to ${to})`, todo),
    ),
    ...section('After day 90', later),
    ...section(
      'Next',
      next.map(({ says }) => says),
    ),
  ].join('\n')
}

const section = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${plain(line)}`)]

const whyWords = ({ name, why, blocks, progress }: Workflow): readonly string[] => [
  '',
  plain(name),
  `  ${plain(why)}`,
  ...blocks.map(({ says }) => `  ${plain(says)}`),
  ...(progress.full_review_for > 0
    ? [
        `  Its category is under full review: nothing of it is planned before ${progress.full_review_for} more decisions.`,
      ]
    : []),
]

function benchmarkWords({ is, unit, value }: Workflow['benchmarks'][number]): string {
  if (value === null) return 'measure it first'
  const bound = is === 'at_least' ? 'at least' : 'at most'
  return unit === 'share' ? `${bound} ${Math.round(value * 1000) / 10} %` : `${bound} ${value} ${unit}`
}

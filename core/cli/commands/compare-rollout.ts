import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run, table } from '../shown.ts'

const Side = z.looseObject({
  runs: z.number(),
  judged: z.number(),
  overridden: z.number(),
  share: z.number().nullable(),
  timed: z.number(),
  review_minutes: z.number(),
})
const Compared = z.looseObject({
  due_at: z.string().nullable(),
  due: z.boolean(),
  baseline: Side,
  autonomous: Side,
  rule: z.string(),
  says: z.string(),
})

/** tenure rollout compare SCOPE */
export function compareRolloutCommand(rollout: Command, run: Run): void {
  rollout
    .command('compare <scope>')
    .description('what acts by itself, against the approvals before it')
    .action((scope: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/rollout/${encodeURIComponent(scope)}`
        const compared = await gate.call({ method: 'GET', path, answer: Compared })
        if (!compared.ok) return compared
        return ok({ text: wordsOf(compared.value), json: compared.value })
      }),
    )
}

function wordsOf({ due_at: dueAt, due, baseline, autonomous, rule, says }: z.infer<typeof Compared>): string {
  const row = (name: string, side: z.infer<typeof Side>): readonly string[] => [
    name,
    String(side.runs),
    String(side.judged),
    side.share === null ? String(side.overridden) : `${side.overridden} (${Math.round(side.share * 1000) / 10} %)`,
    side.timed === 0 ? '' : `at most ${Math.round(side.review_minutes)} on ${side.timed}`,
  ]
  return [
    plain(says),
    '',
    table(
      ['', 'RUNS', 'LOOKED AT', 'OVERRIDDEN', 'MINUTES'],
      [row('With approvals', baseline), row('By itself', autonomous)],
    ),
    ...(dueAt !== null && !due
      ? [`Week four is over on ${dueAt.slice(0, 10)}; until then this is only a first look.`]
      : []),
    plain(rule),
  ].join('\n')
}

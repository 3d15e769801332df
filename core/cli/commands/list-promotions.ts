import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { type Run, table } from '../shown.ts'

const Options = z.object({ all: z.boolean().optional() })
const Listed = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      state: z.string(),
      scenario: z.string(),
      to: z.number(),
      title: z.string(),
      opened_at: z.string(),
    }),
  ),
})

/** tenure promotions [--all] */
export function listPromotionsCommand(program: Command, run: Run): void {
  program
    .command('promotions')
    .description('proposals of more autonomy that wait for an answer')
    .option('--all', 'also those that were answered')
    .action((options: unknown, command: Command) =>
      run(command, async (gate) => {
        const { all } = Options.parse(options)
        const path = `/v1/promotions${all === true ? '' : '?state=open'}`
        const listed = await gate.call({ method: 'GET', path, answer: Listed })
        if (!listed.ok) return listed
        const { items } = listed.value
        const rows = items.map((one) => [one.id, one.title, one.scenario, String(one.to), one.state, one.opened_at])
        const text =
          rows.length === 0
            ? 'Nothing is proposed.'
            : table(['ID', 'WHAT', 'SCENARIO', 'LEVEL', 'STATE', 'PROPOSED'], rows)
        return ok({ text, json: items })
      }),
    )
}

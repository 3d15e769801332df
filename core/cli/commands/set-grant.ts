import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../domain/result.ts'
import { Grants, grantTable } from '../grant-table.ts'
import type { Run } from '../shown.ts'
import { takesWhichLevels, whichLevels } from '../which-levels.ts'

const Options = z.object({ until: z.iso.datetime({ offset: true }).optional() })

/** tenure grant SCOPE LEVEL [--scenario …] [--agent …] [--until T] [--reason …] */
export function setGrantCommand(program: Command, run: Run): void {
  takesWhichLevels(
    program
      .command('grant')
      .description('set a level: lowering always works, 1 only observes for 30 days, raising has to be earned')
      .argument('<scope>', 'a category and a band, like crm_update.small')
      .addArgument(new Argument('<level>').choices(['1', '2', '3', '4', '5'])),
  )
    .option(
      '--until <instant>',
      'like 2026-06-01T09:00:00Z; levels 3 to 5 end at the next quarterly review at the latest',
    )
    .action((scope: string, level: string, given: unknown, command: Command) =>
      run(command, async (gate) => {
        const options = Options.safeParse(given)
        if (!options.success)
          return err({ kind: 'usage', says: '--until takes an instant with its offset, like 2026-06-01T09:00:00Z.' })
        const body = { scope, level: Number(level), ...whichLevels(given), ...options.data }
        const set = await gate.call({ method: 'PUT', path: '/v1/grants', body, answer: Grants })
        if (!set.ok) return set
        const { items } = set.value
        const text = items.length === 0 ? 'Nothing had more there; nothing was changed.' : grantTable(items)
        return ok({ text, json: items })
      }),
    )
}

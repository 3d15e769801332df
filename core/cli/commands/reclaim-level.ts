import type { Command } from 'commander'
import { ok } from '../../domain/result.ts'
import { Grants, grantTable } from '../grant-table.ts'
import { plain, type Run } from '../shown.ts'
import { takesWhichLevels, whichLevels } from '../which-levels.ts'

/** tenure reclaim WHAT [--scenario …] [--agent …] [--reason …] */
export function reclaimLevelCommand(program: Command, run: Run): void {
  takesWhichLevels(
    program
      .command('reclaim')
      .description('take back at once what runs by itself')
      .argument('<what>', 'a category or a scope, like crm_update or crm_update.small'),
  ).action((what: string, options: unknown, command: Command) =>
    run(command, async (gate) => {
      const body = { what, ...whichLevels(options) }
      const taken = await gate.call({ method: 'POST', path: '/v1/grants/reclaim', body, answer: Grants })
      if (!taken.ok) return taken
      const { items } = taken.value
      const text = `${grantTable(items)}\nHand it back with: tenure hand-back ${plain(what)}`
      return ok({ text, json: items })
    }),
  )
}

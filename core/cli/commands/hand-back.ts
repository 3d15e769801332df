import type { Command } from 'commander'
import { ok } from '../../domain/result.ts'
import { Grants, grantTable } from '../grant-table.ts'
import type { Run } from '../shown.ts'
import { takesWhichLevels, whichLevels } from '../which-levels.ts'

/** tenure hand-back WHAT [--scenario …] [--agent …] [--reason …] */
export function handBackCommand(program: Command, run: Run): void {
  takesWhichLevels(
    program
      .command('hand-back')
      .description('hand back what was taken back, as it was')
      .argument('<what>', 'a category or a scope, like crm_update or crm_update.small'),
  ).action((what: string, options: unknown, command: Command) =>
    run(command, async (gate) => {
      const body = { what, ...whichLevels(options) }
      const given = await gate.call({ method: 'POST', path: '/v1/grants/hand-back', body, answer: Grants })
      if (!given.ok) return given
      return ok({ text: grantTable(given.value.items), json: given.value.items })
    }),
  )
}

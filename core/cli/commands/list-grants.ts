import type { Command } from 'commander'
import { ok } from '../../domain/result.ts'
import { Grants, grantTable } from '../grant-table.ts'
import type { Run } from '../shown.ts'

/** tenure grants */
export function listGrantsCommand(program: Command, run: Run): void {
  program
    .command('grants')
    .description('the levels that were given, and what holds now')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const listed = await gate.call({ method: 'GET', path: '/v1/grants', answer: Grants })
        if (!listed.ok) return listed
        const { items } = listed.value
        return ok({ text: items.length === 0 ? 'No level was given yet.' : grantTable(items), json: items })
      }),
    )
}

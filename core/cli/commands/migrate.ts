import type { Command } from 'commander'
import { err, ok } from '../../domain/result.ts'
import type { ProgramDeps } from '../program-deps.ts'
import type { RunAlone } from '../shown.ts'

/** tenure migrate: the one command that speaks to the database and not to the gate. */
export function migrateCommand(program: Command, run: RunAlone, { migrate }: Pick<ProgramDeps, 'migrate'>): void {
  program
    .command('migrate')
    .description('bring the database up to date')
    .action((_options: unknown, command: Command) =>
      run(command, async () => {
        const applied = await migrate()
        if (!applied.ok) return err({ kind: 'failed', says: applied.error })
        const names = applied.value
        const text =
          names.length === 0 ? 'The database is up to date.' : names.map((name) => `Applied ${name}`).join('\n')
        return ok({ text, json: { applied: names } })
      }),
    )
}

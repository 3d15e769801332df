import type { Command } from 'commander'
import { err, ok } from '../../domain/result.ts'
import type { ProgramDeps } from '../program-deps.ts'
import type { RunAlone } from '../shown.ts'

/** tenure install: writes the first workspace from the settings; what a Worker needs and a gate on Node does by itself. */
export function installCommand(program: Command, run: RunAlone, { install }: Pick<ProgramDeps, 'install'>): void {
  program
    .command('install')
    .description('write the first workspace, its owner, agent and connections from the settings')
    .action((_options: unknown, command: Command) =>
      run(command, async () => {
        const installed = await install()
        if (!installed.ok) return err({ kind: 'failed', says: installed.error })
        return ok({ text: `Workspace ${installed.value} is installed.`, json: { workspace: installed.value } })
      }),
    )
}

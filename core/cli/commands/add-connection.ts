import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import type { ProgramDeps } from '../program-deps.ts'
import { CREDENTIALS_VARIABLE, readCredentials } from '../read-credentials.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({ name: z.string() })
const Added = z.looseObject({ id: z.string(), platform: z.string(), name: z.string() })

/** tenure connection add PLATFORM --name NAME */
export function addConnectionCommand(connection: Command, run: Run, deps: Pick<ProgramDeps, 'env' | 'stdin'>): void {
  connection
    .command('add <platform>')
    .description(`connect a platform; the credentials come from ${CREDENTIALS_VARIABLE} or standard input`)
    .requiredOption('--name <name>', 'what people call it')
    .action((platform: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const credentials = await readCredentials(deps)
        if (!credentials.ok) return credentials
        const body = { platform, name: Options.parse(options).name, credentials: credentials.value }
        const added = await gate.call({ method: 'POST', path: '/v1/connections', body, answer: Added })
        if (!added.ok) return added
        const text = `Connected ${added.value.platform} as ${plain(added.value.name)} (${added.value.id}).`
        return ok({ text, json: added.value })
      }),
    )
}

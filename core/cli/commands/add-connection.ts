import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../domain/result.ts'
import type { ProgramDeps } from '../program-deps.ts'
import { plain, type Run } from '../shown.ts'

const VARIABLE = 'TENURE_CREDENTIALS'

const Options = z.object({ name: z.string() })
const Added = z.looseObject({ id: z.string(), platform: z.string(), name: z.string() })

/** tenure connection add PLATFORM --name NAME. Credentials never come by argument: other users can read those. */
export function addConnectionCommand(
  connection: Command,
  run: Run,
  { env, stdin }: Pick<ProgramDeps, 'env' | 'stdin'>,
): void {
  connection
    .command('add <platform>')
    .description(`connect a platform; the credentials come from ${VARIABLE} or standard input`)
    .requiredOption('--name <name>', 'what people call it')
    .action((platform: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const credentials = (env[VARIABLE] || (await stdin()) || '').trim()
        if (credentials === '') {
          return err({
            kind: 'usage',
            says: `No credentials: pipe them in, or put them in ${VARIABLE}. They are never taken from the command line.`,
          })
        }
        const body = { platform, name: Options.parse(options).name, credentials }
        const added = await gate.call({ method: 'POST', path: '/v1/connections', body, answer: Added })
        if (!added.ok) return added
        const text = `Connected ${added.value.platform} as ${plain(added.value.name)} (${added.value.id}).`
        return ok({ text, json: added.value })
      }),
    )
}

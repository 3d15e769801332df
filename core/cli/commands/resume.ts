import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({ reason: z.string().optional() })
const Lifted = z.object({ items: z.array(z.looseObject({ id: z.string(), words: z.string() })) })

/** tenure resume [id] */
export function resumeCommand(program: Command, run: Run): void {
  program
    .command('resume [id]')
    .description('lift one stop, or every stop of the workspace')
    .option('--reason <words>', 'why, for the others')
    .action((id: string | undefined, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const { reason } = Options.parse(options)
        const query = reason === undefined ? '' : `?${new URLSearchParams({ reason })}`
        const path = `/v1/switches${id === undefined ? '' : `/${encodeURIComponent(id)}`}${query}`
        const lifted = await gate.call({ method: 'DELETE', path, answer: Lifted })
        if (!lifted.ok) return lifted
        const { items } = lifted.value
        const lines = items.map(({ id: one, words }) => `Resumed: ${plain(words)} (${one}).`)
        return ok({ text: lines.length === 0 ? 'Nothing was stopped.' : lines.join('\n'), json: items })
      }),
    )
}

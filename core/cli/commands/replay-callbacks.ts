import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'

const Options = z.object({
  all: z.boolean().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  delivery: z.string().optional(),
})
const Replayed = z.looseObject({ replayed: z.number() })

/** tenure callbacks replay <id> [--all] [--since T] [--delivery ID] */
export function replayCallbacksCommand(callbacks: Command, run: Run): void {
  callbacks
    .command('replay <id>')
    .description('send again what an address did not take')
    .option('--all', 'also what it took')
    .option('--since <instant>', 'only what was made since, like 2026-03-02T09:00:00Z')
    .option('--delivery <id>', 'only this one')
    .action((id: string, given: unknown, command: Command) =>
      run(command, async (gate) => {
        const options = Options.safeParse(given)
        if (!options.success)
          return err({ kind: 'usage', says: '--since takes an instant with its offset, like 2026-03-02T09:00:00Z.' })
        const { all, since, delivery } = options.data
        if (delivery !== undefined && (all !== undefined || since !== undefined))
          return err({ kind: 'usage', says: '--delivery stands alone.' })
        const body = {
          deliveries: delivery ?? (all === true ? 'all' : 'failed'),
          ...(since === undefined ? {} : { since }),
        }
        const path = `/v1/callbacks/${encodeURIComponent(id)}/replay`
        const again = await gate.call({ method: 'POST', path, body, answer: Replayed })
        if (!again.ok) return again
        return ok({ text: `Sent again: ${again.value.replayed}.`, json: again.value })
      }),
    )
}

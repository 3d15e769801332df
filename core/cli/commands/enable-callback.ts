import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Enabled = z.looseObject({ id: z.string(), url: z.string(), failed: z.number(), not_sent: z.number() })

/** tenure callbacks enable <id> */
export function enableCallbackCommand(callbacks: Command, run: Run): void {
  callbacks
    .command('enable <id>')
    .description('let a disabled address be told again')
    .action((id: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/callbacks/${encodeURIComponent(id)}/enable`
        const enabled = await gate.call({ method: 'POST', path, answer: Enabled })
        if (!enabled.ok) return enabled
        const { url, failed, not_sent: notSent } = enabled.value
        const missed = failed + notSent
        const offer = missed === 0 ? '' : `\nNot delivered: ${missed}. Send them with: tenure callbacks replay ${id}`
        return ok({ text: `Enabled: ${plain(url)}${offer}`, json: enabled.value })
      }),
    )
}

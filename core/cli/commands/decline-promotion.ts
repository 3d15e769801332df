import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'

const Options = z.object({ reason: z.string().optional() })
const Declined = z.looseObject({ id: z.string() })

/** tenure promotion decline ID [--reason …] */
export function declinePromotionCommand(promotion: Command, run: Run): void {
  promotion
    .command('decline <id>')
    .description('not yet; nothing changes')
    .option('--reason <words>', 'why, for the others')
    .action((id: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/promotions/${encodeURIComponent(id)}/decisions`
        const body = { decision: 'decline', ...Options.parse(options) }
        const declined = await gate.call({ method: 'POST', path, body, answer: Declined })
        if (!declined.ok) return declined
        const text = 'Declined. Nothing changes; it is proposed again when there is new evidence.'
        return ok({ text, json: declined.value })
      }),
    )
}

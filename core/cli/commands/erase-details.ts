import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Erased = z.object({ erased: z.number() })

/** tenure ledger erase SUBJECT */
export function eraseDetailsCommand(ledger: Command, run: Run): void {
  ledger
    .command('erase')
    .description('erases what people wrote at a subject’s events; the events stay, and verify stays intact')
    .argument('<subject>', 'such as an action’s id')
    .action((subject: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { subject }
        const erased = await gate.call({ method: 'POST', path: '/v1/ledger/erasures', body, answer: Erased })
        return erased.ok
          ? ok({ text: `Erased ${erased.value.erased} at ${plain(subject)}.`, json: erased.value })
          : erased
      }),
    )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'

export const Head = z.object({
  workspace_id: z.string(),
  batch: z.number(),
  head: z.string(),
  at: z.string(),
  text: z.string(),
  signature: z.string(),
  public_key: z.string(),
})

/** tenure ledger head */
export function ledgerHeadCommand(ledger: Command, run: Run): void {
  ledger
    .command('head')
    .description('the newest signed head; keep it outside the system')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const head = await gate.call({ method: 'GET', path: '/v1/ledger/head', answer: Head })
        // Both for people and for machines: what is kept has to be whole.
        return head.ok ? ok({ text: JSON.stringify(head.value), json: head.value }) : head
      }),
    )
}

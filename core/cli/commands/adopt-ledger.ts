import type { Command } from 'commander'
import { ok } from '../../domain/result.ts'
import { readKeptHead } from '../kept-head.ts'
import type { ProgramDeps } from '../program-deps.ts'
import type { Run } from '../shown.ts'
import { Head } from './ledger-head.ts'

/** tenure ledger adopt --reason WORDS [--lost FILE] */
export function adoptLedgerCommand(ledger: Command, run: Run, deps: ProgramDeps): void {
  ledger
    .command('adopt')
    .description('lets the chain go on after a restore or a change of key; for an owner')
    .requiredOption('--reason <words>', 'what happened')
    .option('--lost <file>', 'the last head that was kept from before the restore')
    .action((options: { readonly reason: string; readonly lost?: string }, command: Command) =>
      run(command, async (gate) => {
        const kept = options.lost === undefined ? null : await readKeptHead(deps, options.lost, 'file')
        if (kept && !kept.ok) return kept
        const lost = kept && { batch: kept.value.batch, head: kept.value.head }
        const body = { reason: options.reason, ...(lost ? { lost } : {}) }
        const head = await gate.call({ method: 'POST', path: '/v1/ledger/adoptions', body, answer: Head })
        if (!head.ok) return head
        const { batch } = head.value
        return ok({ text: `Adopted. The chain goes on with batch ${batch}: ${head.value.head}`, json: head.value })
      }),
    )
}

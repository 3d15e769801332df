import type { Command } from 'commander'
import { err, ok } from '../../domain/result.ts'
import type { ProgramDeps } from '../program-deps.ts'
import type { Run } from '../shown.ts'

/** tenure ledger export FILE [--details] */
export function exportLedgerCommand(ledger: Command, run: Run, deps: ProgramDeps): void {
  ledger
    .command('export')
    .description('writes the whole ledger to a new file, one JSON document a line')
    .argument('<file>', 'where to; it must not be there yet')
    .option('--details', 'with what people wrote, where it was not erased')
    .action((file: string, options: { readonly details?: boolean }, command: Command) =>
      run(command, async (gate) => {
        const lines = await gate.lines(`/v1/ledger/export?details=${options.details === true}`)
        if (!lines.ok) return lines
        const written = await deps.writeLines(file, ended(lines.value))
        if (!written.ok) return err({ kind: 'failed', says: written.error })
        return ok({ text: `Exported to ${file}. Check it with: tenure ledger verify --export ${file}`, json: { file } })
      }),
    )
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

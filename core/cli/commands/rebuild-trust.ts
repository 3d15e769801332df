import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'

const Rebuilt = z.looseObject({ decisions: z.number(), cells: z.number(), corrected: z.number() })

/** tenure trust rebuild */
export function rebuildTrustCommand(trust: Command, run: Run): void {
  trust
    .command('rebuild')
    .description('recompute trust from the ledger; nothing moves meanwhile')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const rebuilt = await gate.call({ method: 'POST', path: '/v1/trust/rebuild', answer: Rebuilt })
        if (!rebuilt.ok) return rebuilt
        const { decisions, corrected } = rebuilt.value
        const found = corrected === 0 ? 'Everything was right.' : `${corrected} rows were wrong and are right now.`
        return ok({ text: `Recomputed from ${decisions} decisions. ${found}`, json: rebuilt.value })
      }),
    )
}

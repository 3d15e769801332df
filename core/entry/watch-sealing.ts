import type { Sealing } from '../gate/seal-ledger.ts'
import type { Readiness } from '../http/health/readiness.ts'
import type { Logger } from '../http/http-env.ts'

/** Events that wait longer for their seal are worth a warning: a transaction that stays open, or a sealer that fails. */
const MOST_LAG_MS = 5 * 60_000

/** Seals, remembers how far it came, and warns. A lag is shown, but does not take the gate away from those who use it. */
export function watchSealing(sealLedger: () => Promise<Sealing>, logger: Logger) {
  let newest: Sealing | null = null
  return {
    async seal(): Promise<false> {
      newest = await sealLedger()
      for (const { workspaceId, obstacle } of newest.obstacles)
        logger.warn('ledger_not_sealed', {
          workspaceId,
          obstacle,
          todo: 'tenure ledger verify, then tenure ledger adopt',
        })
      if (newest.lagMs > MOST_LAG_MS) logger.warn('ledger_seal_lag', { lagSeconds: Math.round(newest.lagMs / 1000) })
      return false
    },
    check(): Readiness['checks'][number] {
      return {
        name: 'ledger',
        ok: true,
        says: newest === null ? 'Nothing was sealed by this process yet.' : lagWords(newest),
      }
    },
  }
}

function lagWords({ lagMs, obstacles }: Sealing): string {
  if (obstacles.length > 0) return 'Sealing waits for an owner: run tenure ledger verify.'
  return lagMs === 0
    ? 'Everything is sealed.'
    : `The oldest event that is not sealed is ${Math.round(lagMs / 1000)} s old.`
}

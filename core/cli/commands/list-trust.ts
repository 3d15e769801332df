import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { type Run, table } from '../shown.ts'

const Listed = z.object({
  items: z.array(
    z.looseObject({
      scope: z.string(),
      score: z.number(),
      tier: z.string(),
      stale: z.boolean(),
      decisions: z.number(),
      rejections: z.number(),
      last_day: z.string(),
      lock: z.looseObject({}).nullable(),
    }),
  ),
})

/** tenure trust */
export function listTrustCommand(trust: Command, run: Run): void {
  trust.action((_options: unknown, command: Command) =>
    run(command, async (gate) => {
      const listed = await gate.call({ method: 'GET', path: '/v1/trust', answer: Listed })
      if (!listed.ok) return listed
      const { items } = listed.value
      const rows = items.map((one) => [
        one.scope,
        String(one.score),
        one.tier,
        `${one.decisions} (${one.rejections} rejected)`,
        one.last_day,
        [one.lock === null ? [] : ['full review'], one.stale ? ['stale'] : []].flat().join(', '),
      ])
      const text =
        rows.length === 0
          ? 'Nothing was decided yet.'
          : table(['SCOPE', 'SCORE', 'TIER', 'DECISIONS', 'LAST', 'NOTE'], rows)
      return ok({ text, json: items })
    }),
  )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { Dossier, dossierLines } from '../dossier-words.ts'
import { plain, type Run } from '../shown.ts'

const Promotion = z.looseObject({
  id: z.string(),
  state: z.string(),
  scenario: z.string(),
  to: z.number(),
  title: z.string(),
  says: z.string(),
  dossier: Dossier,
  until: z.string(),
  ended_at: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
type Promotion = z.infer<typeof Promotion>

/** tenure promotion ID */
export function showPromotionCommand(promotion: Command, run: Run): void {
  promotion.argument('<id>').action((id: string, _options: unknown, command: Command) =>
    run(command, async (gate) => {
      const path = `/v1/promotions/${encodeURIComponent(id)}`
      const shown = await gate.call({ method: 'GET', path, answer: Promotion })
      if (!shown.ok) return shown
      return ok({ text: wordsOf(shown.value), json: shown.value })
    }),
  )
}

const wordsOf = (promotion: Promotion): string =>
  [
    `${plain(promotion.title)} (${promotion.id}, to level ${promotion.to})`,
    plain(promotion.says),
    '',
    ...dossierLines(promotion.dossier),
    '',
    endWords(promotion),
  ].join('\n')

function endWords({ id, state, until, ended_at: endedAt, by, reason }: Promotion): string {
  if (endedAt === null)
    return `Granted now, it holds until ${until}. Answer with: tenure promotion grant ${id}, or decline ${id}`
  const whose = by === null ? '' : ` by ${plain(by)}`
  return `It was ${state}${whose} at ${endedAt}${reason === null ? '.' : `: ${plain(reason)}`}`
}

import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({
  reason: z.string().optional(),
  review: z.boolean().default(false),
  forHours: z.coerce.number().positive().optional(),
})
const Lifted = z.object({ items: z.array(z.looseObject({ id: z.string(), words: z.string() })) })

/** tenure resume [id] */
export function resumeCommand(program: Command, run: Run): void {
  program
    .command('resume [id]')
    .description('lift one stop, or every stop of the workspace')
    .option('--reason <words>', 'why, for the others')
    .option('--review', 'people look first at what had been let through, and at all of it for a while')
    .option('--for-hours <hours>', 'for how long, with --review (default: 24)')
    .action((id: string | undefined, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const parsed = Options.safeParse(options)
        if (!parsed.success) return err({ kind: 'usage', says: '--for-hours takes a number.' })
        const { reason, review, forHours } = parsed.data
        const asked = {
          ...(reason === undefined ? {} : { reason }),
          ...(review ? { stage: 'review' } : {}),
          ...(review && forHours !== undefined ? { for_hours: String(forHours) } : {}),
        }
        const query = Object.keys(asked).length === 0 ? '' : `?${new URLSearchParams(asked)}`
        const path = `/v1/switches${id === undefined ? '' : `/${encodeURIComponent(id)}`}${query}`
        const lifted = await gate.call({ method: 'DELETE', path, answer: Lifted })
        if (!lifted.ok) return lifted
        const { items } = lifted.value
        const lines = items.map(({ id: one, words }) => `Resumed: ${plain(words)} (${one}).`)
        return ok({ text: lines.length === 0 ? 'Nothing was stopped.' : lines.join('\n'), json: items })
      }),
    )
}

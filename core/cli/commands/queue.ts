import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { amountWords, type Run, table } from '../shown.ts'

const Amount = z.object({ minor: z.int(), currency: z.string() })
const Waiting = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      preview: z.looseObject({ title: z.string() }),
      agent: z.looseObject({ name: z.string() }),
      reach: z.object({ people: z.int(), amount: Amount.nullable() }).nullable(),
      expires_at: z.string().nullable(),
    }),
  ),
  next_cursor: z.string().nullable(),
})

/** tenure queue */
export function queueCommand(program: Command, run: Run): void {
  program
    .command('queue')
    .description('what waits for a decision')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = '/v1/actions?state=awaiting_approval&limit=100'
        const waiting = await gate.call({ method: 'GET', path, answer: Waiting })
        if (!waiting.ok) return waiting
        const { items, next_cursor: more } = waiting.value
        const rows = items.map(({ id, preview, agent, reach, expires_at: expiresAt }) => [
          id,
          preview.title,
          agent.name,
          reach === null ? '' : String(reach.people),
          amountWords(reach?.amount ?? null),
          expiresAt ?? '',
        ])
        const lines = [table(['ID', 'WHAT', 'AGENT', 'PEOPLE', 'COST', 'EXPIRES'], rows)]
        if (more !== null) lines.push('… and more.')
        const text = rows.length === 0 ? 'Nothing waits for a decision.' : lines.join('\n')
        return ok({ text, json: { items, more: more !== null } })
      }),
    )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { type Run, table } from '../shown.ts'

const Listed = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      proposer_id: z.string(),
      url: z.string(),
      state: z.string(),
      failing_since: z.string().nullable(),
      disabled_why: z.string().nullable(),
      waiting: z.number(),
      failed: z.number(),
      not_sent: z.number(),
    }),
  ),
})

/** tenure callbacks */
export function listCallbacksCommand(callbacks: Command, run: Run): void {
  callbacks
    .command('list', { isDefault: true })
    .description('the addresses that agents are told at, and how they fare')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const listed = await gate.call({ method: 'GET', path: '/v1/callbacks', answer: Listed })
        if (!listed.ok) return listed
        const { items } = listed.value
        const rows = items.map((one) => [
          one.id,
          one.proposer_id,
          one.url,
          stateWords(one),
          String(one.waiting),
          String(one.failed + one.not_sent),
        ])
        const heading = ['ID', 'PROPOSER', 'ADDRESS', 'STATE', 'WAITING', 'NOT DELIVERED']
        return ok({ text: rows.length === 0 ? 'No callback addresses yet.' : table(heading, rows), json: items })
      }),
    )
}

function stateWords(one: z.infer<typeof Listed>['items'][number]): string {
  if (one.state === 'disabled') return `disabled (${one.disabled_why ?? 'unknown'})`
  return one.failing_since === null ? one.state : `failing since ${one.failing_since}`
}

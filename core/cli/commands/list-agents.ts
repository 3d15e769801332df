import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { type Run, table } from '../shown.ts'

const Listed = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      kinds: z.array(z.string()),
      key_prefix: z.string(),
      disabled_at: z.string().nullable(),
    }),
  ),
})

/** tenure agent list */
export function listAgentsCommand(agent: Command, run: Run): void {
  agent
    .command('list')
    .description('every agent')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const listed = await gate.call({ method: 'GET', path: '/v1/agents', answer: Listed })
        if (!listed.ok) return listed
        const { items } = listed.value
        const rows = items.map(({ id, name, kinds, key_prefix: prefix, disabled_at: disabledAt }) => [
          id,
          name,
          `${prefix}…`,
          kinds.length === 0 ? 'every kind' : kinds.join(', '),
          disabledAt === null ? 'in force' : `disabled ${disabledAt}`,
        ])
        const text = rows.length === 0 ? 'No agents yet.' : table(['ID', 'NAME', 'KEY', 'KINDS', 'STATE'], rows)
        return ok({ text, json: items })
      }),
    )
}

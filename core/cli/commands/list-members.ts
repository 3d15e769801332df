import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { type Run, table } from '../shown.ts'

const Listed = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.string(),
      limits: z
        .object({
          categories: z.array(z.string()).nullable(),
          channels: z.array(z.string()).nullable(),
          amount_minor: z.number().nullable(),
        })
        .nullable(),
    }),
  ),
})

/** tenure member list */
export function listMembersCommand(member: Command, run: Run): void {
  member
    .command('list')
    .description('every person of the workspace')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const listed = await gate.call({ method: 'GET', path: '/v1/members', answer: Listed })
        if (!listed.ok) return listed
        const { items } = listed.value
        const rows = items.map(({ id, name, email, role, limits }) => [id, name, email, role, limitWords(limits)])
        return ok({ text: table(['ID', 'NAME', 'E-MAIL', 'ROLE', 'LIMITS'], rows), json: items })
      }),
    )
}

function limitWords(limits: z.infer<typeof Listed>['items'][number]['limits']): string {
  if (limits === null) return ''
  const { categories, channels, amount_minor: amount } = limits
  return [...(categories ?? []), ...(channels ?? []), ...(amount === null ? [] : [`up to ${amount} cents`])].join(', ')
}

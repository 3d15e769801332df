import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run, table } from '../shown.ts'

const Options = z.object({
  from: z.string().optional(),
  starts: z.string().optional(),
  ends: z.string(),
  reason: z.string().optional(),
})
const Named = z.object({ id: z.string(), name: z.string() })
const Delegation = z.looseObject({
  id: z.string(),
  from: Named,
  to: Named,
  starts_at: z.string(),
  ends_at: z.string(),
  state: z.string(),
})
const Listed = z.object({ items: z.array(Delegation) })

/** tenure delegation add | list | end: who decides for whom. */
export function delegationCommands(delegation: Command, run: Run): void {
  delegation
    .command('add <to>')
    .description('let somebody decide while a person is away; days are those of the workspace')
    .option('--from <member>', 'who is away (default: you)')
    .option('--starts <day>', 'a day like 2026-03-05, or an instant (default: now)')
    .requiredOption('--ends <day>', 'the last day, or an instant')
    .option('--reason <words>', 'why, for the others')
    .action((to: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { to, ...Options.parse(options) }
        const made = await gate.call({ method: 'POST', path: '/v1/delegations', body, answer: Delegation })
        if (!made.ok) return made
        const { id, from, to: stand, starts_at: starts, ends_at: ends } = made.value
        return ok({
          text: `${plain(stand.name)} decides for ${plain(from.name)}, ${starts} to ${ends} (${id}).`,
          json: made.value,
        })
      }),
    )
  delegation
    .command('list', { isDefault: true })
    .description('those that run or are planned')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const listed = await gate.call({ method: 'GET', path: '/v1/delegations', answer: Listed })
        if (!listed.ok) return listed
        const { items } = listed.value
        const rows = items.map(({ id, from, to, starts_at: starts, ends_at: ends, state }) => [
          id,
          from.name,
          to.name,
          starts,
          ends,
          state,
        ])
        const text =
          rows.length === 0
            ? 'Nobody decides for somebody else.'
            : table(['ID', 'AWAY', 'DECIDES', 'FROM', 'TO', 'STATE'], rows)
        return ok({ text, json: items })
      }),
    )
  delegation
    .command('end <id>')
    .description('end one before its time')
    .action((id: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/delegations/${encodeURIComponent(id)}`
        const ended = await gate.call({ method: 'DELETE', path, answer: Delegation })
        return ended.ok ? ok({ text: `Ended: ${ended.value.id}.`, json: ended.value }) : ended
      }),
    )
}

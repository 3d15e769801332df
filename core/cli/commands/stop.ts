import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../domain/result.ts'
import type { SwitchTarget } from '../../domain/switches.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({ reason: z.string().optional() })
const Stopped = z.object({
  switch: z.looseObject({ id: z.string(), words: z.string() }),
  recalled: z.int(),
  executing: z.array(z.looseObject({ id: z.string(), preview: z.looseObject({ title: z.string() }) })),
})

/** tenure stop [what] [--reason …] */
export function stopCommand(program: Command, run: Run): void {
  program
    .command('stop [what]')
    .description(
      'stop at once: everything (default), agent:ID, platform:NAME, channel:NAME, category:NAME, kind:ID or topic:WORDS',
    )
    .option('--reason <words>', 'why, for the others')
    .action((what: string | undefined, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const target = targetOf(what ?? 'everything')
        if (target === null) {
          const says = `Cannot stop "${what}". Say everything, agent:ID, platform:NAME, channel:NAME, category:NAME, kind:ID or topic:WORDS.`
          return err({ kind: 'usage', says })
        }
        const { reason } = Options.parse(options)
        const body = { target, ...(reason === undefined ? {} : { reason }) }
        const stopped = await gate.call({ method: 'POST', path: '/v1/switches', body, answer: Stopped })
        if (!stopped.ok) return stopped
        const { switch: made, executing, recalled } = stopped.value
        const late = executing.map(({ id, preview }) => `  ${id}  ${plain(preview.title)}`)
        const lines = [`Stopped: ${plain(made.words)} (${made.id}). Resume with: tenure resume ${made.id}`]
        if (recalled > 0) lines.push(`Back with people: ${recalled}.`)
        if (late.length > 0) lines.push('Already on their way, and not to be called back:', ...late)
        return ok({ text: lines.join('\n'), json: stopped.value })
      }),
    )
}

const PARTS = ['agent', 'platform', 'channel', 'category', 'kind', 'topic'] as const

/** Null: no such target. */
function targetOf(what: string): SwitchTarget | null {
  if (what === 'everything') return { kind: 'workspace' }
  const kind = PARTS.find((part) => what.startsWith(`${part}:`))
  if (kind === undefined) return null
  const value = what.slice(kind.length + 1).trim()
  return value === '' ? null : { kind, value }
}

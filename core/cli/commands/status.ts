import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { EXIT } from '../failure.ts'
import { plain, type Run } from '../shown.ts'

const Health = z.object({ version: z.string() })
const Readiness = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), says: z.string().optional() })),
})
const Switches = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      words: z.string(),
      by: z.string(),
      reason: z.string().nullable(),
      mode: z.string(),
    }),
  ),
})
const Exceptions = z.object({
  items: z.array(z.looseObject({ id: z.string(), says: z.string(), resolved_at: z.string().nullable() })),
})

type Found = {
  readonly url: string
  readonly version: string
  readonly checks: z.infer<typeof Readiness>['checks']
  readonly stops: z.infer<typeof Switches>['items']
  readonly exceptions: z.infer<typeof Exceptions>['items']
}

/** tenure status */
export function statusCommand(program: Command, run: Run): void {
  program
    .command('status')
    .description('whether the gate is well, what is stopped, what needs a person')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const health = await gate.call({ method: 'GET', path: '/healthz', answer: Health })
        if (!health.ok) return health
        const readiness = await gate.call({ method: 'GET', path: '/readyz', answer: Readiness, alsoAccept: [503] })
        if (!readiness.ok) return readiness
        const { ready, checks } = readiness.value
        const base = { url: gate.url, version: health.value.version, checks }
        // A gate that is not ready may not be able to say more than that.
        if (!ready) return ok(shown({ ...base, stops: [], exceptions: [] }))
        const switches = await gate.call({ method: 'GET', path: '/v1/switches', answer: Switches })
        if (!switches.ok) return switches
        const exceptions = await gate.call({ method: 'GET', path: '/v1/exceptions', answer: Exceptions })
        if (!exceptions.ok) return exceptions
        const open = exceptions.value.items.filter(({ resolved_at: resolvedAt }) => resolvedAt === null)
        return ok(
          shown({ ...base, stops: switches.value.items.filter(({ mode }) => mode === 'stop'), exceptions: open }),
        )
      }),
    )
}

function shown(found: Found) {
  const failing = found.checks.filter((check) => !check.ok)
  const lines = [
    `Tenure ${plain(found.version)} at ${found.url}: ${failing.length === 0 ? 'ready' : 'not ready'}`,
    ...failing.map(({ name, says }) => `  ${plain(name)}: ${plain(says ?? 'fails')}`),
  ]
  if (failing.length === 0) {
    lines.push(found.stops.length === 0 ? 'Nothing is stopped.' : 'Stopped:')
    for (const { id, words, by, reason } of found.stops) {
      lines.push(`  ${id}  ${plain(words)}, by ${plain(by)}${reason === null ? '' : `: ${plain(reason)}`}`)
    }
    if (found.exceptions.length > 0) lines.push('Waiting for a person:')
    for (const { id, says } of found.exceptions) lines.push(`  ${id}  ${plain(says)}`)
  }
  return {
    text: lines.join('\n'),
    json: { ready: failing.length === 0, ...found },
    exitCode: failing.length === 0 ? EXIT.done : EXIT.failed,
  }
}

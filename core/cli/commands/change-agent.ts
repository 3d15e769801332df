import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { keyScope, takesKeyScope } from '../key-scope.ts'
import { plain, type Run } from '../shown.ts'

const Changed = z.looseObject({ id: z.string(), name: z.string() })

/** tenure agent change ID [--kinds …] [--channels …] [--up-to N] [--per-hour N] */
export function changeAgentCommand(agent: Command, run: Run): void {
  takesKeyScope(agent.command('change <id>').description('what its key is good for from now on')).action(
    (id: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = keyScope(options)
        if (!body.ok) return body
        const path = `/v1/agents/${encodeURIComponent(id)}`
        const changed = await gate.call({ method: 'PATCH', path, body: body.value, answer: Changed })
        if (!changed.ok) return changed
        return ok({ text: `Changed: ${plain(changed.value.name)} (${changed.value.id}).`, json: changed.value })
      }),
  )
}

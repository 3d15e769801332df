import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { keyScope, takesKeyScope } from '../key-scope.ts'
import { plain, type Run } from '../shown.ts'

const Made = z.object({
  agent: z.looseObject({ id: z.string(), name: z.string() }),
  key: z.string(),
  callback_secret: z.string().nullable(),
})

/** tenure agent create NAME [--kinds …] */
export function createAgentCommand(agent: Command, run: Run): void {
  takesKeyScope(agent.command('create <name>').description('make an agent and its key')).action(
    (name: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const scope = keyScope(options)
        if (!scope.ok) return scope
        const body = { name, ...scope.value }
        const made = await gate.call({ method: 'POST', path: '/v1/agents', body, answer: Made })
        if (!made.ok) return made
        const { agent: created, key, callback_secret: secret } = made.value
        const text = `Made the agent ${plain(created.name)} (${created.id}).\nIts key, shown only now: ${key}\nIts callback secret: ${secret}`
        return ok({ text, json: made.value })
      }),
  )
}

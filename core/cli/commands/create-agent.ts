import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({ kinds: z.array(z.string()).default([]) })
const Made = z.object({
  agent: z.looseObject({ id: z.string(), name: z.string() }),
  key: z.string(),
  callback_secret: z.string().nullable(),
})

/** tenure agent create NAME [--kinds …] */
export function createAgentCommand(agent: Command, run: Run): void {
  agent
    .command('create <name>')
    .description('make an agent and its key')
    .option('--kinds <kinds...>', 'the action kinds it may propose (default: all)')
    .action((name: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const kinds = Options.parse(options)
          .kinds.flatMap((some) => some.split(','))
          .filter((kind) => kind !== '')
        const made = await gate.call({ method: 'POST', path: '/v1/agents', body: { name, kinds }, answer: Made })
        if (!made.ok) return made
        const { agent: created, key, callback_secret: secret } = made.value
        const text = `Made the agent ${plain(created.name)} (${created.id}).\nIts key, shown only now: ${key}\nIts callback secret: ${secret}`
        return ok({ text, json: made.value })
      }),
    )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Renewed = z.looseObject({ platform: z.string(), name: z.string(), webhook_url: z.url() })

/** tenure connection renew-webhook ID */
export function renewWebhookCommand(connection: Command, run: Run): void {
  connection
    .command('renew-webhook <id>')
    .description('give a connection another address for what its platform tells by itself')
    .action((id: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/connections/${encodeURIComponent(id)}/webhook-url`
        const renewed = await gate.call({ method: 'POST', path, answer: Renewed })
        if (!renewed.ok) return renewed
        const { platform, name, webhook_url: url } = renewed.value
        const text = `Tell ${platform}, ${plain(name)}: ${url}\nWhat comes to the address before counts nothing any more.`
        return ok({ text, json: renewed.value })
      }),
    )
}

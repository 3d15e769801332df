import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import type { ProgramDeps } from '../program-deps.ts'
import { CREDENTIALS_VARIABLE, readCredentials } from '../read-credentials.ts'
import { plain, type Run } from '../shown.ts'

const Mended = z.looseObject({
  id: z.string(),
  platform: z.string(),
  name: z.string(),
  webhook_url: z.url().nullable(),
})

/** tenure connection mend ID */
export function mendConnectionCommand(connection: Command, run: Run, deps: Pick<ProgramDeps, 'env' | 'stdin'>): void {
  connection
    .command('mend <id>')
    .description(`give a connection new credentials, from ${CREDENTIALS_VARIABLE} or standard input`)
    .action((id: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const credentials = await readCredentials(deps)
        if (!credentials.ok) return credentials
        const path = `/v1/connections/${encodeURIComponent(id)}/credentials`
        const body = { credentials: credentials.value }
        const mended = await gate.call({ method: 'PUT', path, body, answer: Mended })
        if (!mended.ok) return mended
        const { platform, name, webhook_url: url } = mended.value
        const tell = url === null ? '' : `\nWhat it tells by itself goes to another address now: ${url}`
        const text = `Mended ${platform}, ${plain(name)} (${mended.value.id}): it is live.${tell}`
        return ok({ text, json: mended.value })
      }),
    )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Issued = z.object({ member: z.looseObject({ id: z.string(), name: z.string() }), token: z.string() })

/** tenure member token ID */
export function issueTokenCommand(member: Command, run: Run): void {
  member
    .command('token <id>')
    .description('a new token for another person; the one before stops working')
    .action((id: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/members/${encodeURIComponent(id)}/token`
        const issued = await gate.call({ method: 'POST', path, answer: Issued })
        if (!issued.ok) return issued
        const { member: person, token } = issued.value
        const text = `The token of ${plain(person.name)} (${person.id}), shown only now: ${token}\nThe one before no longer works.`
        return ok({ text, json: issued.value })
      }),
    )
}

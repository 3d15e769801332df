import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run } from '../shown.ts'

const Granted = z.looseObject({ says: z.string(), until: z.string() })

/** tenure promotion grant ID */
export function grantPromotionCommand(promotion: Command, run: Run): void {
  promotion
    .command('grant <id>')
    .description('let it; everything that is asked for is looked at again')
    .action((id: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/promotions/${encodeURIComponent(id)}/decisions`
        const granted = await gate.call({ method: 'POST', path, body: { decision: 'grant' }, answer: Granted })
        if (!granted.ok) return granted
        const { says, until } = granted.value
        return ok({ text: `Granted until ${until}. ${plain(says)}`, json: granted.value })
      }),
    )
}

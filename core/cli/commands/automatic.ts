import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../domain/result.ts'
import type { GateClient } from '../gate-client.ts'
import { plain, type Outcome, type Run, table } from '../shown.ts'

const PATH = '/v1/grants/automatic'
const Consents = z.object({
  items: z.array(
    z.looseObject({
      category: z.string(),
      up_to: z.number(),
      by: z.string(),
      at: z.string(),
      withdrawn_at: z.string().nullable(),
      withdrawn_why: z.string().nullable(),
    }),
  ),
})

/** tenure automatic [CATEGORY 3|4|off] */
export function automaticCommand(program: Command, run: Run): void {
  program
    .command('automatic')
    .description('where what has earned more gets it by itself; an owner chooses it')
    .argument('[category]', 'like crm_update')
    .addArgument(new Argument('[up-to]', 'the highest level that it gets by itself').choices(['3', '4', 'off']))
    .action((category: string | undefined, upTo: string | undefined, _options: unknown, command: Command) =>
      run(command, (gate) => {
        if (category === undefined) return list(gate)
        if (upTo !== undefined) return choose(gate, category, upTo === 'off' ? null : Number(upTo))
        return Promise.resolve(err({ kind: 'usage', says: `Say 3, 4 or off after ${plain(category)}.` }))
      }),
    )
}

async function list(gate: GateClient): Outcome {
  const listed = await gate.call({ method: 'GET', path: PATH, answer: Consents })
  if (!listed.ok) return listed
  const { items } = listed.value
  const rows = items.map((one) => [
    one.category,
    String(one.up_to),
    one.by,
    one.at,
    one.withdrawn_at === null ? 'in force' : `ended ${one.withdrawn_at} (${one.withdrawn_why ?? 'unknown'})`,
  ])
  const text =
    rows.length === 0 ? 'Every raise is asked for.' : table(['CATEGORY', 'UP TO', 'BY', 'SINCE', 'STATE'], rows)
  return ok({ text, json: items })
}

async function choose(gate: GateClient, category: string, upTo: number | null): Outcome {
  const body = { category, up_to: upTo }
  const chosen = await gate.call({ method: 'PUT', path: PATH, body, answer: Consents })
  if (!chosen.ok) return chosen
  const text =
    upTo === null
      ? `Every raise of ${plain(category)} is asked for from now on.`
      : `What has earned more in ${plain(category)} gets it by itself from now on, up to level ${upTo}.`
  return ok({ text, json: chosen.value.items })
}

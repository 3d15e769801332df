import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../../domain/result.ts'
import { type Run, table } from '../../shown.ts'

const Options = z.object({
  category: z.string().optional(),
  segment: z.string().optional(),
  region: z.string().optional(),
  agent: z.string().optional(),
})
const Rules = z.object({
  version: z.int(),
  rules: z.array(
    z.object({ rule: z.string(), from: z.string(), value: z.unknown(), holds: z.boolean(), warns_only: z.boolean() }),
  ),
})

/** tenure policy explain KIND [--category …] [--segment …] [--region …] [--agent …] */
export function explainPolicyCommand(policy: Command, run: Run): void {
  policy
    .command('explain')
    .description('which rules hold for such an action, and where they come from')
    .argument('<kind>', 'like mailchimp.campaign.send')
    .option('--category <category>', 'where it is not the kind’s own')
    .option('--segment <name>', 'whom it reaches')
    .option('--region <name>', 'where')
    .option('--agent <id>', 'who proposes it')
    .action((kind: string, given: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { kind, ...Options.parse(given) }
        const explained = await gate.call({ method: 'POST', path: '/v1/policies/explain', body, answer: Rules })
        if (!explained.ok) return explained
        const rows = explained.value.rules.map(({ rule, from, value, holds, warns_only: warnsOnly }) => [
          rule,
          from,
          holds ? (warnsOnly ? 'only warns' : '') : 'put aside by a narrower one',
          JSON.stringify(value),
        ])
        const text = rows.length === 0 ? 'No rule holds there.' : table(['RULE', 'FROM', '', 'VALUE'], rows)
        return ok({ text, json: explained.value })
      }),
    )
}

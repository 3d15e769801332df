import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../../domain/result.ts'
import { Version } from '../../policy-answers.ts'
import { type Run, table } from '../../shown.ts'

/** tenure policy versions */
export function listPoliciesCommand(policy: Command, run: Run): void {
  policy
    .command('versions')
    .description('who changed the policy, when and why')
    .action((_options: unknown, command: Command) =>
      run(command, async (gate) => {
        const listed = await gate.call({
          method: 'GET',
          path: '/v1/policies',
          answer: z.object({ items: z.array(Version) }),
        })
        if (!listed.ok) return listed
        const { items } = listed.value
        const rows = items.map((one) => [
          String(one.version),
          one.in_force ? 'in force' : one.waits ? 'waits for a second person' : '',
          one.at,
          [one.by, ...one.confirmed_by].join(' and '),
          one.note ?? '',
        ])
        const text = rows.length === 0 ? 'No policy was set yet.' : table(['VERSION', '', 'SINCE', 'BY', 'NOTE'], rows)
        return ok({ text, json: items })
      }),
    )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../../domain/result.ts'
import { Version, versionWords } from '../../policy-answers.ts'
import type { Run } from '../../shown.ts'

const Options = z.object({ note: z.string().optional() })

/** tenure policy rollback VERSION [--note WORDS] */
export function rollBackPolicyCommand(policy: Command, run: Run): void {
  policy
    .command('rollback')
    .description('put an earlier version in force again, as a new one')
    .argument('<version>', 'its number: tenure policy versions')
    .option('--note <words>', 'why, for the others')
    .action((version: string, given: unknown, command: Command) =>
      run(command, async (gate) => {
        if (!/^\d{1,9}$/.test(version)) return err({ kind: 'usage', says: 'A version is a number.' })
        const body = { ...Options.parse(given), version: Number(version) }
        const set = await gate.call({ method: 'POST', path: '/v1/policies/rollback', body, answer: Version })
        return set.ok ? ok({ text: versionWords(set.value), json: set.value }) : set
      }),
    )
}

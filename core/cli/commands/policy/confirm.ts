import type { Command } from 'commander'
import { err, ok } from '../../../domain/result.ts'
import { Version, versionWords } from '../../policy-answers.ts'
import type { Run } from '../../shown.ts'

/** tenure policy confirm VERSION */
export function confirmPolicyCommand(policy: Command, run: Run): void {
  policy
    .command('confirm')
    .description('agree to a version that waits for a second person')
    .argument('<version>', 'its number: tenure policy versions')
    .action((version: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        if (!/^\d{1,9}$/.test(version)) return err({ kind: 'usage', says: 'A version is a number.' })
        const body = { version: Number(version) }
        const set = await gate.call({ method: 'POST', path: '/v1/policies/confirm', body, answer: Version })
        return set.ok ? ok({ text: versionWords(set.value), json: set.value }) : set
      }),
    )
}

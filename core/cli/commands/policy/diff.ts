import type { Command } from 'commander'
import { ok } from '../../../domain/result.ts'
import { checkSource, differencesTable } from '../../policy-answers.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import type { Run } from '../../shown.ts'

/** tenure policy diff FILE */
export function diffPolicyCommand(policy: Command, run: Run, deps: ProgramDeps): void {
  policy
    .command('diff')
    .description('what a file says otherwise than the policy in force')
    .argument('<file>', 'YAML or JSON')
    .action((file: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const checked = await checkSource(deps, gate, file)
        if (!checked.ok) return checked
        return ok({ text: differencesTable(checked.value), json: checked.value.differences })
      }),
    )
}

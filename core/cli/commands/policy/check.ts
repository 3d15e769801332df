import type { Command } from 'commander'
import { ok } from '../../../domain/result.ts'
import { EXIT } from '../../failure.ts'
import { checkSource, differencesTable, warningLines } from '../../policy-answers.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import { plain, type Run } from '../../shown.ts'

/** tenure policy check FILE */
export function checkPolicyCommand(policy: Command, run: Run, deps: ProgramDeps): void {
  policy
    .command('check')
    .description('whether a file is a policy, what it would change, and how its own tests come out')
    .argument('<file>', 'YAML or JSON')
    .action((file: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const checked = await checkSource(deps, gate, file)
        if (!checked.ok) return checked
        const failed = checked.value.tests.filter(({ passed }) => !passed)
        const text = [
          differencesTable(checked.value),
          ...checked.value.needs_owner.map((what) => `Only an owner can loosen ${plain(what)}.`),
          ...warningLines(checked.value),
          checked.value.tests.length === 0
            ? 'It has no tests of its own.'
            : `${checked.value.tests.length - failed.length} of ${checked.value.tests.length} tests pass.`,
          ...failed.map(({ name, says }) => `  ${plain(name)}: ${plain(says)}`),
        ].join('\n')
        return ok({ text, json: checked.value, exitCode: failed.length === 0 ? EXIT.done : EXIT.failed })
      }),
    )
}

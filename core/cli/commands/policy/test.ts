import type { Command } from 'commander'
import { ok } from '../../../domain/result.ts'
import { EXIT } from '../../failure.ts'
import { checkSource } from '../../policy-answers.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import { type Run, table } from '../../shown.ts'

/** tenure policy test FILE */
export function testPolicyCommand(policy: Command, run: Run, deps: ProgramDeps): void {
  policy
    .command('test')
    .description('run the cases that stand beside the rules of a file')
    .argument('<file>', 'YAML or JSON')
    .action((file: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const checked = await checkSource(deps, gate, file)
        if (!checked.ok) return checked
        const { tests } = checked.value
        if (tests.length === 0) return ok({ text: 'The file has no tests.', json: [] })
        const rows = tests.map(({ name, passed, says }) => [passed ? 'pass' : 'FAIL', name, says])
        const exitCode = tests.every(({ passed }) => passed) ? EXIT.done : EXIT.failed
        return ok({ text: table(['', 'CASE', 'WHAT THE POLICY SAYS'], rows), json: tests, exitCode })
      }),
    )
}

import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../../domain/result.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import type { Run } from '../../shown.ts'
import { comparePolicyTrialCommand } from './compare-trial.ts'

const Trial = z.looseObject({ id: z.string(), version: z.int() })

/** tenure policy trial ID promote|withdraw, and tenure policy trial compare [ID] */
export function policyTrialCommands(policy: Command, run: Run, deps: ProgramDeps): void {
  const trial = policy
    .command('trial')
    .description('end a trial: its version holds everywhere, or nowhere; or compare it first')
    .argument('<id>', 'as the policy in force names it')
    .addArgument(new Argument('<end>').choices(['promote', 'withdraw']))
    .action((id: string, end: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const outcome = end === 'promote' ? 'promoted' : 'withdrawn'
        const path = `/v1/policies/trials/${encodeURIComponent(id)}/end`
        const ended = await gate.call({ method: 'POST', path, body: { outcome }, answer: Trial })
        if (!ended.ok) return ended
        const { version } = ended.value
        const text =
          end === 'promote' ? `Version ${version} holds everywhere now.` : `Version ${version} holds nowhere any more.`
        return ok({ text, json: ended.value })
      }),
    )
  comparePolicyTrialCommand(trial, run, deps)
}

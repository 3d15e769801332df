import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok, type Result } from '../../../domain/result.ts'
import { ComparisonResult, comparisonWords } from '../../comparison-words.ts'
import type { Failure } from '../../failure.ts'
import type { GateClient } from '../../gate-client.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import { replayResult } from '../../replay-result.ts'
import type { Run } from '../../shown.ts'

const Options = z.object({ days: z.string() })
const InForce = z.looseObject({ trials: z.array(z.looseObject({ id: z.string(), version: z.int() })) })

/** tenure policy trial compare [ID] [--days N] */
export function comparePolicyTrialCommand(trial: Command, run: Run, deps: ProgramDeps): void {
  trial
    .command('compare')
    .description('what the version on trial decides in its scope, beside what the one in force would decide')
    .argument('[id]', 'as the policy in force names it; without one, the only trial there is')
    .option('--days <days>', 'days before the trial that count too, at most 365', '0')
    .action((given: string | undefined, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const { days } = Options.parse(options)
        if (!/^\d{1,3}$/.test(days)) return err({ kind: 'usage', says: '--days is a number of days, at most 365.' })
        const id = given === undefined ? await onlyTrial(gate) : ok(given)
        if (!id.ok) return id
        const path = `/v1/policies/trials/${encodeURIComponent(id.value)}/compare`
        const asked = { path, body: { days: Number(days) }, answer: ComparisonResult }
        const result = await replayResult(gate, asked, deps.err)
        return result.ok ? ok({ text: comparisonWords(result.value), json: result.value }) : result
      }),
    )
}

async function onlyTrial(gate: GateClient): Promise<Result<string, Failure>> {
  const policy = await gate.call({ method: 'GET', path: '/v1/policies/current', answer: InForce })
  if (!policy.ok) return policy
  const [trial, ...others] = policy.value.trials
  if (!trial) return err({ kind: 'usage', says: 'No version is on trial: tenure policy apply FILE --only PLACE.' })
  if (others.length === 0) return ok(trial.id)
  const named = policy.value.trials.map(({ id, version }) => `${id} (version ${version})`).join(', ')
  return err({ kind: 'usage', says: `There are several trials; name one of: ${named}.` })
}

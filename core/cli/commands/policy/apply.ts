import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../../domain/result.ts'
import { readSource, SetVersion, versionWords, warningLines } from '../../policy-answers.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import type { Run } from '../../shown.ts'

const Options = z.object({ note: z.string().optional(), only: z.array(z.string()).optional() })

/** tenure policy apply FILE [--note WORDS] [--only category=email_campaign …] */
export function applyPolicyCommand(policy: Command, run: Run, deps: ProgramDeps): void {
  policy
    .command('apply')
    .description('put a file in force, or with --only on trial for one scope before the rest')
    .argument('<file>', 'YAML or JSON')
    .option('--note <words>', 'why, for the others')
    .option('--only <place...>', 'like category=email_campaign channel=email')
    .action((file: string, given: unknown, command: Command) =>
      run(command, async (gate) => {
        const { note, only } = Options.parse(given)
        const source = await readSource(deps, file)
        if (!source.ok) return source
        const places = (only ?? []).map((place) => place.split('='))
        if (places.some((place) => place.length !== 2))
          return err({ kind: 'usage', says: '--only takes places like category=email_campaign.' })
        const body = {
          source: source.value,
          ...(note === undefined ? {} : { note }),
          ...(only === undefined ? {} : { only: Object.fromEntries(places) }),
        }
        const set = await gate.call({ method: 'PUT', path: '/v1/policies/current', body, answer: SetVersion })
        if (!set.ok) return set
        return ok({ text: [versionWords(set.value), ...warningLines(set.value)].join('\n'), json: set.value })
      }),
    )
}

import { type Command, Option } from 'commander'
import { z } from 'zod'
import { CHANNELS } from '../../domain/category.ts'
import { ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'
import { namingPerson, personOf } from './people-identifiers.ts'

const Options = z.object({ channel: z.string(), source: z.string(), at: z.string().optional() })
const Recorded = z.object({ people: z.number(), recorded: z.number(), merged: z.number() })

/** tenure people consent given|withdrawn --email ADDRESS --channel CHANNEL --source WORDS */
export function recordConsentCommand(people: Command, run: Run): void {
  const consent = people.command('consent').description('what a person said about being messaged')
  for (const standing of ['given', 'withdrawn'] as const) {
    namingPerson(consent.command(standing))
      .description(standing === 'given' ? 'they agreed' : 'they withdrew')
      .addOption(new Option('--channel <channel>').choices(CHANNELS).makeOptionMandatory())
      .requiredOption('--source <words>', 'where they said it')
      .option('--at <instant>', 'when they said it, with its offset (default: now)')
      .action((options: unknown, command: Command) =>
        run(command, async (gate) => {
          const said = { identifiers: personOf(options), standing, ...Options.parse(options) }
          const body = { consents: [said] }
          const recorded = await gate.call({ method: 'POST', path: '/v1/people/consents', body, answer: Recorded })
          if (!recorded.ok) return recorded
          const text = recorded.value.recorded === 0 ? 'That was known already.' : 'Recorded.'
          return ok({ text, json: recorded.value })
        }),
      )
  }
}

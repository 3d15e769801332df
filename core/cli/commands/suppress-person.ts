import { type Command, Option } from 'commander'
import { z } from 'zod'
import { CHANNELS } from '../../domain/category.ts'
import { SUPPRESSION_REASONS } from '../../domain/recipients/suppression.ts'
import { ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'
import { namingPerson, personOf } from './people-identifiers.ts'

const Options = z.object({ channel: z.string().optional(), reason: z.string().optional() })
const Suppressed = z.object({ suppressed: z.number() })
const Lifted = z.object({ lifted: z.number() })

const onChannel = () => new Option('--channel <channel>', 'only there (default: everywhere)').choices(CHANNELS)

/** tenure people suppress|lift --email ADDRESS [--channel CHANNEL] */
export function suppressPersonCommands(people: Command, run: Run): void {
  namingPerson(people.command('suppress'))
    .description('must not be contacted, whatever they agreed to')
    .addOption(onChannel())
    .addOption(new Option('--reason <reason>').choices(SUPPRESSION_REASONS).default('asked'))
    .action((options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { suppressions: [{ identifiers: personOf(options), ...Options.parse(options) }] }
        const done = await gate.call({ method: 'POST', path: '/v1/people/suppressions', body, answer: Suppressed })
        if (!done.ok) return done
        const text = done.value.suppressed === 0 ? 'They were on the list already.' : 'They will not be contacted.'
        return ok({ text, json: done.value })
      }),
    )
  namingPerson(people.command('lift'))
    .description('may be contacted again, as far as they agreed')
    .addOption(onChannel())
    .action((options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { identifiers: personOf(options), ...Options.parse(options) }
        const done = await gate.call({ method: 'POST', path: '/v1/people/suppressions/lift', body, answer: Lifted })
        if (!done.ok) return done
        const text = done.value.lifted === 0 ? 'They were not on the list.' : 'They may be contacted again.'
        return ok({ text, json: done.value })
      }),
    )
}

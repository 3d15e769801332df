import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { plain, type Run, table } from '../shown.ts'
import { namingPerson, personOf } from './people-identifiers.ts'

const Said = z.object({ channel: z.string(), standing: z.string(), at: z.string() })
const Touched = z.object({ action_id: z.string(), kind: z.string(), state: z.string(), at: z.string() })
const Person = z.looseObject({
  identifiers: z.array(z.object({ kind: z.string(), seen_at: z.string() })),
  standing: z.array(Said),
  consents: z.array(z.looseObject(Said.shape)),
  suppressions: z.array(
    z.object({
      kind: z.string(),
      channel: z.string().nullable(),
      reason: z.string(),
      at: z.string(),
      lifted_at: z.string().nullable(),
    }),
  ),
  exposures: z.array(z.looseObject(Touched.shape)),
  named_in: z.array(Touched),
})

/** tenure people export --email ADDRESS */
export function exportPersonCommand(people: Command, run: Run): void {
  namingPerson(people.command('export'))
    .description('everything that is kept of a person (whole with --json)')
    .action((options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { identifiers: personOf(options) }
        const found = await gate.call({ method: 'POST', path: '/v1/people/export', body, answer: Person })
        return found.ok ? ok({ text: shown(found.value), json: found.value }) : found
      }),
    )
}

function shown({ identifiers, standing, suppressions, exposures, named_in: named }: z.infer<typeof Person>): string {
  const kinds = identifiers.map(({ kind }) => plain(kind)).join(', ')
  const parts = [
    identifiers.length === 0 ? 'Nobody is known by that.' : `Known by: ${kinds}`,
    ...suppressions.flatMap(({ channel, reason, lifted_at: lifted }) =>
      lifted === null
        ? [`Must not be contacted (${plain(reason)}${channel === null ? '' : `, ${plain(channel)}`}).`]
        : [],
    ),
  ]
  if (standing.length > 0)
    parts.push(
      table(
        ['CHANNEL', 'CONSENT', 'SINCE'],
        standing.map((one) => [one.channel, one.standing, one.at]),
      ),
    )
  const touched = [...exposures.map((one) => ['reached', one] as const), ...named.map((one) => ['named', one] as const)]
  if (touched.length > 0)
    parts.push(
      table(
        ['ACTION', 'KIND', 'STATE', 'AT', 'HOW'],
        touched.map(([how, one]) => [one.action_id, one.kind, one.state, one.at, how]),
      ),
    )
  return parts.join('\n')
}

import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import type { Run } from '../shown.ts'
import { namingPerson, personOf } from './people-identifiers.ts'

const Erased = z.object({ people: z.number(), details: z.number(), actions: z.number(), open: z.number() })

/** tenure people erase --email ADDRESS */
export function erasePersonCommand(people: Command, run: Run): void {
  namingPerson(people.command('erase'))
    .description('forgets a person; they are not contacted again, and the ledger stays intact')
    .action((options: unknown, command: Command) =>
      run(command, async (gate) => {
        const body = { identifiers: personOf(options) }
        const erased = await gate.call({ method: 'POST', path: '/v1/people/erase', body, answer: Erased })
        if (!erased.ok) return erased
        const { people: count, details, actions, open } = erased.value
        const whom = count === 0 ? 'Nobody was known by that.' : 'Forgotten.'
        const went = `${details} remarks beside the ledger went, and the words of ${actions} ended actions.`
        const left = open === 0 ? '' : ` ${open} more that name them have not ended: their words go when they have.`
        return ok({ text: `${whom} ${went}${left}`, json: erased.value })
      }),
    )
}

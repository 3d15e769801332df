import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { InputProblem } from '../ports/kind.ts'
import type { Identified } from '../ports/people.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { ConsentGiven } from './requests.ts'
import { type Heard, type Identify, identifying, knowPeople } from './know-people.ts'
import type { Refusal } from './refusal.ts'

/**
 * Writes down what people said about being messaged, in whatever order it was heard: the newest by its own time counts.
 * Identifiers of one entry are one person's, and those of two people who share one are of one person from now on.
 */
export async function recordConsents(ctx: Context, actor: Actor, given: readonly ConsentGiven[]): Answer<Heard> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'record_consents'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can record what people agreed to.' })
  return await transact<Heard, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const ahead = given.findIndex(({ at }) => at !== undefined && at > tx.now)
    if (ahead !== -1) return malformed([{ path: `consents.${ahead}.at`, says: 'Nobody agrees in the future.' }])
    const identify = identifying(ctx, (await tx.snapshot()).workspace)
    const read = identifiedIn(identify, given, 'consents')
    if (!read.ok) return read
    const records = given.map(({ channel, standing, source, at }, place) => ({
      identified: read.value[place] ?? [],
      said: { channel, standing, source, at: at ?? tx.now },
    }))
    const heard = await knowPeople(ctx, tx, records, actor.id)
    const standings = (which: string) => given.filter(({ standing }) => standing === which).length
    await tellLedger(ctx, tx, 'consents_recorded', {
      by: actor.id,
      ...heard,
      given: standings('given'),
      withdrawn: standings('withdrawn'),
    })
    return ok(heard)
  })
}

/** What each entry names, read; an identifier that cannot be read is refused: nobody may believe that it counts. */
export function identifiedIn(
  identify: Identify,
  entries: readonly Pick<ConsentGiven, 'identifiers'>[],
  path: string,
): Result<readonly (readonly Identified[])[], Refusal> {
  const problems: InputProblem[] = []
  const read = entries.map(({ identifiers }, entry) =>
    identifiers.flatMap((one, at) => {
      const identified = identify([one])
      if (identified.length === 0)
        problems.push({ path: `${path}.${entry}.identifiers.${at}`, says: 'This is nobody’s: it cannot be read.' })
      return identified
    }),
  )
  return problems.length > 0 ? malformed(problems) : ok(read)
}

const malformed = (problems: readonly InputProblem[]): Result<never, Refusal> => err({ kind: 'malformed', problems })

/** An event of its own about people, told in numbers: who they are stays out of the ledger. */
export async function tellLedger(
  { newId }: Pick<Context, 'newId'>,
  tx: Transaction,
  type: string,
  body: Parameters<Transaction['appendEvent']>[0]['body'],
): Promise<void> {
  await tx.appendEvent({ subject: `people:${newId('cns')}`, subjectVersion: 1, type, body })
}

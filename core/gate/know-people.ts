import type { Channel } from '../domain/category.ts'
import type { MemberId, PersonId } from '../domain/ids.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { ConsentStatement } from '../domain/recipients/latest-consent.ts'
import { samePerson } from '../domain/recipients/same-person.ts'
import type { ConsentRow, Identified } from '../ports/people.ts'
import type { Workspace } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import { countryOf, identifierText } from '../rules/person-identifiers.ts'
import type { Dependencies } from './dependencies.ts'

export type Identify = (given: readonly GivenIdentifier[]) => readonly Identified[]

/** How one workspace tells people apart; identifiers that cannot be read are left out. */
export function identifying(
  { secrets }: Pick<Dependencies, 'secrets'>,
  { id, locale }: Pick<Workspace, 'id' | 'locale'>,
): Identify {
  const digestsOf = secrets.digester(`people:${id}`)
  const country = countryOf(locale)
  return (given) =>
    given.flatMap((one) => {
      const text = identifierText(one, country)
      return text === null ? [] : [{ kind: one.kind, digests: digestsOf(text) }]
    })
}

export const digestsOf = (identified: readonly Identified[]): readonly string[] =>
  identified.flatMap(({ digests }) => digests)

/** One record of somebody, and what they said there, if anything. */
export type KnownRecord = {
  readonly identified: readonly Identified[]
  readonly said: (ConsentStatement & { readonly channel: Channel; readonly source: string }) | null
}

export type Heard = { readonly people: number; readonly recorded: number; readonly merged: number }

/**
 * Takes records of people up: who is new, who turned out to be one with whom, what they said. Somebody who was forgotten
 * is not taken up again. Locks the people of the workspace to the end of the transaction.
 */
export async function knowPeople(
  { newId }: Pick<Dependencies, 'newId'>,
  tx: Transaction,
  records: readonly KnownRecord[],
  byId: MemberId | null,
): Promise<Heard> {
  await tx.people.lock()
  const { people: known, forgotten } = await tx.people.whose([
    ...new Set(records.flatMap(({ identified }) => digestsOf(identified))),
  ])
  const all = records.map(({ identified }) => digestsOf(identified))
  const keys = all.map((digests) => (digests.some((digest) => forgotten.has(digest)) ? [] : digests))
  const groups = samePerson(keys, known)
  const people: PersonId[] = []
  const identifiers = new Map<string, { digest: string; kind: Identified['kind']; personId: PersonId }>()
  const consents: ConsentRow[] = []
  const merges: (readonly [PersonId, readonly PersonId[]])[] = []
  for (const group of groups) {
    const [oldest, ...others] = group.people
    const personId = oldest ?? newId('per')
    if (oldest === undefined) people.push(personId)
    if (others.length > 0) merges.push([personId, others])
    for (const { identified, said } of group.records.flatMap((place) => records[place] ?? [])) {
      // Under the current key, also where it was known under a former one alone.
      for (const { kind, digests } of identified)
        if (!known.has(digests[0])) identifiers.set(digests[0], { digest: digests[0], kind, personId })
      if (said)
        consents.push({ ...said, at: notAhead(said.at, tx.now), id: newId('cns'), personId, recordedAt: tx.now, byId })
    }
  }
  await tx.people.add(people, [...identifiers.values()])
  for (const [into, others] of merges) await tx.people.merge(into, others)
  return {
    people: groups.length,
    recorded: await tx.people.recordConsents(consents),
    merged: merges.reduce((sum, [, others]) => sum + others.length, 0),
  }
}

/** Other clocks run ahead of ours: what is said "tomorrow" must not outlast a withdrawal of today. */
const notAhead = (at: Date, now: Date): Date => (at > now ? now : at)

import { CHANNELS } from '../domain/category.ts'
import { latestConsent } from '../domain/recipients/latest-consent.ts'
import { samePerson } from '../domain/recipients/same-person.ts'
import type { PersonRecord } from '../ports/people.ts'
import type { Transaction } from '../ports/transaction.ts'
import { digestsOf, type KnownRecord } from './know-people.ts'

/**
 * What keeps a withdrawal where these records make two people one: nobody agrees for an address that was not theirs when
 * they did, so the withdrawal of either stands until one of them agrees again. The platform's own number of somebody is no
 * address: whoever is known by that alone is simply found. Under the lock of people.
 */
export async function keepWithdrawals(
  tx: Transaction,
  records: readonly KnownRecord[],
  source: string,
): Promise<readonly KnownRecord[]> {
  const keys = records.map(({ identified }) => digestsOf(identified))
  const { people: known } = await tx.people.whose([...new Set(keys.flat())])
  const kept: KnownRecord[] = []
  for (const { people, identifiers, records: places } of samePerson(keys, known)) {
    const [first] = places.flatMap((place) => records[place] ?? [])
    if (people.length < 2 || first === undefined) continue
    const theirs: PersonRecord[] = []
    for (const one of people)
      theirs.push(await tx.people.recordOf(identifiers.filter((digest) => known.get(digest) === one)))
    const reached = theirs.filter((one) => one.identifiers.some(({ kind }) => kind !== 'platform'))
    if (reached.length < 2) continue
    for (const channel of CHANNELS) {
      const latest = theirs.flatMap(
        (one) => latestConsent(one.consents.filter((said) => said.channel === channel)) ?? [],
      )
      const given = latest.filter(({ standing }) => standing === 'given').map(({ at }) => at.getTime())
      if (given.length === 0 || given.length === latest.length) continue
      const said = { standing: 'withdrawn' as const, channel, at: new Date(Math.max(...given)), source }
      kept.push({ identified: first.identified, said })
    }
  }
  return kept
}

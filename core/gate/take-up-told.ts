import type { ConnectionId } from '../domain/ids.ts'
import { latestConsent } from '../domain/recipients/latest-consent.ts'
import { platformWords } from '../domain/platform-words.ts'
import type { Identified, SuppressionRow } from '../ports/people.ts'
import type { Workspace } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Told } from '../ports/webhooks.ts'
import type { Context } from './dependencies.ts'
import { digestsOf, type Heard, identifying, knowPeople, type KnownRecord } from './know-people.ts'
import { keepWithdrawals } from './keep-withdrawals.ts'
import { tellLedger } from './record-consents.ts'

/** Where it was told. */
type Teller = { readonly platform: string; readonly connectionId: ConnectionId; readonly workspace: Workspace }

/** Takes up what counts as soon as a platform tells it. Who cannot be told apart is left out. */
export async function takeUpTold(ctx: Context, tx: Transaction, all: readonly Told[], by: Teller): Promise<Heard> {
  const identify = identifying(ctx, by.workspace)
  const source = platformWords(by.platform)
  const records: KnownRecord[] = []
  const forgotten: Identified[] = []
  for (const told of all) {
    if (told.kind === 'forgotten') forgotten.push(...identify(told.identifiers))
    else if (told.kind === 'moved') {
      const [from, to] = [identify([told.from]), identify([told.to])]
      if (told.proven) records.push({ identified: [...from, ...to], said: null })
      else records.push(...(await withdrawnBefore(tx, from, to, told, `${source} (another address)`)))
    } else {
      const said = { standing: 'withdrawn' as const, channel: told.channel, at: told.at, source: told.source }
      records.push({ identified: identify(told.identifiers), said })
    }
  }
  await suppress(ctx, tx, forgotten, by)
  return await takeUpRecords(ctx, tx, records, by)
}

/** Takes up records of people that came of a webhook; what is new is in the ledger. Nobody who withdrew is reached by it. */
export async function takeUpRecords(
  ctx: Context,
  tx: Transaction,
  records: readonly KnownRecord[],
  { platform, connectionId }: Teller,
): Promise<Heard> {
  const known = records.filter(({ identified }) => identified.length > 0)
  if (known.length === 0) return { people: 0, recorded: 0, merged: 0 }
  await tx.people.lock()
  const kept = await keepWithdrawals(tx, known, `${platformWords(platform)} (another address)`)
  const heard = await knowPeople(ctx, tx, [...known, ...kept], null)
  if (heard.recorded + heard.merged > 0)
    await tellLedger(ctx, tx, 'consents_heard', { by: connectionId, platform, ...heard })
  return heard
}

/**
 * What was withdrawn, or is suppressed, under the identifier of before holds for the other one too. The two do not become one
 * person: whoever made the move up could let one of them agree for the other later.
 */
async function withdrawnBefore(
  tx: Transaction,
  from: readonly Identified[],
  to: readonly Identified[],
  { channel }: Extract<Told, { kind: 'moved' }>,
  source: string,
): Promise<readonly KnownRecord[]> {
  await tx.people.lock()
  const { consents, suppressions } = await tx.people.recordOf(digestsOf(from))
  const said = latestConsent(consents.filter((one) => one.channel === channel))
  const stopped = suppressions.find((one) => one.liftedAt === null && (one.channel ?? channel) === channel)
  const at = said?.standing === 'withdrawn' ? said.at : stopped?.at
  return at === undefined ? [] : [{ identified: to, said: { standing: 'withdrawn', channel, at, source } }]
}

/** Whoever had to be forgotten there must not be contacted, on any channel, until an admin or owner says otherwise. */
async function suppress(ctx: Context, tx: Transaction, forgotten: readonly Identified[], by: Teller): Promise<void> {
  if (forgotten.length === 0) return
  await tx.people.lock()
  const given = forgotten.flatMap(({ kind, digests: [digest] }) => [{ kind, digest }])
  const theirs = await tx.people.digestsBehind(digestsOf(forgotten))
  const digests = new Map([...given, ...theirs].map(({ digest, kind }) => [digest, kind]))
  const rows = [...digests].map(
    ([digest, kind]): SuppressionRow => ({
      id: ctx.newId('sup'),
      digest,
      kind,
      channel: null,
      reason: 'legal',
      at: tx.now,
      byId: null,
    }),
  )
  const suppressed = await tx.people.suppress(rows)
  const { connectionId, platform } = by
  if (suppressed > 0) await tellLedger(ctx, tx, 'people_suppressed', { by: connectionId, platform, suppressed })
}

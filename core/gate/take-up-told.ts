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
  const forgotten = all.flatMap((told) => (told.kind === 'forgotten' ? identify(told.identifiers) : []))
  await suppress(ctx, tx, await ofTheForgotten(tx, forgotten), by)
  for (const told of all) {
    if (told.kind === 'moved') {
      const [from, to] = [identify([told.from]), identify([told.to])]
      // Before they become one person: whoever was forgotten is taken up with no record.
      await suppress(ctx, tx, await stoppedBefore(tx, from, to), by)
      if (told.proven) records.push({ identified: [...from, ...to], said: null })
      else records.push(...(await withdrawnBefore(tx, from, to, told, `${source} (another address)`)))
    } else if (told.kind === 'withdrew') {
      const said = { standing: 'withdrawn' as const, channel: told.channel, at: told.at, source: told.source }
      records.push({ identified: identify(told.identifiers), said })
    }
  }
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
 * What was withdrawn under the identifier of before holds for the other one too. The two do not become one person: whoever
 * made the move up could let one of them agree for the other later.
 */
async function withdrawnBefore(
  tx: Transaction,
  from: readonly Identified[],
  to: readonly Identified[],
  { channel }: Extract<Told, { kind: 'moved' }>,
  source: string,
): Promise<readonly KnownRecord[]> {
  await tx.people.lock()
  const { consents } = await tx.people.recordOf(digestsOf(from))
  const said = latestConsent(consents.filter((one) => one.channel === channel))
  return said?.standing === 'withdrawn'
    ? [{ identified: to, said: { standing: 'withdrawn', channel, at: said.at, source } }]
    : []
}

type Stop = Pick<SuppressionRow, 'digest' | 'kind' | 'channel' | 'reason'>

/** Whoever had to be forgotten there must not be contacted, on any channel, until an admin or owner says otherwise. */
async function ofTheForgotten(tx: Transaction, forgotten: readonly Identified[]): Promise<readonly Stop[]> {
  if (forgotten.length === 0) return []
  await tx.people.lock()
  const given = forgotten.map(({ kind, digests: [digest] }) => ({ kind, digest }))
  const theirs = await tx.people.digestsBehind(digestsOf(forgotten))
  const digests = new Map([...given, ...theirs].map(({ digest, kind }) => [digest, kind]))
  return [...digests].map(([digest, kind]) => ({ digest, kind, channel: null, reason: 'legal' }))
}

/** Whoever must not be contacted under one identifier must not be under the other, for the same reason: no consent outweighs it. */
async function stoppedBefore(
  tx: Transaction,
  from: readonly Identified[],
  to: readonly Identified[],
): Promise<readonly Stop[]> {
  await tx.people.lock()
  const { suppressions } = await tx.people.recordOf(digestsOf(from))
  const inForce = suppressions.filter(({ liftedAt }) => liftedAt === null)
  // Of several identifiers of one person, each may have the same.
  const each = new Map(inForce.map(({ channel, reason }) => [`${reason} ${channel}`, { channel, reason }]))
  return to.flatMap(({ kind, digests: [digest] }) => [...each.values()].map((stop) => ({ ...stop, kind, digest })))
}

/** Under the lock of people. */
async function suppress(ctx: Context, tx: Transaction, stops: readonly Stop[], by: Teller): Promise<void> {
  if (stops.length === 0) return
  const rows = stops.map((stop): SuppressionRow => ({ ...stop, id: ctx.newId('sup'), at: tx.now, byId: null }))
  const suppressed = await tx.people.suppress(rows)
  const { connectionId, platform } = by
  if (suppressed > 0) await tellLedger(ctx, tx, 'people_suppressed', { by: connectionId, platform, suppressed })
}

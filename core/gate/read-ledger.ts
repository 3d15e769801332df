import type { WorkspaceId } from '../domain/ids.ts'
import type { LedgerLine, SealLine } from '../domain/ledger-lines.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { BEGINNING, comparePositions, type Position, readSeal } from '../domain/seal.ts'
import type { Stretch } from '../ports/ledger.ts'
import type { Context } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'

/** Signed, and complete in itself: what has to be kept to check it later. */
export type LedgerHead = {
  readonly workspaceId: WorkspaceId
  readonly batch: number
  readonly head: string
  readonly at: string
  /** The bytes that the head was made of. */
  readonly text: string
  readonly signature: string
  readonly publicKey: string
}

const PAGE = 1000
const SEALS = 20

/** The newest head; null: nothing is sealed yet. */
export async function headOfLedger(ctx: Context, workspaceId: WorkspaceId): Promise<LedgerHead | null> {
  const last = await ctx.store.ledger.lastSeal(workspaceId)
  return last && headView(workspaceId, last)
}

export const headView = (workspaceId: WorkspaceId, line: SealLine): LedgerHead => ({
  workspaceId,
  batch: line.batch,
  head: line.head,
  at: readSeal(line.text)?.at ?? '',
  text: line.text,
  signature: line.signature,
  publicKey: line.public_key,
})

/** The newest head, for a member who may give it out. */
export async function ledgerHead(ctx: Context, actor: Actor): Answer<LedgerHead> {
  if (!mayRead(actor)) return err(NOT_PERMITTED)
  const head = await headOfLedger(ctx, actor.workspaceId)
  return head ? ok(head) : err({ kind: 'not_found', what: 'a sealed batch: nothing is sealed yet' })
}

/** The whole ledger of the workspace, line by line, read page by page as it is taken. */
export async function exportLedger(
  ctx: Context,
  actor: Actor,
  options: { readonly details: boolean },
): Answer<AsyncIterable<LedgerLine>> {
  if (!mayRead(actor)) return err(NOT_PERMITTED)
  return ok(ledgerLines(ctx, actor.workspaceId, options.details))
}

const mayRead = (actor: Actor): boolean => actor.kind === 'member' && mayDo(actor.role, 'read_ledger')

const NOT_PERMITTED: Refusal = { kind: 'not_permitted', why: 'Only admins and owners can read the ledger.' }

/** The lines of a workspace's ledger, for those who may read it. */
export async function* ledgerLines(
  ctx: Context,
  workspaceId: WorkspaceId,
  details: boolean,
): AsyncGenerator<LedgerLine> {
  const { ledger } = ctx.store
  const at = (await ctx.store.databaseNow()).toISOString()
  const publicKey = ctx.ledgerKey.publicKey
  yield { line: 'ledger', format: 'tenure-ledger-1', workspace: workspaceId, at, public_key: publicKey, details }
  const count = { seals: 0, events: 0 }
  let place: Place = { last: BEGINNING, eraFrom: '0' }
  const eras = await beginnings(ctx, workspaceId)
  for (let after = 0, more = true; more; ) {
    const seals = await ledger.seals(workspaceId, after, SEALS)
    for (const seal of seals) {
      yield seal
      count.seals += 1
      after = seal.batch
      const { stretch, next } = coveredBy(seal, place, eras)
      if (stretch) {
        for await (const event of pages(ctx, workspaceId, stretch, details, null)) {
          count.events += 1
          yield event
        }
      }
      place = next
    }
    more = seals.length === SEALS
  }
  yield { line: 'unsealed' }
  for await (const event of unsealed(ctx, workspaceId, place, details)) {
    count.events += 1
    yield event
  }
  yield { line: 'end', ...count }
}

type Place = { readonly last: Position; readonly eraFrom: string }

/** Which events a seal covers, given where the one before ended; a seal that cannot be read covers none. */
function coveredBy(
  line: SealLine,
  { last, eraFrom }: Place,
  eras: ReadonlyMap<number, string>,
): { stretch: Stretch | null; next: Place } {
  const seal = readSeal(line.text)
  if (!seal || comparePositions(seal.last, last) <= 0) return { stretch: null, next: { last, eraFrom } }
  const upTo = seal.last.era > last.era ? null : seal.last
  return {
    stretch: { after: last, upTo, eraFrom, eraTo: eras.get(last.era + 1) ?? null },
    next: { last: seal.last, eraFrom: seal.eraFrom },
  }
}

/** The id after which each era begins. */
async function beginnings(ctx: Context, workspaceId: WorkspaceId): Promise<ReadonlyMap<number, string>> {
  const seals = (await ctx.store.ledger.adoptions(workspaceId)).map(({ text }) => readSeal(text))
  return new Map(seals.flatMap((seal) => (seal ? [[seal.last.era, seal.eraFrom] as const] : [])))
}

/**
 * What is not sealed, as of one moment: up to the horizon it is complete and is read in pages; what is newer, in one
 * statement, so that no version is missing only because it was committed between two pages.
 */
async function* unsealed(ctx: Context, workspaceId: WorkspaceId, { last, eraFrom }: Place, details: boolean) {
  const stretch: Stretch = { after: last, upTo: null, eraFrom, eraTo: null }
  const horizon = await ctx.store.ledger.horizon(workspaceId)
  yield* pages(ctx, workspaceId, stretch, details, horizon)
  yield* await ctx.store.ledger.eventsFrom(workspaceId, horizon, stretch, details)
}

async function* pages(
  ctx: Context,
  workspaceId: WorkspaceId,
  stretch: Stretch,
  details: boolean,
  below: string | null,
) {
  for (let { after } = stretch; ; ) {
    const page = await ctx.store.ledger.events(workspaceId, { ...stretch, after }, { limit: PAGE, details, below })
    yield* page
    const newest = page.at(-1)
    if (!newest || page.length < PAGE) return
    after = newest
  }
}

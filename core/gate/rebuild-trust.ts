import { canonicalJson, type Json } from '../domain/canonical.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { categoryOfScope, type TrustDay } from '../domain/trust/scope-score.ts'
import { firstStanding, give, isFor, type Standing, standingName } from '../domain/trust/standing.ts'
import { explainInBook } from '../domain/trust/explain-in-book.ts'
import { takeBackInBook } from '../domain/trust/take-back.ts'
import {
  cellName,
  countInBook,
  type TrustBook,
  type TrustCell,
  type TrustScope,
  withDay,
} from '../domain/trust/trust-book.ts'
import type { CellKey } from '../domain/trust/trust-record.ts'
import type { AllTrust, LedgeredMove, TrustChange } from '../ports/trust.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'

export type RebuiltTrust = {
  readonly decisions: number
  readonly cells: number
  /** Rows that were not what the ledger says, and are now. */
  readonly corrected: number
}

const PAGE = 1000

/**
 * Recomputes the workspace's trust from its ledger, in the order in which it was counted, and puts right what differs.
 * Nothing moves meanwhile. Refused where a counted decision cannot be read or is missing: nothing is changed then.
 */
export async function rebuildTrust(ctx: Context, actor: Actor): Answer<RebuiltTrust> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'rebuild_trust'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can recompute trust.' })
  return await transact<RebuiltTrust, Refusal>(ctx, actor.workspaceId, async (tx) => {
    // Every move holds it for share: nothing is counted until this is over.
    await tx.lockControl('configure')
    const before = await tx.trust.readAll()
    const book = createLargeBook()
    const decisions = await replay(tx, book)
    if (!decisions.ok) return decisions
    const after = book.all()
    const corrected = differences(before, after)
    if (corrected > 0) await tx.trust.replaceAll(after)
    const rebuilt = { decisions: decisions.value, cells: after.cells.length, corrected }
    await tx.appendEvent({
      subject: 'trust',
      subjectVersion: await tx.nextSubjectVersion('trust'),
      type: 'trust_rebuilt',
      body: { by: actor.id, ...rebuilt },
    })
    return ok(rebuilt)
  })
}

async function replay(tx: Move, book: LargeBook): Promise<Result<number, Refusal>> {
  let decisions = 0
  for (let after = 0; ; ) {
    const page = await tx.trust.ledgered(after, PAGE)
    for (const decision of page) {
      if (!book.count(decision)) {
        const check = `what the ledger tells of ${decision.subject}: it cannot be read, or one before it is missing`
        return err({ kind: 'check_failed', check })
      }
      decisions += 1
    }
    const newest = page.at(-1)
    if (!newest || page.length < PAGE) return ok(decisions)
    after = newest.ledgerId
  }
}

type LargeBook = {
  /** False: it cannot be read, or is not the next one of its cell. */
  count(move: LedgeredMove): boolean
  all(): AllTrust
}

/** The books of all scopes at once, carried on by the same rules as the rows are. */
function createLargeBook(): LargeBook {
  const cells = new Map<string, TrustCell>()
  const days = new Map<string, readonly TrustDay[]>()
  const scopes = new Map<string, TrustScope>()
  const standings = new Map<string, Standing>()
  const bookOf = ({ scope, scenario }: CellKey, agentId: string): TrustBook => {
    const category = categoryOfScope(scope)
    const inScope = [...cells.values()].filter((known) => known.scope === scope)
    return {
      scopes: [...scopes.values()].filter((known) => categoryOfScope(known.scope) === category),
      cells: inScope,
      versions: inScope.filter((known) => known.scenario === scenario && known.agentId === agentId),
      days: days.get(scope) ?? [],
      standings: [...standings.values()].filter((known) => categoryOfScope(known.scope) === category),
    }
  }
  const keep = ({ cell, day, less, siblings = [], scopes: moved = [], standings: stand = [] }: TrustChange): true => {
    for (const one of [...(cell ? [cell] : []), ...siblings]) cells.set(cellName(one), one)
    for (const one of cell ? [day, less] : [])
      if (cell && one) days.set(cell.scope, withDay(days.get(cell.scope) ?? [], one))
    for (const changed of moved) scopes.set(changed.scope, changed)
    for (const changed of stand) standings.set(standingName(changed), changed)
    return true
  }
  return {
    count({ subject, at, told }) {
      if (told === null) return false
      if (told.kind === 'given') {
        const { key, agentVersion, given } = told
        const known = [...standings.values()].find((standing) => isFor(standing, key))
        const tier = scopes.get(key.scope)?.tier.tier ?? 'review'
        const before = known ?? firstStanding(key, agentVersion, tier, at.getTime())
        return keep({ standings: [give(before, given, at.getTime())] })
      }
      const { cell, agentId, version } = told.record
      const book = bookOf(cell, agentId)
      if (told.kind === 'taken_back') {
        const taken = takeBackInBook(book, told.record, told.id, at.getTime())
        return taken !== null && keep(taken)
      }
      if (told.kind === 'explained') {
        const explained = explainInBook(book, told.record, told.id, at.getTime())
        return explained !== null && keep(explained)
      }
      if (version !== (cells.get(cellName(cell))?.version ?? 0) + 1) return false
      return keep(countInBook(book, told.record, subject, at.getTime()))
    },
    all: () => ({
      cells: [...cells.values()],
      days: [...days].flatMap(([scope, own]) => own.map((day) => ({ ...day, scope }))),
      scopes: [...scopes.values()],
      standings: [...standings.values()],
    }),
  }
}

/** How many rows are not the same in both, or only in one. */
function differences(before: AllTrust, after: AllTrust): number {
  const [a, b] = [spelled(before), spelled(after)]
  const onlyIn = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((row) => !other.has(row))
  return Math.max(onlyIn(a, b).length, onlyIn(b, a).length)
}

/** Every row in its one spelling. */
const spelled = (trust: AllTrust): ReadonlySet<string> =>
  // safe: rows of plain JSON
  new Set(
    [...trust.cells, ...trust.days, ...trust.scopes, ...trust.standings].map((row) =>
      canonicalJson(row as unknown as Json),
    ),
  )

import type { Json } from '../domain/canonical.ts'
import { type Cause, DEFAULT_SEVERITY } from '../domain/decision.ts'
import { countDecision as countDecisionEvent } from '../domain/trust/counted-decision.ts'
import { isSerious } from '../domain/trust/rejection-severity.ts'
import { type EdgeCase, escalationOutcome } from '../domain/trust/escalation.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import { type Counted, countInBook, type TrustBook, wordingChangesOf } from '../domain/trust/trust-book.ts'
import { fromMicro, toMicro } from '../domain/trust/micro.ts'
import { type CellKey, quantised, recordJson, type TrustRecord } from '../domain/trust/trust-record.ts'
import type { Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { CountLocks, JudgedOn } from '../ports/trust.ts'
import type { Context, Move } from './dependencies.ts'
import { mayBeReady, nextStep } from '../domain/trust/may-be-ready.ts'
import { isFor } from '../domain/trust/standing.ts'
import { askedFirst } from './asked-because.ts'
import { markOf } from './mark-question.ts'
import { tellDemotion } from './tell-demotion.ts'
import { policyOfCell } from './policy-that-holds.ts'
import { type Judged, judgedEvent } from './judged-event.ts'
import { cellOf, wordingOf } from './trust-cell.ts'

/** For the ledger event of the move: what was counted, so that trust can be recomputed from the ledger alone. */
export type InLedger = { readonly trust?: Json }

/**
 * Counts what became of an agent's action, in the transaction of the move that ends it; called before that move, so that
 * the move's event can carry it. Takes the move's budget and state rows first, then the category: the lock order. What
 * members proposed, and what prepares something and needed nobody, does not count.
 */
export async function countDecision(
  ctx: Pick<Context, 'kinds' | 'newId' | 'compiled'>,
  tx: Move,
  stored: StoredAction,
  judged: Judged,
): Promise<InLedger> {
  const { action, payload, state } = stored
  const kind = ctx.kinds.get(action.kind)
  if (!kind || !counts(kind, stored, judged)) return {}
  const [cell, wording] = [cellOf(stored), wordingOf(action)]
  const [book, judgedOn] = await Promise.all([
    tx.trust.open({ ...cell, agentId: action.proposerId }, locksOf([stored])),
    saysAll(judged) ? NOTHING_STORED : tx.trust.judgedOn(action.id),
  ])
  const told = judgedEvent(
    judged,
    {
      approved: state.approved,
      fields: kind.fields,
      input: payload.input,
      preview: payload.preview,
      proposedAt: action.proposedAt,
      now: tx.now,
    },
    judgedOn,
  )
  if (told === null) return {}
  const cause = causeOf(judged, judgedOn)
  const known: Omit<TrustRecord, 'edge'> = {
    cell,
    agentId: action.proposerId,
    wording,
    version: (book.versions.find(({ agentVersion }) => agentVersion === cell.agentVersion)?.version ?? 0) + 1,
    day: dayOf(told.decidedAt.getTime()),
    wordingChanges: wordingChangesOf(book, cell, wording),
    ranAtLevel: ranByItself(stored, judged) ? (payload.level?.inForce ?? null) : null,
    event: quantised(told.event),
    ...(cause ? { cause } : {}),
    ...(await baselineOf(ctx, tx, { ...cell, agentId: action.proposerId })),
    ...sensitiveAsked(kind, stored, judgedOn),
  }
  const record: TrustRecord = { ...known, edge: edgeOf(stored, judged, known, judgedOn) }
  const counted = countInBook(book, record, action.id, tx.now.getTime())
  await tx.trust.write(counted)
  if (counted.demotion) await tellDemotion(ctx, tx, { action, record, counted, demotion: counted.demotion })
  else if (isWorthALook(book, counted, action.proposerId, tx.now))
    await tx.enqueue({ queue: 'review', workspaceId: action.workspaceId })
  return { trust: recordJson(record) }
}

/** Whether the next step may be near enough for a review. */
function isWorthALook({ standings }: TrustBook, { cell }: Counted, agentId: string, now: Date): boolean {
  const standing = standings.find((one) => isFor(one, { ...cell, agentId })) ?? null
  const to = nextStep(standing, now.getTime())
  return to !== null && mayBeReady(cell.history.cell, to)
}

/** Takes the locks of all that one transaction is going to count, before it counts the first: in one order for everybody. */
export async function lockToCount(tx: Move, all: readonly StoredAction[]): Promise<void> {
  if (all.some(({ action }) => action.agentId !== null)) await tx.trust.lock(locksOf(all))
}

const locksOf = (all: readonly StoredAction[]): CountLocks => ({
  windows: all.flatMap(({ state }) => state.charges.map(({ window }) => window)),
  actionIds: all.map(({ action }) => action.id),
  categories: [...new Set(all.map(({ payload }) => categoryOfScope(payload.scope)))],
})

/** Whether the move itself knows everything, so that nothing that is stored has to be asked. */
const saysAll = ({ kind }: Judged): boolean => kind === 'rejected' || kind === 'stopped_in_hold'

const NOTHING_STORED: JudgedOn = { decisions: [], proposed: {}, firstVerdict: null, press: null, undo: null }

/** How it turned out that a person was asked beyond the level, or was not. Section 5.3. */
function edgeOf(
  stored: StoredAction,
  judged: Judged,
  record: Omit<TrustRecord, 'edge'>,
  on: JudgedOn,
): EdgeCase | null {
  const missed = record.cause ? missedEdge(record, record.cause) : null
  if (missed) return missed
  const asked = askedFirst(stored, on)
  if (asked === null) return null
  const { event } = record
  const isChanged = judged.kind === 'replaced' || ('edit' in event && event.edit !== null && event.edit.distance > 0)
  const answer =
    judged.kind === 'rejected' || judged.kind === 'undone' ? 'rejected' : isChanged ? 'changed' : 'unchanged'
  const outcome = escalationOutcome({ answer, mark: markOf(on.decisions), isRoutine: false })
  // What a person found makes kinds of what an agent asks about.
  return outcome && { outcome, kind: record.cause ?? asked.kind, isSerious: false }
}

/** It acted by itself, and a person says that it should have asked them: a missed question; null: it is none. */
export const missedEdge = ({ ranAtLevel, event }: Pick<TrustRecord, 'ranAtLevel' | 'event'>, cause: Cause) =>
  cause === 'should_have_asked' && ranAtLevel !== null
    ? {
        outcome: 'missed' as const,
        kind: cause,
        isSerious: isSerious(countDecisionEvent(event).severity ?? DEFAULT_SEVERITY),
      }
    : null

/** Whether a person was asked about something sensitive: of more than low risk, or of more than a small reach. */
function sensitiveAsked(kind: Kind, stored: StoredAction, on: JudgedOn): { readonly sensitiveAsked?: boolean } {
  const isSensitive = kind.risk !== 'low' || stored.payload.band !== 'small'
  return isSensitive ? { sensitiveAsked: askedFirst(stored, on) !== null } : {}
}

/** Its category's, by the policy that holds for its cell; in whole millionths, as the ledger keeps it. */
export async function baselineOf(
  ctx: Pick<Context, 'compiled' | 'kinds'>,
  tx: Move,
  cell: Pick<CellKey, 'scope' | 'scenario'> & { readonly agentId: string },
): Promise<{ baseline?: number }> {
  const { scope } = cell
  const { baselines } = policyOfCell(ctx, await tx.snapshot(), cell).policy
  const known = Object.entries(baselines ?? {}).find(([category]) => category === categoryOfScope(scope))?.[1]
  return known === undefined ? {} : { baseline: fromMicro(toMicro(known)) }
}

function causeOf(judged: Judged, on: JudgedOn): Cause | null {
  if (judged.kind === 'undone') return on.undo?.cause ?? null
  return judged.kind === 'rejected' || judged.kind === 'stopped_in_hold' ? (judged.cause ?? null) : null
}

const ranByItself = ({ state }: StoredAction, judged: Judged): boolean =>
  !state.approved && judged.kind !== 'rejected' && judged.kind !== 'replaced'

function counts(kind: Kind, stored: StoredAction, judged: Judged): boolean {
  if (stored.action.agentId === null) return false
  return !(kind.effect.preparing && ranByItself(stored, judged))
}

import type { Json } from '../domain/canonical.ts'
import { covers, mayProposeAgain } from '../domain/trust/consent.ts'
import { countDecision } from '../domain/trust/counted-decision.ts'
import { accuracyIn, replayAlone, worstOf } from '../domain/trust/dossier.ts'
import type { Gate } from '../domain/trust/gate.ts'
import { mayPropose } from '../domain/trust/gates.ts'
import { mayBeReady, nextStep } from '../domain/trust/may-be-ready.ts'
import type { EarnedLevel } from '../domain/trust/promotion-test.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { isFor, type Standing } from '../domain/trust/standing.ts'
import type { TrustCell } from '../domain/trust/trust-book.ts'
import { canBeEarned } from '../rules/scenario.ts'
import type { PromotionRow } from '../ports/promotions.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context, Move } from './dependencies.ts'
import { type Evidence, gatesOf, gatherEvidence } from './gather-evidence.ts'
import type { Dossier } from './promotion-views.ts'
import { hasRoom, raiseLevel } from './raise-level.ts'
import { tellPeople } from './tell-people.ts'
import { LEVEL_WORDS, scenarioWords, scopeWords, worstWords } from './trust-words.ts'

const EXPOSURE_DAYS = 30
const HISTORY = 500
const MS_PER_DAY = 86_400_000

/** Whether a cell's newest version, its standing and what was said before let it be looked at, and for which step. */
export async function candidateFor(
  tx: Transaction,
  cell: TrustCell,
  all: readonly ScopeTrust[],
  standings: readonly Standing[],
): Promise<EarnedLevel | null> {
  const standing = standings.find((one) => isFor(one, cell)) ?? null
  const to = nextStep(standing, tx.now.getTime())
  if (to === null || !canBeEarned(cell.scenario) || !mayBeReady(cell.history.cell, to)) return null
  const versions = all.flatMap(({ cells }) => cells).filter((other) => isFor(other, cell))
  if (versions.some(({ countedAtMs }) => countedAtMs > cell.countedAtMs)) return null
  // What a person took back is theirs to hand back.
  if (standing?.reclaimed) return null
  const before = await tx.promotions.newestOf(cell)
  if (before?.state === 'open') return null
  const isDeclined = before?.state === 'declined' && before.toLevel === to
  return !isDeclined || (await mayReturn(tx, cell, before)) ? to : null
}

/** A declined one comes back after 30 days and half the evidence again. Section 5.2. */
async function mayReturn(tx: Transaction, cell: TrustCell, declined: PromotionRow): Promise<boolean> {
  const endedAt = declined.endedAt ?? declined.openedAt
  const since = (await tx.evidence.counted(cell, HISTORY)).filter(({ at }) => at > endedAt)
  const correct = since.filter(
    ({ record }) => countDecision(record.event).isCorrect && (declined.toLevel === 3 || (record.ranAtLevel ?? 0) >= 3),
  )
  const daysSince = Math.floor((tx.now.getTime() - endedAt.getTime()) / MS_PER_DAY)
  return mayProposeAgain({ to: declined.toLevel, daysSince, correctSince: correct.length })
}

/**
 * Proposes a raise of a cell whose gates all hold, or takes it where the owner chose that in advance. The caller holds
 * the control row for update. Null: something is missing, or as many are newly autonomous as may be.
 */
export async function proposePromotion(
  ctx: Context,
  tx: Move,
  cell: TrustCell,
  all: readonly ScopeTrust[],
  to: EarnedLevel,
): Promise<'proposed' | 'raised' | null> {
  const evidence = await gatherEvidence(ctx, tx, cell, all)
  const gates = gatesOf(to, evidence)
  const { standings } = await tx.snapshot()
  if (!mayPropose(gates) || !hasRoom(standings, cell, tx.now)) return null
  const dossier = await dossierOf(tx, cell, gates, evidence)
  const row: PromotionRow = {
    id: ctx.newId('prm'),
    scope: cell.scope,
    scenario: cell.scenario,
    agentId: cell.agentId,
    agentVersion: cell.agentVersion,
    toLevel: to,
    state: 'open',
    version: 1,
    // safe: plain JSON by its type
    dossier: dossier as unknown as Json,
    openedAt: tx.now,
    endedAt: null,
    byId: null,
    reason: null,
  }
  if (!(await tx.promotions.open(row))) return null
  await tx.appendEvent({
    subject: row.id,
    subjectVersion: 1,
    type: 'promotion_proposed',
    body: { scope: row.scope, scenario: row.scenario, agent: row.agentId, to, dossier: withoutTitles(dossier) },
  })
  await tx.enqueue({ queue: 'trust_card', workspaceId: tx.workspaceId, subject: row.id })
  return (await raiseByItself(ctx, tx, cell, all, row, standings)) ? 'raised' : 'proposed'
}

/** For the ledger, from which nothing can be erased: a title may name somebody; the action is known by its id. */
const withoutTitles = (dossier: Dossier): Json =>
  // safe: plain JSON by its type
  ({ ...dossier, worst: dossier.worst.map(({ title: _title, ...one }) => one) }) as unknown as Json

/** Takes a step by the owner's standing choice. What ran out by itself is a person's to give again. */
async function raiseByItself(
  ctx: Context,
  tx: Move,
  cell: TrustCell,
  all: readonly ScopeTrust[],
  { id, toLevel: to }: PromotionRow,
  standings: readonly Standing[],
): Promise<boolean> {
  const chosen = (await tx.promotions.consents()).find(({ category }) => category === categoryOfScope(cell.scope))
  const standing = standings.find((one) => isFor(one, cell))
  const ranOut = standing !== undefined && standing.byId === null && standing.firstAtMs !== null
  if (!chosen || ranOut) return false
  const consent = {
    kind: 'standing',
    by: chosen.byId,
    upTo: chosen.upTo,
    isWithdrawn: chosen.withdrawnAt !== null,
  } as const
  if (!covers(consent, to)) return false
  const raised = await raiseLevel(ctx, tx, cell, all, {
    to,
    by: chosen.byId,
    consent,
    consenting: null,
    type: 'raised_by_consent',
  })
  if (!raised.ok) return false
  await tellPeople(ctx, tx, 'automatic_promotion', id, {
    title: `${scopeWords(cell.scope)}: more by itself`,
    lines: [
      `${scenarioWords(cell.scenario)} may ${LEVEL_WORDS[to]} from now on: everything that is asked for holds, and automatic escalation was chosen for this category.`,
      'You can take it back at any time.',
    ],
    key: { scope: cell.scope, scenario: cell.scenario, agentId: cell.agentId },
  })
  return true
}

async function dossierOf(tx: Move, cell: TrustCell, gates: readonly Gate[], { counted }: Evidence): Promise<Dossier> {
  const records = counted.map(({ actionId, at, record }) => ({ id: actionId, atMs: at.getTime(), record }))
  const exposure = await tx.evidence.exposure(cell, new Date(tx.now.getTime() - EXPOSURE_DAYS * MS_PER_DAY))
  const alone = replayAlone(records)
  return {
    gates: gates.map(({ name, status, has, needs, says }) => ({ name, status, has, needs, says })),
    accuracy: accuracyIn(records),
    alone,
    worst: worstOf(records).map(({ id, atMs, record }) => ({
      actionId: id,
      title: counted.find(({ actionId }) => actionId === id)?.title ?? '',
      at: new Date(atMs).toISOString(),
      says: worstWords(record.event),
    })),
    exposure,
    unjudged: alone.decisions === 0 ? null : alone.unjudged / alone.decisions,
  }
}

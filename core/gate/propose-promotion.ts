import type { Json } from '../domain/canonical.ts'
import { earnedLevel } from '../domain/trust/cell-state.ts'
import { covers, mayProposeAgain } from '../domain/trust/consent.ts'
import { accuracyIn, correctFor, replayAlone, worstOf } from '../domain/trust/dossier.ts'
import type { Gate } from '../domain/trust/gate.ts'
import { mayPropose } from '../domain/trust/gates.ts'
import { mayBeReady } from '../domain/trust/may-be-ready.ts'
import { EARNED_LEVELS, type EarnedLevel } from '../domain/trust/promotion-test.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, isFor, type Standing } from '../domain/trust/standing.ts'
import type { TrustCell } from '../domain/trust/trust-book.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import { canBeEarned } from '../rules/scenario.ts'
import type { PromotionRow } from '../ports/promotions.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context, Move } from './dependencies.ts'
import { type Evidence, gatesOf, gatherEvidence } from './gather-evidence.ts'
import { giveLevel } from './give-level.ts'
import type { Dossier } from './promotion-views.ts'
import { tellPeople } from './tell-people.ts'
import { LEVEL_WORDS, scenarioWords, scopeWords, worstWords } from './trust-words.ts'

const EXPOSURE_DAYS = 30
const MS_PER_DAY = 86_400_000
/** How long an agent counts as newly autonomous, and how many may be at once (product page, B14). */
const NEW_FOR_DAYS = 14
const MOST_NEW = 3

/** The step that would come next for a cell; null: it has the highest. */
export const nextStep = ({ history }: TrustCell): EarnedLevel | null =>
  EARNED_LEVELS.find((step) => step > earnedLevel(history.cell)) ?? null

/** Whether a cell's newest version, its standing and what was said before let it be looked at. */
export async function isCandidate(
  tx: Transaction,
  cell: TrustCell,
  all: readonly ScopeTrust[],
  standings: readonly Standing[],
): Promise<boolean> {
  const to = nextStep(cell)
  if (to === null || !canBeEarned(cell.scenario) || !mayBeReady(cell.history.cell)) return false
  const versions = all.flatMap(({ cells }) => cells).filter((other) => isFor(other, cell))
  if (versions.some(({ countedAtMs }) => countedAtMs > cell.countedAtMs)) return false
  // What a person took back is theirs to hand back.
  if (standings.find((standing) => isFor(standing, cell))?.reclaimed) return false
  const before = await tx.promotions.newestOf(cell)
  if (before?.state === 'open') return false
  return before?.state !== 'declined' || mayReturn(tx, cell, before)
}

/** A declined one comes back after 30 days and half the evidence again. Section 5.2. */
function mayReturn(tx: Transaction, cell: TrustCell, declined: PromotionRow): boolean {
  const correct = correctFor(declined.toLevel, cell.history.cell)
  const since = tx.now.getTime() - (declined.endedAt?.getTime() ?? 0)
  return mayProposeAgain({
    to: declined.toLevel,
    daysSince: Math.floor(since / MS_PER_DAY),
    // After a serious error the count starts again: what it holds then is new.
    correctSince: correct >= declined.correctThen ? correct - declined.correctThen : correct,
  })
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
): Promise<'proposed' | 'raised' | null> {
  const to = nextStep(cell)
  if (to === null) return null
  const evidence = await gatherEvidence(ctx, tx, cell, all)
  const gates = gatesOf(to, evidence)
  const { standings, workspace } = await tx.snapshot()
  if (!mayPropose(gates) || !hasRoom(standings, cell, tx.now)) return null
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
    dossier: (await dossierOf(tx, cell, gates, evidence)) as unknown as Json,
    openedAt: tx.now,
    endedAt: null,
    byId: null,
    reason: null,
    correctThen: correctFor(to, cell.history.cell),
  }
  if (!(await tx.promotions.open(row))) return null
  await tx.appendEvent({
    subject: row.id,
    subjectVersion: 1,
    type: 'promotion_proposed',
    body: { scope: row.scope, scenario: row.scenario, agent: row.agentId, to, dossier: row.dossier },
  })
  const chosen = (await tx.promotions.consents()).find(({ category }) => category === categoryOfScope(cell.scope))
  const standing = chosen && {
    kind: 'standing' as const,
    by: chosen.byId,
    upTo: chosen.upTo,
    isWithdrawn: chosen.withdrawnAt !== null,
  }
  if (!standing || !covers(standing, to)) {
    await tx.enqueue({ queue: 'trust_card', workspaceId: tx.workspaceId, subject: row.id })
    return 'proposed'
  }
  const end = {
    state: 'granted' as const,
    endedAt: tx.now,
    byId: standing.by,
    reason: null,
    correctThen: row.correctThen,
  }
  await tx.promotions.end(row.id, end)
  const untilMs = nextQuarterlyReview(tx.now, workspace.timeZone).getTime()
  await giveLevel(
    tx,
    cell,
    cell.agentVersion,
    { level: to, byId: standing.by, untilMs, isProven: isProven(cell) },
    { type: 'raised_by_consent', by: standing.by },
  )
  await tellPeople(ctx, tx, 'automatic_promotion', row.id, {
    title: `${scopeWords(cell.scope)}: more by itself`,
    lines: [
      `${scenarioWords(cell.scenario)} may ${LEVEL_WORDS[to]} from now on: everything that is asked for holds, and automatic escalation was chosen for this category.`,
      'You can take it back at any time.',
    ],
    key: { scope: cell.scope, scenario: cell.scenario, agentId: cell.agentId },
  })
  return 'raised'
}

export const isProven = ({ history }: TrustCell): boolean => history.cell.correctUntilFull === 0

/** Whether its scope may become newly autonomous: at most three may be at once. One that was before is not new. */
export function hasRoom(standings: readonly Standing[], { scope }: Pick<Standing, 'scope'>, now: Date): boolean {
  const since = now.getTime() - NEW_FOR_DAYS * MS_PER_DAY
  const first = new Map<string, number>()
  for (const one of standings.filter(({ agentId, firstAtMs }) => agentId !== ALL && firstAtMs !== null))
    first.set(one.scope, Math.min(first.get(one.scope) ?? Infinity, one.firstAtMs ?? Infinity))
  return first.has(scope) || [...first.values()].filter((at) => at > since).length < MOST_NEW
}

async function dossierOf(tx: Move, cell: TrustCell, gates: readonly Gate[], { counted }: Evidence): Promise<Dossier> {
  const records = counted.map(({ actionId, at, told }) => ({ id: actionId, atMs: at.getTime(), record: told.record }))
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

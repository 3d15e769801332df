import { type Actor, mayDo } from '../domain/people.ts'
import type { PromotionId } from '../domain/ids.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { correctFor } from '../domain/trust/dossier.ts'
import { allHold } from '../domain/trust/gates.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { isFor } from '../domain/trust/standing.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import type { PromotionRow } from '../ports/promotions.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { describePromotion } from './describe-promotion.ts'
import { gatesOf, gatherEvidence } from './gather-evidence.ts'
import type { Answer } from './gate.ts'
import { giveLevel } from './give-level.ts'
import type { PromotionView } from './promotion-views.ts'
import { hasRoom, isProven, nextStep } from './propose-promotion.ts'
import type { Refusal } from './refusal.ts'
import { written } from './written.ts'

/**
 * A person grants a proposed raise, or says not yet. Every gate is looked at again in the transaction of the grant: what
 * was lost meanwhile refuses it. A decline changes nothing in service.
 */
export async function decidePromotion(
  ctx: Context,
  actor: Actor,
  id: PromotionId,
  decision: 'grant' | 'decline',
  reason: string | null,
): Answer<PromotionView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'grant'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners decide what may run by itself.' })
  return await transact<PromotionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const row = await tx.promotions.load(id)
    if (!row) return err({ kind: 'not_found', what: 'this proposal of more autonomy' })
    if (row.state !== 'open') {
      const by = row.byId && (await tx.loadMember(row.byId))
      return err({ kind: 'already_answered', by: by ? by.name : null, at: row.endedAt })
    }
    if (row.toLevel === 5 && decision === 'grant' && !mayDo(actor.role, 'grant_full_delegation'))
      return err({ kind: 'not_permitted', why: 'Only an owner can grant full delegation.' })
    const then = decision === 'grant' ? await grant(ctx, tx, actor, row) : await correctNow(tx, row)
    if (!then.ok) return then
    const state = decision === 'grant' ? ('granted' as const) : ('declined' as const)
    await tx.promotions.end(id, { state, endedAt: tx.now, byId: actor.id, reason, correctThen: then.value })
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: decision === 'grant' ? 'promotion_granted' : 'promotion_declined',
      body: { by: actor.id, to: row.toLevel },
      ...written(reason),
    })
    await tx.enqueue({ queue: 'trust_card', workspaceId: actor.workspaceId, subject: id })
    const ended = await tx.promotions.load(id)
    return ended ? ok(await describePromotion(tx, ended)) : err({ kind: 'not_found', what: 'this proposal' })
  })
}

type Correct = Result<number, Refusal>

async function grant(
  ctx: Context,
  tx: Move,
  actor: Extract<Actor, { kind: 'member' }>,
  row: PromotionRow,
): Promise<Correct> {
  const all = await tx.trust.readScopes(categoryOfScope(row.scope))
  const cell = cellOf(all, row)
  if (!cell || nextStep(cell) !== row.toLevel)
    return err({ kind: 'not_earned', missing: ['Its level or its agent changed since this was proposed.'] })
  const evidence = await gatherEvidence(ctx, tx, cell, all)
  const gates = gatesOf(row.toLevel, { ...evidence, consent: { kind: 'explicit', by: actor.id, to: row.toLevel } })
  if (!allHold(gates))
    return err({
      kind: 'not_earned',
      missing: gates.filter(({ status }) => status === 'missing').map(({ says }) => says),
    })
  const { standings, workspace } = await tx.snapshot()
  if (!hasRoom(standings, cell, tx.now))
    return err({
      kind: 'not_earned',
      missing: ['Three became autonomous within the last 14 days; look at those first.'],
    })
  const untilMs = nextQuarterlyReview(tx.now, workspace.timeZone).getTime()
  await giveLevel(
    tx,
    cell,
    cell.agentVersion,
    { level: row.toLevel, byId: actor.id, untilMs, isProven: isProven(cell) },
    { type: 'granted', by: actor.id },
  )
  return ok(correctFor(row.toLevel, cell.history.cell))
}

async function correctNow(tx: Move, row: PromotionRow): Promise<Correct> {
  const cell = cellOf(await tx.trust.readScopes(categoryOfScope(row.scope)), row)
  return ok(cell ? correctFor(row.toLevel, cell.history.cell) : row.correctThen)
}

const cellOf = (all: Awaited<ReturnType<Move['trust']['readScopes']>>, row: PromotionRow) =>
  all.flatMap(({ cells }) => cells).find((cell) => isFor(cell, row) && cell.agentVersion === row.agentVersion)

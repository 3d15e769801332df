import { type Actor, mayDo } from '../domain/people.ts'
import type { PromotionId } from '../domain/ids.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { isFor } from '../domain/trust/standing.ts'
import type { PromotionRow } from '../ports/promotions.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { describePromotion } from './describe-promotion.ts'
import { endPromotion } from './end-promotion.ts'
import type { Answer } from './gate.ts'
import type { PromotionView } from './promotion-views.ts'
import { raiseLevel } from './raise-level.ts'
import type { Refusal } from './refusal.ts'

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
    if (decision === 'grant') {
      const granted = await grant(ctx, tx, actor, row, reason)
      if (!granted.ok) return granted
    } else await endPromotion(tx, row, 'declined', actor.id, reason)
    const ended = await tx.promotions.load(id)
    return ended ? ok(await describePromotion(tx, ended)) : err({ kind: 'not_found', what: 'this proposal' })
  })
}

async function grant(
  ctx: Context,
  tx: Move,
  actor: Extract<Actor, { kind: 'member' }>,
  row: PromotionRow,
  reason: string | null,
): Promise<Result<unknown, Refusal>> {
  const all = await tx.trust.readScopes(categoryOfScope(row.scope))
  const cell = cellOf(all, row)
  if (!cell) return err({ kind: 'not_earned', missing: ['Its agent changed since this was proposed.'] })
  const { toLevel: to } = row
  const consent = { kind: 'explicit' as const, by: actor.id, to }
  return await raiseLevel(ctx, tx, cell, all, { to, by: actor.id, consent, consenting: actor, type: 'granted', reason })
}

const cellOf = (all: Awaited<ReturnType<Move['trust']['readScopes']>>, row: PromotionRow) =>
  all.flatMap(({ cells }) => cells).find((cell) => isFor(cell, row) && cell.agentVersion === row.agentVersion)

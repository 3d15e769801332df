import type { Actor } from '../domain/people.ts'
import { mayDo } from '../domain/people.ts'
import type { NoticeId, PromotionId } from '../domain/ids.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { isFor, levelNow } from '../domain/trust/standing.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import { type NoticeAnswer, type NoticeKind, PROMOTION_STATES, type PromotionState } from '../ports/promotions.ts'
import { refuseConsent } from './consent-right.ts'
import { type Context, transact } from './dependencies.ts'
import { countAudit } from './count-audit.ts'
import { describePromotion } from './describe-promotion.ts'
import type { Answer } from './gate.ts'
import { giveLevel } from './give-level.ts'
import type { NoticeView, PromotionView } from './promotion-views.ts'
import type { Refusal } from './refusal.ts'

const NOT_MEMBER: Refusal = { kind: 'not_permitted', why: 'Only members can see what is proposed for agents.' }
const MOST = 200

/** Proposed raises, newest first. */
export async function listPromotions(
  ctx: Context,
  actor: Actor,
  state: PromotionState | null,
): Answer<readonly PromotionView[]> {
  if (actor.kind === 'agent') return err(NOT_MEMBER)
  return await ctx.store.read<Result<readonly PromotionView[], Refusal>>(actor.workspaceId, async (tx) => {
    const rows = await tx.promotions.list({ ...(state === null ? {} : { state }), limit: MOST })
    const views: PromotionView[] = []
    for (const row of rows) views.push(await describePromotion(tx, row))
    return ok(views)
  })
}

export async function getPromotion(ctx: Context, actor: Actor, id: PromotionId): Answer<PromotionView> {
  if (actor.kind === 'agent') return err(NOT_MEMBER)
  return await ctx.store.read<Result<PromotionView, Refusal>>(actor.workspaceId, async (tx) => {
    const row = await tx.promotions.load(id)
    return row
      ? ok(await describePromotion(tx, row))
      : err({ kind: 'not_found', what: 'this proposal of more autonomy' })
  })
}

/** What people were told about trust. */
export async function getNotice(ctx: Context, actor: Actor, id: NoticeId): Answer<NoticeView> {
  if (actor.kind === 'agent') return err(NOT_MEMBER)
  return await ctx.store.read<Result<NoticeView, Refusal>>(actor.workspaceId, async (tx) => {
    const row = await tx.promotions.loadNotice(id)
    if (!row) return err({ kind: 'not_found', what: 'this notice' })
    const by = row.byId ? await tx.loadMember(row.byId) : null
    const { kind, version, body, at, answeredAt, answer } = row
    return ok({ id, kind, version, body, at, answeredAt, by: by?.name ?? null, answer })
  })
}

/**
 * Answers a notice: a renewal gives the grant until the next quarterly review, which is a consent; what is said to an
 * audit is a judgement that counts; everything else is only noted.
 */
export async function answerNotice(ctx: Context, actor: Actor, id: NoticeId, answer: NoticeAnswer): Answer<NoticeView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, answer === 'renew' ? 'grant' : 'decide'))
    return err({
      kind: 'not_permitted',
      why:
        answer === 'renew'
          ? 'Only admins and owners can renew a grant.'
          : 'Only approvers, admins and owners can answer this.',
    })
  const answered = await transact<void, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const notice = await tx.promotions.loadNotice(id)
    if (!notice) return err({ kind: 'not_found', what: 'this notice' })
    if (notice.answeredAt !== null) {
      const by = notice.byId && (await tx.loadMember(notice.byId))
      return err({ kind: 'already_answered', by: by ? by.name : null, at: notice.answeredAt })
    }
    const isAudit = answer === 'looks_good' || answer === 'not_right'
    if (isAudit !== (notice.kind === 'audit')) return err(otherAnswer(notice.kind))
    if (answer === 'looks_good' || answer === 'not_right') await countAudit(ctx, tx, actor.id, notice, answer)
    if (answer === 'renew') {
      const snapshot = await tx.snapshot()
      const { standings, workspace } = snapshot
      const { key } = notice.body
      const standing = key && standings.find((one) => isFor(one, key))
      const isStill = standing && notice.once.endsWith(`/${standing.untilMs ?? ''}`)
      if (
        notice.kind !== 'lapse_soon' ||
        !standing ||
        !isStill ||
        levelNow(standing, tx.now.getTime()) !== standing.level
      )
        return err({ kind: 'not_earned', missing: ['There is no grant here any more that could be renewed.'] })
      if (standing.level === 5 && !mayDo(actor.role, 'grant_full_delegation'))
        return err({ kind: 'not_permitted', why: 'Only an owner can renew full delegation.' })
      const beyond = refuseConsent(ctx, snapshot, actor, standing, tx.now)
      if (beyond) return err(beyond)
      const untilMs = nextQuarterlyReview(tx.now, workspace.timeZone).getTime()
      const given = { level: standing.level, byId: actor.id, untilMs }
      await giveLevel(tx, standing, standing.agentVersion, given, { type: 'renewed', by: actor.id })
    }
    await tx.promotions.answerNotice(id, { at: tx.now, byId: actor.id, answer })
    await tx.enqueue({ queue: 'trust_card', workspaceId: actor.workspaceId, subject: id })
    return ok(undefined)
  })
  return answered.ok ? await getNotice(ctx, actor, id) : answered
}

const otherAnswer = (kind: NoticeKind): Refusal => {
  const says = kind === 'audit' ? 'An audit is answered with looks_good or not_right.' : 'This is no audit.'
  return { kind: 'malformed', problems: [{ path: 'answer', says }] }
}

/** Null: no state of that name. */
export const promotionState = (name: string): PromotionState | null =>
  PROMOTION_STATES.find((state) => state === name) ?? null

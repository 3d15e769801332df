import { isResting } from '../domain/action-states.ts'
import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { FeedbackId } from '../domain/ids.ts'
import type { ActionQuery, FeedbackRow } from '../ports/rows.ts'
import type { Context } from './dependencies.ts'
import { transact } from './dependencies.ts'
import { describeAction, describeActions, exceptionView } from './describe-action.ts'
import type { Answer, Page } from './gate.ts'
import type { ActionFilter, Window } from './requests.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView, ExceptionView, FeedbackView } from './views.ts'

const NOT_FOUND: Refusal = { kind: 'not_found', what: 'the action' }
const MOST_WAIT_MS = 30_000

/** One action; an agent sees its own. */
export async function getAction(ctx: Context, actor: Actor, id: ActionId): Answer<ActionView> {
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    if (!stored || (actor.kind === 'agent' && stored.action.proposerId !== actor.id)) return err(NOT_FOUND)
    return ok(await describeAction(ctx, tx, stored))
  })
}

/** Newest first; the cursor is the last id of the page before. */
export async function listActions(
  ctx: Context,
  actor: Actor,
  filter: ActionFilter,
  window: Window,
): Answer<Page<ActionView>> {
  const proposerId = actor.kind === 'agent' ? actor.id : filter.agentId
  const query: ActionQuery = {
    ...(filter.state ? { states: [filter.state] } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.category ? { category: filter.category } : {}),
    ...(proposerId ? { proposerId } : {}),
    ...(window.cursor ? { before: window.cursor } : {}),
    limit: window.limit + 1,
  }
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const rows = await tx.listActions(query)
    const page = rows.slice(0, window.limit)
    const items = await describeActions(ctx, tx, page)
    return ok({ items, nextCursor: rows.length > window.limit ? (page.at(-1)?.action.id ?? null) : null })
  })
}

/** The action as soon as it rests, or as it is when the time is up. Waits outside any transaction. */
export async function awaitResting(ctx: Context, actor: Actor, id: ActionId, waitMs: number): Answer<ActionView> {
  const endsMs = ctx.monotonicMs() + Math.min(MOST_WAIT_MS, Math.max(0, waitMs))
  for (;;) {
    const leftMs = endsMs - ctx.monotonicMs()
    // Asked for before the read: a commit between the two would otherwise be missed.
    const moved = ctx.nextCommit(id, Math.max(0, leftMs))
    const answer = await getAction(ctx, actor, id)
    if (!answer.ok || isResting(answer.value.state) || leftMs <= 0) return answer
    await moved
  }
}

/** What is open for a person. */
export async function listExceptions(ctx: Context, actor: Actor): Answer<readonly ExceptionView[]> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see the exceptions.' })
  const rows = await ctx.store.read(actor.workspaceId, (tx) => tx.openExceptions('all'))
  return ok(rows.map(exceptionView))
}

/** What people said; an agent reads its own, a member everything. */
export async function listFeedback(ctx: Context, actor: Actor, window: Window): Answer<Page<FeedbackView>> {
  const rows = await ctx.store.read(actor.workspaceId, (tx) =>
    tx.listFeedback({
      ...(actor.kind === 'agent' ? { proposerId: actor.id } : {}),
      ...(window.cursor ? { before: window.cursor } : {}),
      limit: window.limit + 1,
    }),
  )
  const page = rows.slice(0, window.limit)
  return ok({
    items: page.map(feedbackView),
    nextCursor: rows.length > window.limit ? (page.at(-1)?.id ?? null) : null,
  })
}

/** Takes back what was learned from one decision. The decision itself stays on record. */
export async function deleteFeedback(ctx: Context, actor: Actor, id: FeedbackId): Answer<void> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'delete_feedback'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can delete feedback.' })
  return await transact<void, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const gone = await tx.deleteFeedback(id)
    if (!gone) return err({ kind: 'not_found', what: 'the feedback' })
    // With what was learned goes its consequence: the same may be proposed again.
    if (gone.decision === 'reject') await tx.lookUps.forgetRejection(gone.actionId)
    await tx.appendEvent({ subject: id, subjectVersion: 1, type: 'feedback_deleted', body: { by: actor.id } })
    return ok(undefined)
  })
}

const feedbackView = (row: FeedbackRow): FeedbackView => ({
  id: row.id,
  actionId: row.actionId,
  kind: row.kind,
  category: row.category,
  decision: row.decision,
  severity: row.severity,
  says: row.says,
  changes: row.changes,
  advice: row.advice,
  by: row.byName,
  at: row.at,
})

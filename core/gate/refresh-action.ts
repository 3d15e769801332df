import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { differencesBetween } from '../domain/differences.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { covers } from '../domain/switches.ts'
import type { Facts, Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import { askJudge } from './ask-judge.ts'
import { readFacts } from './check-action.ts'
import { stoppedBy } from './check-proposal.ts'
import { type Context, transact } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import { evaluateAction } from './evaluate-action.ts'
import type { Answer } from './gate.ts'
import { judgedAnew } from './judged-anew.ts'
import { judgeNow } from './judge-now.ts'
import { moveAction } from './move-action.ts'
import { failureWords, openSession } from './open-session.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView } from './views.ts'

/**
 * Reads the platform for the card of a waiting action: what stands in the way, and what it binds now. A difference
 * becomes part of the payload that waits, so that nobody approves what is no longer there. Everything else is
 * described as it is.
 */
export async function refreshAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Answer<ActionView> {
  const stored = await ctx.store.read(workspaceId, (tx) => tx.loadAction(id))
  if (!stored) return err({ kind: 'not_found', what: 'the action' })
  const kind = ctx.kinds.get(stored.action.kind)
  if (kind && stored.state.state === 'awaiting_approval') {
    const { preflight, facts } = await look(ctx, stored, kind)
    await keep(ctx, stored, kind, preflight, facts)
  }
  return await ctx.store.read<Awaited<Answer<ActionView>>>(workspaceId, async (tx) => {
    const now = await tx.loadAction(id)
    return now ? ok(await describeAction(ctx, tx, now)) : err({ kind: 'not_found', what: 'the action' })
  })
}

async function look(
  ctx: Context,
  stored: StoredAction,
  kind: Kind,
): Promise<{ readonly preflight: readonly string[]; readonly facts: Facts | null }> {
  const { action, payload } = stored
  const session = await openSession(ctx, action.workspaceId, action.connectionId)
  if (!session.ok) return { preflight: [failureWords(action.platform, session.error)], facts: null }
  const facts = await readFacts(ctx, stored, kind)
  if (!facts.ok) return { preflight: [failureWords(action.platform, facts.error)], facts: null }
  const problems = await kind.preflight(payload.input, session.value)
  return {
    preflight: problems.ok ? problems.value : [failureWords(action.platform, problems.error)],
    facts: facts.value,
  }
}

async function keep(
  ctx: Context,
  seen: StoredAction,
  kind: Kind,
  preflight: readonly string[],
  facts: Facts | null,
): Promise<void> {
  const differences = facts ? differencesBetween(seen.payload.facts?.bound ?? [], facts.bound) : []
  const same = (seen.state.remark?.preflight ?? []).join('\n') === preflight.join('\n')
  if (same && differences.length === 0) return
  if (differences.length > 0) await askJudge(ctx, seen.action.workspaceId, seen.action.id, facts)
  await transact(ctx, seen.action.workspaceId, async (tx) => {
    const stored = await tx.loadToMove(seen.action.id)
    if (!stored || stored.state.version !== seen.state.version) return ok(undefined)
    const { action, payload, state } = stored
    const remark = {
      note: state.remark?.note ?? null,
      differences: differences.length > 0 ? differences : (state.remark?.differences ?? []),
      preflight,
    }
    if (differences.length === 0) {
      await moveAction(
        tx,
        stored,
        { state: 'awaiting_approval', remark },
        { type: 'preflight', by: 'gate', body: { problems: preflight.length } },
      )
      return ok(undefined)
    }
    const snapshot = await tx.snapshot()
    const proposed = {
      kind,
      action,
      input: payload.input,
      facts,
    }
    const evaluated = evaluateAction(ctx, snapshot, proposed, tx.now)
    const judged = await judgeNow(ctx, tx, stored.state, evaluated)
    await moveAction(
      tx,
      stored,
      { state: 'awaiting_approval', remark },
      { type: 'drifted', by: 'gate', payload: judgedAnew(stored, evaluated, judged, true) },
    )
    return ok(undefined)
  })
}

/** *Send me a test*: the finished thing, to the member's own address. */
export async function sendTest(ctx: Context, actor: Actor, id: ActionId): Answer<{ readonly to: string }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'decide'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can ask for a test.' })
  const found = await ctx.store.read(actor.workspaceId, async (tx) => ({
    stored: await tx.loadAction(id),
    member: await tx.loadMember(actor.id),
    switches: (await tx.snapshot()).switches,
  }))
  const refusal: Refusal = { kind: 'not_found', what: 'the action' }
  if (!found.stored || !found.member) return err(refusal)
  const { action, payload } = found.stored
  const stop = found.switches.find(({ target }) => covers(target, action))
  if (stop) return err(stoppedBy(stop))
  const kind = ctx.kinds.get(action.kind)
  if (!kind?.sendTest)
    return err({ kind: 'not_now', state: found.stored.state.state, why: 'The platform cannot send a test of this.' })
  const session = await openSession(ctx, actor.workspaceId, action.connectionId)
  if (!session.ok) return err({ kind: 'platform_failed', says: failureWords(action.platform, session.error) })
  const sent = await kind.sendTest(payload.input, found.member.email, session.value)
  return sent.ok
    ? ok({ to: found.member.email })
    : err({ kind: 'platform_failed', says: failureWords(action.platform, sent.error) })
}

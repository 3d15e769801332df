import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, levelNow, type Standing } from '../domain/trust/standing.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import { refuseConsent } from './consent-right.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { giveLevel } from './give-level.ts'
import { grantView, memberNames } from './list-grants.ts'
import type { GrantView } from './promotion-views.ts'
import type { Refusal } from './refusal.ts'

/** A category or a scope, and of it one agent's or one scenario's; absent members: all. */
export type WhichLevels = { readonly what: string; readonly scenario?: string; readonly agentId?: string }

/**
 * A person takes back what runs by itself, at once and without being asked why. What is in flight comes back by the
 * epoch; nothing is proposed for it again until it is handed back.
 */
export async function reclaimLevel(
  ctx: Context,
  actor: Actor,
  which: WhichLevels,
  reason: string | null,
): Answer<readonly GrantView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'reclaim'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can take a level back.' })
  return await transact<readonly GrantView[], Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { standings } = await tx.snapshot()
    const given = standings.filter((standing) => standing.level > 2 && isOne(standing, which))
    if (given.length === 0) return err({ kind: 'not_found', what: `anything that runs by itself in ${which.what}` })
    const after: Standing[] = []
    for (const was of given) {
      const back = { level: 2 as const, byId: actor.id, untilMs: null, reclaimed: levelNow(was, tx.now.getTime()) }
      after.push((await giveLevel(tx, was, was.agentVersion, back, { type: 'reclaimed', by: actor.id, reason })).after)
    }
    const names = await memberNames(tx)
    return ok(after.map((standing) => grantView(standing, names, tx.now)))
  })
}

/** What was taken back, as it was. Refused where it went under full review since. */
export async function handBack(
  ctx: Context,
  actor: Actor,
  which: WhichLevels,
  reason: string | null,
): Answer<readonly GrantView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'grant'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can let something run by itself again.' })
  return await transact<readonly GrantView[], Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const snapshot = await tx.snapshot()
    const { standings, workspace } = snapshot
    const taken = standings.filter((standing) => standing.reclaimed !== null && isOne(standing, which))
    if (taken.length === 0) return err({ kind: 'not_found', what: `anything that was taken back in ${which.what}` })
    if (taken.some(({ reclaimed }) => reclaimed === 5) && !mayDo(actor.role, 'grant_full_delegation'))
      return err({ kind: 'not_permitted', why: 'Only an owner can grant full delegation.' })
    for (const one of taken) {
      const beyond = refuseConsent(ctx, snapshot, actor, one, tx.now)
      if (beyond) return err(beyond)
    }
    if (taken.some(({ isLocked }) => isLocked))
      return err({ kind: 'not_earned', missing: ['It went under full review since; it has to be earned again.'] })
    const untilMs = nextQuarterlyReview(tx.now, workspace.timeZone).getTime()
    const after: Standing[] = []
    for (const was of taken) {
      const back = { level: was.reclaimed ?? 2, byId: actor.id, untilMs }
      after.push(
        (await giveLevel(tx, was, was.agentVersion, back, { type: 'handed_back', by: actor.id, reason })).after,
      )
    }
    const names = await memberNames(tx)
    return ok(after.map((standing) => grantView(standing, names, tx.now)))
  })
}

const isOne = (standing: Standing, { what, scenario, agentId }: WhichLevels): boolean =>
  standing.agentId !== ALL &&
  (standing.scope === what || categoryOfScope(standing.scope) === what) &&
  (scenario === undefined || standing.scenario === scenario) &&
  (agentId === undefined || standing.agentId === agentId)

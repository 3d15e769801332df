import type { Actor } from '../domain/people.ts'
import { ok } from '../domain/result.ts'
import { ALL, boundsOf, levelNow, type Standing, standingLevel } from '../domain/trust/standing.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { agreementWords, observedAgreement } from './observed-agreement.ts'
import type { GrantView } from './promotion-views.ts'

/** Every level that was given in the workspace; an agent sees its own. */
export async function listGrants(ctx: Context, actor: Actor): Answer<readonly GrantView[]> {
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const [{ standings }, names] = await Promise.all([tx.snapshot(), memberNames(tx)])
    const shown = standings.filter(
      ({ agentId, level }) =>
        (agentId !== ALL || level < 5) && (actor.kind === 'member' || agentId === actor.id || agentId === ALL),
    )
    return ok(
      await Promise.all(
        shown.map(async (standing) => {
          const view = grantView(standing, names, tx.now, standings)
          if (standing.agentId !== ALL || standing.level > 1) return view
          const agreement = await observedAgreement(ctx, tx, standing.scope, new Date(standing.atMs))
          return { ...view, observed: { ...agreement, says: agreementWords(agreement) } }
        }),
      ),
    )
  })
}

export async function memberNames(tx: Transaction): Promise<ReadonlyMap<string, string>> {
  return new Map((await tx.listMembers()).map(({ id, name }) => [id, name]))
}

/** `beside`: what else is given, where it may bound this one. */
export function grantView(
  standing: Standing,
  names: ReadonlyMap<string, string>,
  now: Date,
  beside: readonly Standing[] = [],
): GrantView {
  const level = levelNow(standing, now.getTime())
  const own = standingLevel(standing)
  const most = boundsOf(beside, standing, now.getTime()).grant ?? own
  const bound = most < own ? most : own
  return {
    scope: standing.scope,
    scenario: standing.scenario,
    agentId: standing.agentId,
    level,
    inForce: level < bound ? level : bound,
    by: standing.byId === null ? null : (names.get(standing.byId) ?? standing.byId),
    at: new Date(standing.atMs),
    until: standing.untilMs === null ? null : new Date(standing.untilMs),
    reclaimed: standing.reclaimed,
    observed: null,
  }
}

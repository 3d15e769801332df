import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, levelNow, type Standing } from '../domain/trust/standing.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { policyInForce } from './evaluate-action.ts'
import { giveLevel } from './give-level.ts'
import { OUTCOMES_WITHIN_DAYS, type ScopeBenchmarks, scopeBenchmarks } from './scope-outcomes.ts'
import { withdrawConsent } from './tell-demotion.ts'
import { tellPeople } from './tell-people.ts'
import { scenarioWords, scopeWords } from './trust-words.ts'

const PERIODS_MISSED = 2

/**
 * Brings down to level 3 what acts above it where a benchmark was missed in two periods in a row, or the outcomes do not
 * arrive: what nobody can see is not known to be good. The evidence stays, so that it is proposed again once they are met.
 */
export async function watchBenchmarks(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  const isAny = await ctx.store.read(workspaceId, async (tx) => {
    const snapshot = await tx.snapshot()
    const hasBenchmarks = (policyInForce(ctx, snapshot).document.benchmarks ?? []).length > 0
    return hasBenchmarks && snapshot.standings.some((standing) => isHigh(standing, tx.now))
  })
  if (!isAny) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const snapshot = await tx.snapshot()
    const policy = policyInForce(ctx, snapshot).document
    const high = snapshot.standings.filter((standing) => isHigh(standing, tx.now))
    for (const scope of new Set(high.map((standing) => standing.scope))) {
      const state = await scopeBenchmarks(tx, policy, scope)
      const why = state && whyLowered(state)
      if (!why) continue
      for (const standing of high.filter((one) => one.scope === scope)) await lower(ctx, tx, standing, why)
    }
    return ok(undefined)
  })
}

const isHigh = (standing: Standing, now: Date): boolean =>
  standing.agentId !== ALL && levelNow(standing, now.getTime()) >= 4

function whyLowered({ periodsMissed, delayDays }: ScopeBenchmarks): string | null {
  if (periodsMissed >= PERIODS_MISSED) return `A benchmark was missed in ${periodsMissed} periods in a row.`
  if ((delayDays ?? 0) > OUTCOMES_WITHIN_DAYS)
    return `Its outcomes are ${delayDays} days late or more; at most ${OUTCOMES_WITHIN_DAYS} days may pass.`
  return null
}

async function lower(ctx: Context, tx: Move, standing: Standing, why: string): Promise<void> {
  const { scope, scenario, agentId, agentVersion, untilMs } = standing
  await giveLevel(
    tx,
    standing,
    agentVersion,
    { level: 3, byId: null, untilMs },
    { type: 'benchmark_missed', by: 'gate' },
  )
  const category = categoryOfScope(scope)
  await withdrawConsent(tx, category, 'a missed benchmark in this category')
  await tellPeople(ctx, tx, 'benchmark_missed', `${scope}/${scenario}/${agentId}/${tx.now.toISOString()}`, {
    title: `${scopeWords(scope)}: back to acting with notice`,
    lines: [
      `${scenarioWords(scenario)}: ${why}`,
      'What it does from now on is shown to you with an undo.',
      'Its evidence stays: once the benchmarks are met again, the next level can be proposed anew.',
    ],
    key: { scope, scenario, agentId },
  })
}

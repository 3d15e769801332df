import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, levelNow, type Standing } from '../domain/trust/standing.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { policyInForce } from './policy-at.ts'
import { giveLevel } from './give-level.ts'
import { OUTCOMES_WITHIN_DAYS } from '../domain/trust/service-gates.ts'
import { type ScopeBenchmarks, scopeBenchmarks } from './scope-outcomes.ts'
import { withdrawConsent } from './tell-demotion.ts'
import { tellPeople } from './tell-people.ts'
import { scenarioWords, scopeWords } from './trust-words.ts'

const PERIODS_MISSED = 2

/**
 * Brings down to level 3 what acts above it where a benchmark was missed in two periods in a row, or the outcomes do not
 * arrive: what nobody can see is not known to be good. The evidence stays, so that it is proposed again once they are met.
 */
export async function watchBenchmarks(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  // Looked at here first: under the control row nothing else can move.
  const wanting = await ctx.store.read(workspaceId, async (tx) => {
    const snapshot = await tx.snapshot()
    const policy = policyInForce(ctx, snapshot).document
    const scopes = new Set(snapshot.standings.filter((one) => isHigh(one, tx.now)).map(({ scope }) => scope))
    const found: string[] = []
    for (const scope of scopes) if (whyLowered(await scopeBenchmarks(tx, policy, scope)) !== null) found.push(scope)
    return found
  })
  for (const scope of wanting) await lowerScope(ctx, workspaceId, scope)
}

async function lowerScope(ctx: Context, workspaceId: WorkspaceId, scope: string): Promise<void> {
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const snapshot = await tx.snapshot()
    const why = whyLowered(await scopeBenchmarks(tx, policyInForce(ctx, snapshot).document, scope))
    const high = snapshot.standings.filter((one) => one.scope === scope && isHigh(one, tx.now))
    if (why === null || high.length === 0) return ok(undefined)
    for (const standing of high) {
      const { agentVersion, untilMs } = standing
      const by = { type: 'benchmark_missed', by: 'gate' } as const
      await giveLevel(tx, standing, agentVersion, { level: 3, byId: null, untilMs }, by)
    }
    await withdrawConsent(tx, categoryOfScope(scope), why)
    await tellLowered(ctx, tx, scope, high, why)
    return ok(undefined)
  })
}

const isHigh = (standing: Standing, now: Date): boolean =>
  standing.agentId !== ALL && levelNow(standing, now.getTime()) >= 4

function whyLowered(state: ScopeBenchmarks | null): string | null {
  if (state === null) return null
  const { periodsMissed, delayDays } = state
  if (periodsMissed >= PERIODS_MISSED) return `A benchmark was missed in ${periodsMissed} periods in a row.`
  if ((delayDays ?? 0) > OUTCOMES_WITHIN_DAYS)
    return `Outcomes take ${delayDays} days or more, or do not come; at most ${OUTCOMES_WITHIN_DAYS} days may pass.`
  return null
}

async function tellLowered(
  ctx: Context,
  tx: Move,
  scope: string,
  lowered: readonly Standing[],
  why: string,
): Promise<void> {
  const scenarios = [...new Set(lowered.map(({ scenario }) => scenarioWords(scenario)))]
  await tellPeople(ctx, tx, 'benchmark_missed', `${scope}/${tx.now.toISOString()}`, {
    title: `${scopeWords(scope)}: back to acting with notice`,
    lines: [
      `${scenarios.join(', ')}: ${why}`,
      'What it does from now on is shown to you with an undo.',
      'Its evidence stays: once the outcomes are as they should be, the next level can be proposed anew.',
    ],
    category: categoryOfScope(scope),
  })
}

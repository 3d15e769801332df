import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, levelNow, type Standing } from '../domain/trust/standing.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { policyOfCell } from './policy-that-holds.ts'
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
  const wanting = await ctx.store.read(workspaceId, async (tx) => await tooHigh(ctx, tx, null))
  for (const scope of new Set(wanting.map(({ standing }) => standing.scope))) await lowerScope(ctx, workspaceId, scope)
}

async function lowerScope(ctx: Context, workspaceId: WorkspaceId, scope: string): Promise<void> {
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const high = await tooHigh(ctx, tx, scope)
    const [first] = high
    if (!first) return ok(undefined)
    for (const { standing } of high) {
      const { agentVersion, untilMs } = standing
      const by = { type: 'benchmark_missed', by: 'gate' } as const
      await giveLevel(tx, standing, agentVersion, { level: 3, byId: null, untilMs }, by)
    }
    await withdrawConsent(tx, categoryOfScope(scope), first.why)
    await tellLowered(ctx, tx, scope, high)
    return ok(undefined)
  })
}

type TooHigh = { readonly standing: Standing; readonly why: string }

/** What acts above level 3 and should not, by the benchmarks of the policy that holds for it; null: in every scope. */
async function tooHigh(
  ctx: Pick<Context, 'kinds' | 'compiled'>,
  tx: Transaction,
  scope: string | null,
): Promise<readonly TooHigh[]> {
  const snapshot = await tx.snapshot()
  const high = snapshot.standings
    .filter((standing) => isHigh(standing, tx.now) && (scope === null || standing.scope === scope))
    .map((standing) => ({ standing, holding: policyOfCell(ctx, snapshot, standing) }))
  const found: TooHigh[] = []
  for (const one of new Set(high.map(({ standing }) => standing.scope))) {
    const own = high.filter(({ standing }) => standing.scope === one)
    for (const [version, holding] of new Map(own.map((each) => [each.holding.version, each.holding]))) {
      const why = whyLowered(await scopeBenchmarks(tx, holding, one))
      if (why === null) continue
      found.push(...own.filter((each) => each.holding.version === version).map(({ standing }) => ({ standing, why })))
    }
  }
  return found
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

async function tellLowered(ctx: Context, tx: Move, scope: string, lowered: readonly TooHigh[]): Promise<void> {
  const lines = [...new Set(lowered.map(({ why }) => why))].map((why) => {
    const own = lowered.filter((one) => one.why === why).map(({ standing }) => scenarioWords(standing.scenario))
    return `${[...new Set(own)].join(', ')}: ${why}`
  })
  await tellPeople(ctx, tx, 'benchmark_missed', `${scope}/${tx.now.toISOString()}`, {
    title: `${scopeWords(scope)}: back to acting with notice`,
    lines: [
      ...lines,
      'What it does from now on is shown to you with an undo.',
      'Its evidence stays: once the outcomes are as they should be, the next level can be proposed anew.',
    ],
    category: categoryOfScope(scope),
  })
}

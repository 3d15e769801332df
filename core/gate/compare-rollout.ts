import { ALL, highestLevel } from '../domain/trust/standing.ts'
import { BANDS } from '../domain/band.ts'
import { CATEGORIES } from '../domain/category.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import {
  compareWithBaseline,
  COMPARISON_RULE,
  type ComparisonVerdict,
} from '../domain/rollout/compare-with-baseline.ts'
import { WEEK_FOUR_DAYS } from '../domain/rollout/phases.ts'
import type { ScopeRuns } from '../ports/trust.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import type { RolloutComparisonView } from './rollout-views.ts'
import { scopeWords } from './trust-words.ts'

const MS_PER_DAY = 86_400_000
/** What is compared: as far back as a score looks. */
const LOOKED_BACK_DAYS = 365

const SCOPES: readonly string[] = CATEGORIES.flatMap((category) => BANDS.map((band) => `${category}.${band}`))

/** What acts by itself in a scope, against the approvals before it. */
export async function compareRollout(ctx: Context, actor: Actor, scope: string): Answer<RolloutComparisonView> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see how a rollout goes.' })
  if (!SCOPES.includes(scope)) return err({ kind: 'not_found', what: `a scope named ${scope}` })
  return await ctx.store.read<Result<RolloutComparisonView, Refusal>>(actor.workspaceId, async (tx) => {
    const [{ standings }, runs] = [await tx.snapshot(), await runsOf(ctx, tx, scope)]
    const due = dueAt(runs)
    const comparison = compareWithBaseline(runs.baseline, runs.autonomous)
    return ok({
      ...comparison,
      ...runs,
      scope,
      level: highestLevel(
        standings.filter((one) => one.scope === scope && one.agentId !== ALL),
        tx.now,
      ),
      dueAt: due,
      isDue: due !== null && due <= tx.now,
      rule: COMPARISON_RULE,
      says: `${scopeWords(scope)}: ${said(runs, comparison.says)}`,
    })
  })
}

/** The verdict of a scope; null: it acts by itself for less than four weeks, or not at all. */
export async function verdictAtWeekFour(
  ctx: Context,
  tx: Transaction,
  scope: string,
): Promise<ComparisonVerdict | null> {
  const runs = await runsOf(ctx, tx, scope)
  const due = dueAt(runs)
  return due !== null && due <= tx.now ? compareWithBaseline(runs.baseline, runs.autonomous).verdict : null
}

/** Without what is only prepared: that runs without a person from level 2 up. */
const runsOf = (ctx: Context, tx: Transaction, scope: string): Promise<ScopeRuns> =>
  tx.trust.runsOf(scope, {
    after: new Date(tx.now.getTime() - LOOKED_BACK_DAYS * MS_PER_DAY),
    leftOut: ctx.kinds.all.filter(({ effect }) => effect.preparing).map(({ id }) => id),
  })

const dueAt = ({ since }: ScopeRuns): Date | null => since && new Date(since.getTime() + WEEK_FOUR_DAYS * MS_PER_DAY)

function said({ since, baseline }: ScopeRuns, compared: string): string {
  if (since !== null) return compared
  const { judged, overridden } = baseline
  return `nothing acted by itself yet. People decided ${judged}, and overrode ${overridden} of them.`
}

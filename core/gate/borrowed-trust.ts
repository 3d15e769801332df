import type { Category } from '../domain/category.ts'
import type { Risk } from '../domain/effect.ts'
import { mergeDays } from '../domain/trust/day-sums.ts'
import { penaltyPoints } from '../domain/trust/penalty.ts'
import { poolingPrior, type Tally } from '../domain/trust/pooling.ts'
import { approvalLcb, displayed } from '../domain/trust/score.ts'
import { attributionOf, categoryOfScope, scopeWindow, type TrustDay } from '../domain/trust/scope-score.ts'
import type { DayNumber } from '../domain/trust/score-window.ts'
import { ALL, type Standing, standingLevel } from '../domain/trust/standing.ts'
import { scoreWithTransfer, type TransferSource, transferPrior } from '../domain/trust/transfer.ts'
import type { Kinds } from '../ports/kind.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import type { PolicyDocument } from '../rules/policy.ts'

/**
 * How surely one kind of work is approved (the 10 % quantile of its share, 0 to 1), where few decisions of its own lean on
 * those of its siblings in the scope. It is shown, and enters no gate. Section 5.6.
 */
export function competenceOf(scenario: string, days: readonly TrustDay[]): number {
  const names = [...new Set(days.map((day) => day.scenario))]
  const tallyOf = (own: readonly TrustDay[]): Tally => {
    const { approvalQuarters, rejections } = mergeDays(own.map(({ sums }) => sums))
    return { approvals: approvalQuarters / 4, rejections }
  }
  const siblings = names.map((name) => tallyOf(days.filter((day) => day.scenario === name)))
  const own = tallyOf(days.filter((day) => day.scenario === scenario))
  return approvalLcb(own.approvals, own.rejections, poolingPrior(tallyOf(days), siblings))
}

export type HeadStart = {
  /** The category that it resembles. */
  readonly from: Category
  /** The score with it, whole points, at most 59. */
  readonly score: number
}

const RISKS: readonly Risk[] = ['low', 'medium', 'high']
const DAYS_LOOKED_AT = 90
const SERIOUS_MICROS = 1_000_000

/**
 * The head start that a scope has from a category that the policy declares to be like it; null: none, or it gives
 * nothing. It is shown, and never leaves Review by itself. Section 5.6.
 */
export function headStartOf(
  policy: PolicyDocument,
  kinds: Kinds,
  { scope, cells, days }: ScopeTrust,
  all: readonly ScopeTrust[],
  standings: readonly Standing[],
  today: DayNumber,
): HeadStart | null {
  const category = categoryOfScope(scope.scope)
  const window = scopeWindow(days, cells, today)
  const own = window.counted.approvalQuarters / 4 + window.counted.rejections
  const starts = (policy.similar ?? []).flatMap(({ category: target, from, similarity }): readonly HeadStart[] => {
    if (target !== category) return []
    const source = sourceOf(from, kinds, all, standings, today)
    const prior = transferPrior(source, riskOf(kinds, category), similarity, own)
    const points = penaltyPoints(scope.penalty)
    return [{ from, score: displayed(scoreWithTransfer(window.weighed, attributionOf(category), points, prior)) }]
  })
  const best = starts.toSorted((a, b) => b.score - a.score)[0]
  const alone = displayed(
    scoreWithTransfer(window.weighed, attributionOf(category), penaltyPoints(scope.penalty), {
      strength: 0,
      mean: 0.5,
    }),
  )
  return best && best.score > alone ? best : null
}

function sourceOf(
  category: Category,
  kinds: Kinds,
  all: readonly ScopeTrust[],
  standings: readonly Standing[],
  today: DayNumber,
): TransferSource {
  const own = all.filter(({ scope }) => categoryOfScope(scope.scope) === category)
  const sums = mergeDays(own.map(({ days, cells }) => scopeWindow(days, cells, today).counted))
  const levels = standings
    .filter(({ scope, agentId }) => agentId !== ALL && categoryOfScope(scope) === category)
    .map(standingLevel)
  // Of a day only the sum is kept: two small errors on one day are taken for a serious one.
  const serious = own
    .flatMap(({ days }) => days)
    .filter(({ day, sums: its }) => today - day < DAYS_LOOKED_AT && its.severityMicros >= SERIOUS_MICROS)
    .map(({ day }) => today - day)
  return {
    approvals: sums.approvalQuarters / 4,
    rejections: sums.rejections,
    level: levels.toSorted((a, b) => b - a)[0] ?? 2,
    risk: riskOf(kinds, category),
    daysSinceSeriousError: serious.length === 0 ? null : Math.min(...serious),
  }
}

/** The highest of its kinds; of a category without a kind the highest there is. */
function riskOf(kinds: Kinds, category: string): Risk {
  const own = kinds.all.filter((kind) => kind.category === category).map(({ risk }) => risk)
  return RISKS.findLast((risk) => own.includes(risk)) ?? 'high'
}

import { CATEGORIES, type Category } from '../category.ts'
import type { Attribution } from './attribution-signal.ts'
import { earlierWeight } from './changed-agent.ts'
import { addScoreSums, type DaySums, mergeDays, type ScoreSums, scoreSums } from './day-sums.ts'
import { type DayNumber, scoreWindow } from './score-window.ts'

/** What one day added to one cell, while its agent was worded in one way. */
export type TrustDay = {
  readonly scenario: string
  readonly agentVersion: string
  /** How often the wording had changed by then. */
  readonly wordingChanges: number
  readonly day: DayNumber
  readonly sums: DaySums
}

/** What of a cell decides how much its earlier decisions still weigh. */
export type CellAge = {
  readonly scenario: string
  readonly agentId: string
  readonly agentVersion: string
  readonly wordingChanges: number
  readonly countedAtMs: number
}

export type ScopeWindow = {
  /** As they were counted, each as one. */
  readonly counted: DaySums
  /** As they weigh in the score. */
  readonly weighed: ScoreSums
}

/**
 * The window of a scope over all its cells (section 3). Decisions before a change of wording weigh 0.75 for each
 * change, those of another version of the agent 0.5 for each version that was counted since (section 5.4).
 */
export function scopeWindow(days: readonly TrustDay[], cells: readonly CellAge[], today: DayNumber): ScopeWindow {
  const known = days.filter(({ day }) => day <= today)
  const { from, sums: counted } = scoreWindow(newestFirst(known), today)
  const inside = from === null ? [] : known.filter(({ day }) => day >= from)
  const weights = versionWeights(cells)
  const groups = new Map<string, TrustDay[]>()
  for (const day of inside) {
    const name = `${day.scenario}\n${day.agentVersion}\n${String(day.wordingChanges).padStart(9, '0')}`
    groups.set(name, [...(groups.get(name) ?? []), day])
  }
  // Sorted: a sum of fractions depends on its order.
  const parts = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => weighed(group, cells, weights))
  return { counted, weighed: addScoreSums(parts) }
}

function weighed(
  group: readonly TrustDay[],
  cells: readonly CellAge[],
  weights: ReadonlyMap<string, number>,
): ScoreSums {
  const [first] = group
  const cell = cells.find(
    ({ scenario, agentVersion }) => scenario === first?.scenario && agentVersion === first.agentVersion,
  )
  const changes = Math.max(0, (cell?.wordingChanges ?? 0) - (first?.wordingChanges ?? 0))
  const factor = earlierWeight(Array.from({ length: changes }, () => 'wording' as const))
  return scoreSums(mergeDays(group.map(({ sums }) => sums)), factor * (weights.get(first?.agentVersion ?? '') ?? 1))
}

/** Of each agent the version that was counted last weighs fully, the one before it half, and so on. */
function versionWeights(cells: readonly CellAge[]): ReadonlyMap<string, number> {
  const newest = new Map<string, CellAge>()
  for (const cell of cells) {
    const known = newest.get(cell.agentVersion)
    if (!known || cell.countedAtMs > known.countedAtMs) newest.set(cell.agentVersion, cell)
  }
  const ofAgent = new Map<string, number>()
  const weights = new Map<string, number>()
  const versions = [...newest.values()].sort(
    (a, b) => b.countedAtMs - a.countedAtMs || (a.agentVersion < b.agentVersion ? -1 : 1),
  )
  for (const { agentId, agentVersion } of versions) {
    const since = ofAgent.get(agentId) ?? 0
    weights.set(agentVersion, earlierWeight(Array.from({ length: since }, () => 'model' as const)))
    ofAgent.set(agentId, since + 1)
  }
  return weights
}

function newestFirst(days: readonly TrustDay[]) {
  const byDay = new Map<DayNumber, DaySums[]>()
  for (const { day, sums } of days) byDay.set(day, [...(byDay.get(day) ?? []), sums])
  return [...byDay].sort(([a], [b]) => b - a).map(([day, sums]) => ({ day, sums: mergeDays(sums) }))
}

/** Nothing that a customer does can be traced to these. Section 4.5. */
const WITHOUT_OUTCOME: readonly Category[] = ['knowledge_base', 'crm_update']

/** What is known of a category's outcomes: none of the others has an outcome feed yet. */
export const attributionOf = (category: string): Attribution =>
  WITHOUT_OUTCOME.some((known) => known === category) ? { kind: 'not_applicable' } : { kind: 'pending' }

/** The category of a scope, which is named `category.band`. */
export const categoryOfScope = (scope: string): string => scope.split('.')[0] ?? scope

/** Null: it is no category of ours. */
export const knownCategory = (scope: string): Category | null =>
  CATEGORIES.find((category) => category === categoryOfScope(scope)) ?? null

import { type CategoryLock } from '../domain/trust/category-lock.ts'
import type { CellState } from '../domain/trust/cell-state.ts'
import { type Gate, type GateName, notYet } from '../domain/trust/gate.ts'
import { gatesFor } from '../domain/trust/gates.ts'
import type { EarnedLevel } from '../domain/trust/promotion-test.ts'
import type { ServiceEvidence } from '../domain/trust/service-gates.ts'

/** Gates of which nothing is recorded yet; each is listed, and none is said to hold. */
const NOT_RECORDED: Partial<Record<GateName, string>> = {
  service_level: 'What is due and when it was done is not measured yet.',
  benchmarks: 'Goals cannot be set yet.',
  walls: 'Which guardrails hold here is not looked at yet.',
  kpi: 'Nothing was compared with a control group yet.',
  audit_log: 'Whether the record is complete is not looked at here yet.',
  theatre: 'How fast approvals come is not followed for each reviewer yet.',
  override_trend: 'Whether overrides rise is not followed yet.',
  error_recovery: 'Which mistakes came back is not followed yet.',
  ceiling: 'The ceiling depends on the single action.',
}

const NO_SERVICE: ServiceEvidence = {
  last30: null,
  windows: [],
  hasBenchmarks: false,
  outcomeDelayDays: null,
  movesMoney: false,
  walls: { budget: 'missing', brand_voice: 'missing', channels: 'missing', topics: 'missing' },
  kpi: {
    reallocates: false,
    canRandomise: false,
    expectedConversionsIn90Days: 0,
    lift: null,
    positiveCohorts: 0,
    periodsMet: 0,
    reviewsMet: 0,
    isWorseThanApproved: null,
  },
  auditLog: 'incomplete',
}

export type KnownEvidence = {
  readonly cell: CellState
  readonly cellName: string
  readonly score: number
  readonly categoryCycles: number
  readonly isStale: boolean
  readonly lock: CategoryLock | null
}

/** The gates of the step to this level, as far as there is evidence; of the others that there is none yet. */
export const knownGates = (to: EarnedLevel, known: KnownEvidence): readonly Gate[] =>
  gatesFor(to, {
    cell: known.cell,
    score: known.score,
    categoryCycles: known.categoryCycles,
    service: NO_SERVICE,
    people: { isTheatre: false, isOverridingMore: false, errors: 0, learned: 0 },
    place: { isStale: known.isStale, ceiling: 5, isPaused: false, lock: known.lock, cellName: known.cellName },
    consent: null,
  }).map((gate) => {
    const says = NOT_RECORDED[gate.name]
    return says === undefined ? gate : notYet(gate.name, gate.needs, says)
  })

import { type Gate, type GateLimits, gate, notYet, percent } from './gate.ts'
import type { EarnedLevel } from './promotion-test.ts'
import { type WallsEvidence, wallsGate } from './walls-gate.ts'

/** Due actions carried out within their slot and exceptions reported in time, of all that were due. */
export type Kept = { readonly kept: number; readonly due: number }

export type KpiEvidence = {
  /** Budget or channels are moved: a control is then always needed. */
  readonly reallocates: boolean
  /** Whether recipients can be divided by chance into treatment and control. */
  readonly canRandomise: boolean
  readonly expectedConversionsIn90Days: number
  /** What section 8 says now; null: no conversion was observed yet. */
  readonly lift: { readonly isConfirmed: boolean; readonly isLossConfirmed: boolean } | null
  readonly positiveCohorts: number
  /** Consecutive periods, and reviews, in which the benchmarks were met, up to the newest. */
  readonly periodsMet: number
  readonly reviewsMet: number
  /** Against the time when everything was approved; null: not known yet. */
  readonly isWorseThanApproved: boolean | null
}

export type ServiceEvidence = WallsEvidence & {
  /** Of the last 30 due; null: nothing was due yet. */
  readonly last30: Kept | null
  /** The 30-day windows that are complete, newest first. */
  readonly windows: readonly Kept[]
  readonly hasBenchmarks: boolean
  /** Days until the outcomes arrive; null: they never did. */
  readonly outcomeDelayDays: number | null
  readonly kpi: KpiEvidence
  readonly auditLog: 'complete_and_verified' | 'complete' | 'incomplete'
}

/** Outcomes that are later than this are no feed. Sections 5.2 and 5.5. */
export const OUTCOMES_WITHIN_DAYS = 7
const CONVERSIONS_FOR_CONTROL = 400
const COHORTS = 2
const IN_A_ROW = 3

/** The gates that the scope and its surroundings decide. Section 5.2. */
export const serviceGates = (to: EarnedLevel, limits: GateLimits, service: ServiceEvidence): readonly Gate[] => [
  to === 3 ? lastDueGate(service.last30, limits.serviceLevel) : windowsGate(service.windows, limits.serviceLevel),
  benchmarksGate(service),
  wallsGate(service),
  kpiGate(to, service.kpi),
  auditLogGate(to, service.auditLog),
]

function lastDueGate(last30: Kept | null, needs: number): Gate {
  if (last30 === null || last30.due === 0) return notYet('service_level', needs, 'Nothing was due yet.')
  const share = last30.kept / last30.due
  return gate(
    'service_level',
    share >= needs,
    share,
    needs,
    `${last30.kept} of the last ${last30.due} due were carried out in time; ${percent(needs)} is needed.`,
  )
}

function windowsGate(windows: readonly Kept[], needs: number): Gate {
  const [newest, before] = windows
  if (windows.every(({ due }) => due === 0)) return notYet('service_level', needs, 'Nothing was due yet.')
  // A month in which nothing was due says nothing; it does not hide the other.
  const share = ({ kept, due }: Kept): number => (due === 0 ? 1 : kept / due)
  const has = newest && before ? Math.min(share(newest), share(before)) : null
  if (has !== null && has >= needs && (newest?.due === 0 || before?.due === 0))
    return notYet('service_level', needs, 'In one of the last two months nothing was due.')
  return gate(
    'service_level',
    has !== null && has >= needs,
    has,
    needs,
    has === null
      ? `Two months in a row with ${percent(needs)} in time are needed; there is one so far.`
      : `In the weaker of the last two months ${percent(has)} was carried out in time; ${percent(needs)} is needed.`,
  )
}

function benchmarksGate({ hasBenchmarks, outcomeDelayDays }: ServiceEvidence): Gate {
  const holds = hasBenchmarks && outcomeDelayDays !== null && outcomeDelayDays <= OUTCOMES_WITHIN_DAYS
  const says = !hasBenchmarks
    ? 'No benchmarks are set for this yet.'
    : outcomeDelayDays === null
      ? 'Benchmarks are set, but no outcomes arrive yet.'
      : `Benchmarks are set, and outcomes arrive after ${outcomeDelayDays} days; at most ${OUTCOMES_WITHIN_DAYS} may pass.`
  return gate('benchmarks', holds, outcomeDelayDays, OUTCOMES_WITHIN_DAYS, says)
}

/** Whether the lift must be shown against a control group. Section 5.2. */
export const needsControl = (kpi: KpiEvidence): boolean =>
  kpi.reallocates || (kpi.canRandomise && kpi.expectedConversionsIn90Days >= CONVERSIONS_FOR_CONTROL)

function kpiGate(to: EarnedLevel, kpi: KpiEvidence): Gate {
  if (to === 3) {
    if (kpi.lift === null) return notYet('kpi', 0, 'Nothing was compared with a control group yet.')
    const says = kpi.lift.isLossConfirmed ? 'Against the control group a loss is confirmed.' : 'No loss is confirmed.'
    return gate('kpi', !kpi.lift.isLossConfirmed, kpi.lift.isLossConfirmed ? 1 : 0, 0, says)
  }
  if (to === 5) {
    const says = `Goals were met in ${kpi.reviewsMet} reviews in a row; ${IN_A_ROW} are needed.`
    return gate('kpi', kpi.reviewsMet >= IN_A_ROW, kpi.reviewsMet, IN_A_ROW, says)
  }
  if (needsControl(kpi)) {
    const isConfirmed = kpi.lift?.isConfirmed ?? false
    const says = `The lift against the control group is ${isConfirmed ? '' : 'not '}confirmed, positive in ${kpi.positiveCohorts} groups; ${COHORTS} are needed.`
    return gate('kpi', isConfirmed && kpi.positiveCohorts >= COHORTS, kpi.positiveCohorts, COHORTS, says)
  }
  const compared =
    kpi.isWorseThanApproved === null
      ? 'not compared yet with'
      : kpi.isWorseThanApproved
        ? 'worse than'
        : 'not worse than'
  const says = `Benchmarks were met in ${kpi.periodsMet} periods in a row, ${IN_A_ROW} are needed; results are ${compared} when everything was approved.`
  const holds = kpi.periodsMet >= IN_A_ROW && kpi.isWorseThanApproved === false
  return gate('kpi', holds, kpi.periodsMet, IN_A_ROW, says)
}

function auditLogGate(to: EarnedLevel, log: ServiceEvidence['auditLog']): Gate {
  const steps = { incomplete: 0, complete: 1, complete_and_verified: 2 } as const
  const needs = to === 5 ? 2 : 1
  const says = {
    incomplete: 'The record of actions has gaps, or was changed.',
    complete: `The record of actions is complete${needs === 2 ? ', but not verified' : ''}.`,
    complete_and_verified: 'The record of actions is complete and verified.',
  }
  return gate('audit_log', steps[log] >= needs, steps[log], needs, says[log])
}

import type { MemberId } from '../../core/domain/ids.ts'
import { atLevel, type CellState, startCell } from '../../core/domain/trust/cell-state.ts'
import type { Consent } from '../../core/domain/trust/consent.ts'
import type { GateEvidence } from '../../core/domain/trust/gates.ts'
import { nextCell } from '../../core/domain/trust/next-cell.ts'
import type { EarnedLevel } from '../../core/domain/trust/promotion-test.ts'
import { cellDecision, cleanApproval } from './any-decision.ts'

// safe: the id has the shape that `isId` asks for.
const MEMBER = 'mem_1' as MemberId

export const explicit = (to: EarnedLevel): Consent => ({ kind: 'explicit', by: MEMBER, to })
export const standing = (upTo: EarnedLevel, isWithdrawn = false): Consent => ({
  kind: 'standing',
  by: MEMBER,
  upTo,
  isWithdrawn,
})

/** A cell one level below, after so many clean decisions at its level. */
export function cellBefore(to: EarnedLevel, clean = 150): CellState {
  const level = to === 3 ? 2 : to === 4 ? 3 : 4
  const decision = cellDecision(cleanApproval(), { ranAtLevel: level > 2 ? level : null, sensitiveAsked: false })
  let cell = atLevel(startCell(null), level)
  for (let n = 0; n < clean; n += 1) cell = nextCell(cell, decision)
  const edgeCases = { warranted: 10, unwarranted: 0, missed: 0, missedSerious: 0, kinds: ['a', 'b', 'c'] }
  return { ...cell, edgeCases }
}

/** Evidence for which every gate of the step holds. */
export const everythingHolds = (to: EarnedLevel): GateEvidence => ({
  cell: cellBefore(to),
  score: 90,
  categoryCycles: 150,
  service: {
    last30: { kept: 30, due: 30 },
    windows: [
      { kept: 20, due: 20 },
      { kept: 20, due: 20 },
    ],
    hasBenchmarks: true,
    outcomeDelayDays: 2,
    movesMoney: true,
    of: 'CRM updates',
    walls: { budget: 'enforced', brand_voice: 'enforced', channels: 'enforced', topics: 'enforced' },
    kpi: {
      reallocates: false,
      canRandomise: true,
      expectedConversionsIn90Days: 400,
      lift: { isConfirmed: true, isLossConfirmed: false },
      positiveCohorts: 2,
      periodsMet: 3,
      reviewsMet: 3,
      isWorseThanApproved: false,
    },
    auditLog: 'complete_and_verified',
  },
  people: { isTheatre: false, isOverridingMore: false, errors: 5, learned: 4 },
  place: { isStale: false, ceiling: 5, isPaused: false, lock: null, cellName: 'one' },
  consent: explicit(to),
})

import type { Level } from '../ceiling.ts'
import { type CategoryLock, decisionsUntilOthers, mayProposeUnder } from './category-lock.ts'
import { type CellEvidence, cellGates } from './cell-gates.ts'
import { type Consent, covers } from './consent.ts'
import { type Gate, gate, gateLimits, type OwnLimits } from './gate.ts'
import type { EarnedLevel } from './promotion-test.ts'
import { type ServiceEvidence, serviceGates } from './service-gates.ts'

export type PeopleEvidence = {
  /** Whether the reviewer approves without reading. Section 4.4. */
  readonly isTheatre: boolean
  /** Whether people override more than they did. Section 5.4. */
  readonly isOverridingMore: boolean
  readonly errors: number
  /** Of the errors, those whose reason did not come back. */
  readonly learned: number
}

export type PlaceEvidence = {
  /** No decision in 90 days. */
  readonly isStale: boolean
  readonly ceiling: Level
  /** The outcome feed is late, or the data is poor: promotions pause. Section 5.5. */
  readonly isPaused: boolean
  readonly lock: CategoryLock | null
  /** How the cell is named in the lock. */
  readonly cellName: string
}

export type GateEvidence = CellEvidence & {
  readonly service: ServiceEvidence
  readonly people: PeopleEvidence
  readonly place: PlaceEvidence
  readonly consent: Consent | null
  readonly own?: OwnLimits
}

const FEWEST_ERRORS = 5
const LEARNED_SHARE = 0.8
const FULL_LEVEL_AFTER_CHANGE: Level = 3

/** Every gate of the step to this level, in the order of the table of section 5.2, consent last. */
export function gatesFor(to: EarnedLevel, evidence: GateEvidence): readonly Gate[] {
  const limits = gateLimits(to, evidence.own)
  return [
    ...cellGates(to, limits, evidence),
    ...serviceGates(to, limits, evidence.service),
    ...peopleGates(to, evidence.people),
    ...placeGates(to, evidence),
    consentGate(to, evidence.consent),
  ]
}

/** Whether the step may be proposed: everything but the consent holds, or has no data yet. */
export const mayPropose = (gates: readonly Gate[]): boolean =>
  gates.every(({ name, status }) => name === 'consent' || status !== 'missing')

/** Whether the step may be taken. */
export const allHold = (gates: readonly Gate[]): boolean => gates.every(({ status }) => status !== 'missing')

function peopleGates(to: EarnedLevel, people: PeopleEvidence): readonly Gate[] {
  const { isTheatre, isOverridingMore, errors, learned } = people
  const share = errors === 0 ? 1 : learned / errors
  return [
    gate(
      'theatre',
      !isTheatre,
      isTheatre ? 1 : 0,
      0,
      isTheatre
        ? 'Too many approvals came faster than the text can be read.'
        : 'Approvals take the time that reading takes.',
    ),
    gate(
      'override_trend',
      !isOverridingMore,
      isOverridingMore ? 1 : 0,
      0,
      isOverridingMore ? 'Lately more is overridden than before.' : 'Overrides do not rise.',
    ),
    ...(to === 5
      ? [
          gate(
            'error_recovery',
            errors < FEWEST_ERRORS || share >= LEARNED_SHARE,
            share,
            LEARNED_SHARE,
            `Of ${errors} errors ${learned} did not come back; from ${FEWEST_ERRORS} errors on, 80 % are needed.`,
          ),
        ]
      : []),
  ]
}

function placeGates(to: EarnedLevel, { cell, place }: GateEvidence): readonly Gate[] {
  const { lock, cellName } = place
  const waits = lock !== null && !mayProposeUnder(lock, cellName)
  const needsProof = to > FULL_LEVEL_AFTER_CHANGE && cell.correctUntilFull > 0
  return [
    gate(
      'freshness',
      !place.isStale,
      place.isStale ? 0 : 1,
      1,
      place.isStale ? 'Nothing was decided here in 90 days.' : 'The evidence is recent.',
    ),
    gate(
      'agent_change',
      !needsProof,
      cell.correctUntilFull,
      0,
      needsProof
        ? `The agent changed: ${cell.correctUntilFull} more correct decisions are needed before more than level 3.`
        : 'No change of the agent stands in the way.',
    ),
    gate(
      'full_review',
      !waits,
      waits ? decisionsUntilOthers(lock) : 0,
      0,
      waits
        ? `The category is under full review: ${decisionsUntilOthers(lock)} more decisions before this can be proposed again.`
        : 'No full review stands in the way.',
    ),
    gate(
      'ceiling',
      to <= place.ceiling && !place.isPaused,
      place.ceiling,
      to,
      to > place.ceiling
        ? `For its risk and what can be undone the ceiling is level ${place.ceiling}.`
        : place.isPaused
          ? 'Promotions pause until the outcomes arrive in time and the benchmarks are met.'
          : `The ceiling is level ${place.ceiling}.`,
    ),
  ]
}

function consentGate(to: EarnedLevel, consent: Consent | null): Gate {
  const holds = covers(consent, to)
  return gate('consent', holds, holds ? 1 : 0, 1, holds ? 'A person agreed.' : 'A person has to agree.')
}

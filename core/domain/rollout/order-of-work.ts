import type { Risk } from '../effect.ts'
import type { Sensitivity } from './workflow.ts'

export const MOST_AT_ONCE = 3

/** A first grant is new until its week four was looked at. */
export const NEW_FOR_DAYS = 30

/** Days 1 to 30 are approvals, however good the record is. */
export const FIRST_GRANT_DAY = 31

/** A scope that is to act by itself for the first time. Days are counted from 1, the day on which the rollout begins. */
export type Candidate = {
  readonly scope: string
  /** The day from which it has its cycles. */
  readonly readyDay: number
  /** Something of its category acts by itself and held. */
  readonly isBeside: boolean
  /** What the record so far is sure to exceed, 0 to 1. */
  readonly record: number
  readonly sensitivity: Sensitivity
  readonly risk: Risk
  readonly runsPerMonth: number
}

export type FirstGrant = { readonly scope: string; readonly day: number }

const SENSITIVITY_ORDER: Readonly<Record<Sensitivity, number>> = { low: 0, high: 1, always_a_person: 2 }
const RISK_ORDER: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 }

/** What lies beside what held, then the strongest record; where it is the same, the routine before the sensitive, the safe before the risky, the frequent before the seldom. */
function byStrength(a: Candidate, b: Candidate): number {
  return (
    Number(b.isBeside) - Number(a.isBeside) ||
    b.record - a.record ||
    SENSITIVITY_ORDER[a.sensitivity] - SENSITIVITY_ORDER[b.sensitivity] ||
    RISK_ORDER[a.risk] - RISK_ORDER[b.risk] ||
    b.runsPerMonth - a.runsPerMonth ||
    (a.scope < b.scope ? -1 : 1)
  )
}

/**
 * On which day each is to be granted to act by itself: from day 31, with its cycles, and never with more than two
 * others whose first grant is less than 30 days old. `grantedOn`: the days of first grants that were given already.
 * `today`: nothing is planned before it.
 */
export function orderOfWork(
  candidates: readonly Candidate[],
  grantedOn: readonly number[],
  today: number,
): readonly FirstGrant[] {
  const days = [...grantedOn]
  const planned: FirstGrant[] = []
  let waiting = [...candidates].toSorted(byStrength)
  let day = Math.max(FIRST_GRANT_DAY, today)
  while (waiting.length > 0) {
    const next = hasRoom(days, day) ? waiting.find(({ readyDay }) => readyDay <= day) : undefined
    if (next) {
      planned.push({ scope: next.scope, day })
      days.push(day)
      waiting = waiting.filter((one) => one !== next)
    } else {
      day = nextChange(days, waiting, day)
    }
  }
  return planned
}

const hasRoom = (days: readonly number[], day: number): boolean =>
  days.filter((granted) => granted + NEW_FOR_DAYS > day).length < MOST_AT_ONCE

/** The next day on which one is no longer new, or another one is ready. */
const nextChange = (days: readonly number[], waiting: readonly Candidate[], day: number): number =>
  Math.min(
    ...days.map((granted) => granted + NEW_FOR_DAYS).filter((free) => free > day),
    ...waiting.map(({ readyDay }) => readyDay).filter((ready) => ready > day),
  )

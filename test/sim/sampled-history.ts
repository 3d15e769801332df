import type { GateName } from '../../core/domain/trust/gate.ts'
import type { SampledAgent } from './sampled-agents.ts'

/** What one history came to, through the gate or in the core alone. */
export type SampledHistory = {
  /** Decisions that had been made when level 3 was first given; null: it never was. */
  readonly givenAfter: number | null
  /** How often drift took it back. */
  readonly demotions: number
  /** Judged decisions from the change until the level was taken back; null: it was not at level 3 then, or kept it. */
  readonly noticedAfter: number | null
  /** Whether it was at level 3 when its agent became worse. */
  readonly couldBeNoticed: boolean
  readonly reviewsAsked: number
  readonly badExecuted: number
  /** Gates beyond the four of the page's tables that held level 3 up. */
  readonly heldUpBy: readonly GateName[]
}

/** Carries a history's numbers on, decision by decision. */
export type SampledTally = {
  /** The n-th action is proposed, from 1. */
  proposed(n: number, isAlone: boolean, isBad: boolean, level: number): void
  given(afterDecisions: number): void
  /** The n-th was counted; `isJudged`: a person had looked at it. */
  counted(n: number, isJudged: boolean, isDemoted: boolean): void
  heldUp(by: readonly GateName[]): void
  result(): SampledHistory
}

export function createTally({ changesAt }: SampledAgent): SampledTally {
  let givenAfter: number | null = null
  let noticedAfter: number | null = null
  let couldBeNoticed = false
  let [demotions, reviewsAsked, badExecuted, judgedSince] = [0, 0, 0, 0]
  const heldUpBy = new Set<GateName>()
  return {
    proposed(n, isAlone, isBad, level) {
      if (!isAlone) reviewsAsked += 1
      else if (isBad) badExecuted += 1
      if (n === changesAt) couldBeNoticed = level >= 3
    },
    given(afterDecisions) {
      givenAfter ??= afterDecisions
    },
    counted(n, isJudged, isDemoted) {
      if (changesAt !== null && n >= changesAt && isJudged) judgedSince += 1
      if (!isDemoted) return
      demotions += 1
      if (couldBeNoticed) noticedAfter ??= judgedSince
    },
    heldUp(by) {
      for (const name of by) heldUpBy.add(name)
    },
    result: () => ({
      givenAfter,
      demotions,
      noticedAfter,
      couldBeNoticed,
      reviewsAsked,
      badExecuted,
      heldUpBy: [...heldUpBy],
    }),
  }
}

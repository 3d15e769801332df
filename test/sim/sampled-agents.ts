import type { Agent } from './year-history.ts'

/** An agent of whom a few histories go through the real gate. */
export type SampledAgent = {
  readonly name: string
  readonly acceptability: Agent
  /** How long a history is: two decisions a day, and less than 90 days, the window of the score. */
  readonly decisions: number
  /** The decision from which it is worse, from 1; null: it stays as it is. */
  readonly changesAt: number | null
  readonly page: SampledPage
}

/** What section 9 prints of such an agent; null: nothing that can be compared. */
export type SampledPage = {
  /** Share at level 3 by decision 100. */
  readonly by100: number | null
  /** Decisions until level 3, median. */
  readonly median: number | null
  /** Judged decisions until a change is noticed at level 3, median. */
  readonly noticed: number | null
}

/** Histories of each agent: what 2,000 in the core are here. Each decision takes about a twentieth of a second. */
export const SAMPLED_HISTORIES = 10

const CHANGES_AT = 61

const steady = (share: number, decisions: number, by100: number | null, median: number | null): SampledAgent => ({
  name: `${Math.round(100 * share)} %`,
  acceptability: () => share,
  decisions,
  changesAt: null,
  page: { by100, median, noticed: null },
})

/** Long enough for what is looked at: the first step, that it is not taken, or that a change is noticed. */
export const SAMPLED_AGENTS: readonly SampledAgent[] = [
  steady(0.98, 60, null, 30),
  steady(0.9, 140, 0.55, 91),
  steady(0.8, 100, 0.017, null),
  {
    name: `98 %, then 70 % from decision ${CHANGES_AT}`,
    acceptability: (n) => (n < CHANGES_AT ? 0.98 : 0.7),
    decisions: 120,
    changesAt: CHANGES_AT,
    page: { by100: null, median: 30, noticed: 19 },
  },
]

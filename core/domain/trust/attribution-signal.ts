import { normalCdf } from './normal.ts'

/** What is known of the outcomes of a category. Section 4.5. */
export type Attribution =
  /** No outcome can be attributed, as of a knowledge base: the signal is left out. */
  | { readonly kind: 'not_applicable' }
  | { readonly kind: 'pending' }
  /** Relative lift over control or baseline, with its standard error (0 or more). */
  | { readonly kind: 'estimate'; readonly lift: number; readonly standardError: number }

const PRIOR_SD = 0.1

/** sV: the chance that the lift is above 0, under a prior N(0, 0.10²); null where it is left out. Section 4.5. */
export function attributionSignal(attribution: Attribution): number | null {
  switch (attribution.kind) {
    case 'not_applicable':
      return null
    case 'pending':
      return 0.5
    case 'estimate': {
      const { lift, standardError: se } = attribution
      if (lift === 0) return 0.5
      // mu / sd with both divided out, so that a standard error of 0 or without end has its limit. Lift by error
      // first: times the prior, the smallest numbers there are would become 0 / 0.
      return normalCdf((lift / se) * (PRIOR_SD / Math.hypot(PRIOR_SD, se)))
    }
  }
}

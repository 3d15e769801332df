/** Size of the blast radius. */
export const BANDS = ['small', 'medium', 'large'] as const
export type Band = (typeof BANDS)[number]

export type BandLimits = {
  readonly small: { readonly people: number; readonly amountMinor: number }
  readonly medium: { readonly people: number; readonly amountMinor: number; readonly listShare: number }
}

/** A workspace may set lower numbers, never higher ones. Amounts are in minor units of the workspace's currency. */
export const DEFAULT_BAND_LIMITS: BandLimits = {
  small: { people: 100, amountMinor: 5_000 },
  medium: { people: 5_000, amountMinor: 50_000, listShare: 0.1 },
}

export type Reach = {
  readonly people: number
  readonly amountMinor: number
  /** Share of the whole list, 0 to 1; null where there is no list to compare with. */
  readonly listShare: number | null
}

/**
 * The band of a reach: small up to 100 people and 50 in money; medium up to 5,000 people, 10 % of the list and 500;
 * large above. Up to 100 people the share of the list does not count: three of twenty is not a large send.
 */
export function bandOf(reach: Reach, limits: BandLimits = DEFAULT_BAND_LIMITS): Band {
  if (reach.people <= limits.small.people && reach.amountMinor <= limits.small.amountMinor) return 'small'
  const shareFits =
    reach.people <= limits.small.people || reach.listShare === null || reach.listShare <= limits.medium.listShare
  if (reach.people <= limits.medium.people && reach.amountMinor <= limits.medium.amountMinor && shareFits) {
    return 'medium'
  }
  return 'large'
}

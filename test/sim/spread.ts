/** When something first happened in each history; null: never. */
export type Firsts = readonly (number | null)[]

/** Share of the histories in which it happened by then, 0 to 1. */
export const shareBy = (firsts: Firsts, by = Number.POSITIVE_INFINITY): number =>
  firsts.filter((first) => first !== null && first <= by).length / firsts.length

/** The number that this share of the histories does not pass; Infinity: fewer than that ever did. */
export function quantileOf(firsts: Firsts, share: number): number {
  const sorted = firsts.map((first) => first ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** `bound` plus three standard errors of a share that is measured in so many histories. */
export const withThreeErrors = (bound: number, histories: number): number =>
  bound + 3 * Math.sqrt((bound * (1 - bound)) / histories)

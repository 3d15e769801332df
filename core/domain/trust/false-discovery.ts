/**
 * Which of many cells may be reported as better than their null, so that at most a share `alpha` (0 to 1) of those
 * reported is not: e-BH over their values of E. For reports; each promotion has its own guarantee. Section 5.1.
 */
export function discoveries(evidences: readonly number[], alpha: number): readonly boolean[] {
  const descending = evidences.toSorted((a, b) => b - a)
  const least = descending.findLast((e, at) => e * (at + 1) * alpha >= evidences.length)
  return evidences.map((e) => least !== undefined && e >= least)
}

/** Beyond this many standard deviations the rest is below what a double can tell from 0 or 1. */
const FAR = 8.5

/** Phi: the chance that a standard normal value is at most z, within about 1e-15; ±Infinity is allowed. */
export function normalCdf(z: number): number {
  if (z >= FAR) return 1
  if (z <= -FAR) return 0
  // Abramowitz and Stegun 26.2.11: all terms have one sign, so nothing cancels.
  let term = z
  let sum = z
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
    term *= (z * z) / n
    sum += term
  }
  return 0.5 + sum * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))
}

import { logGamma } from './log-gamma.ts'

const TINY = 1e-300
const MOST_TERMS = 10_000

/**
 * The regularised incomplete beta function I_x(a, b): the chance that a Beta(a, b) share is at most x. For a, b > 0
 * and x from 0 to 1; within about 1e-13.
 */
export const betaCdf = (x: number, a: number, b: number): number => cdf(x, a, b, logBeta(a, b))

function cdf(x: number, a: number, b: number, logNorm: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const logFront = a * Math.log(x) + b * Math.log1p(-x) - logNorm
  // The fraction converges fast only left of the mean; right of it the mirrored one does.
  if (x < (a + 1) / (a + b + 2)) return (Math.exp(logFront) / a) * continuedFraction(x, a, b)
  return 1 - (Math.exp(logFront) / b) * continuedFraction(1 - x, b, a)
}

/**
 * The share x with I_x(a, b) = p, for a, b > 0 and p strictly between 0 and 1, within about 1e-12: Newton's step, and
 * the middle of the bracket wherever that step would leave it.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  const logNorm = logBeta(a, b)
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let round = 0; round < 200; round += 1) {
    const excess = cdf(x, a, b, logNorm) - p
    if (excess === 0) return x
    if (excess > 0) high = x
    else low = x
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logNorm)
    const stepped = x - excess / density
    const next = stepped > low && stepped < high ? stepped : (low + high) / 2
    if (Math.abs(next - x) <= 1e-15 * x || next === low || next === high) return next
    x = next
  }
  return x
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Lentz's evaluation of the continued fraction of the incomplete beta function (DLMF 8.17.22). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = away(1 - ((a + b) * x) / (a + 1))
  d = 1 / d
  let value = d
  for (let m = 1; m <= MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const change = d * c
    value *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return value
}

/** Keeps a denominator from being exactly 0, as Lentz's method asks. */
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

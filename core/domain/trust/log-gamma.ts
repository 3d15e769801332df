/** Lanczos' coefficients for g = 7 and nine terms. */
const COEFFICIENTS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const
const HALF_LOG_TWO_PI = 0.9189385332046727

/** The natural logarithm of the gamma function for x ≥ 0.5, within about 1e-14 of its size. */
export function logGamma(x: number): number {
  let series = 0.9999999999998099
  COEFFICIENTS.forEach((coefficient, at) => {
    series += coefficient / (x + at)
  })
  const t = x + 6.5
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(t) - t + Math.log(series)
}

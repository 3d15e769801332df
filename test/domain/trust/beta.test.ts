import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { betaCdf, betaQuantile } from '../../../core/domain/trust/beta.ts'

test.each<[string, number, number, number, number]>([
  ['left of everything', 0, 2, 3, 0],
  ['right of everything', 1, 2, 3, 1],
  ['Beta(1, 1) is even', 0.3, 1, 1, 0.3],
  ['Beta(2, 1) is a square', 0.3, 2, 1, 0.09],
  ['Beta(1, 3), far right', 0.9, 1, 3, 1 - 0.1 ** 3],
  ['Beta(2, 2) in the middle', 0.25, 2, 2, 3 * 0.25 ** 2 - 2 * 0.25 ** 3],
])('%s', (_name, x, a, b, expected) => {
  expect(betaCdf(x, a, b)).toBeCloseTo(expected, 14)
})

const shape = fc.double({ min: 1, max: 5_000, noNaN: true })

it('has the closed form where nothing was rejected', () => {
  fc.assert(
    fc.property(shape, (a) => {
      expect(betaQuantile(0.1, a, 1)).toBeCloseTo(0.1 ** (1 / a), 12)
    }),
  )
})

it('is mirrored when approvals and rejections change places', () => {
  fc.assert(
    fc.property(shape, shape, (a, b) => {
      expect(betaQuantile(0.1, a, b)).toBeCloseTo(1 - betaQuantile(0.9, b, a), 11)
    }),
  )
})

it('is the inverse of the chance, also for weights that are no whole numbers', () => {
  fc.assert(
    fc.property(shape, shape, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, p) => {
      expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 10)
    }),
  )
})

it('agrees with plain numeric integration', () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 60, noNaN: true }), fc.double({ min: 2, max: 60, noNaN: true }), (a, b) => {
      const density = (x: number): number => x ** (a - 1) * (1 - x) ** (b - 1)
      const x = betaQuantile(0.1, a, b)
      expect(integral(density, 0, x) / integral(density, 0, 1)).toBeCloseTo(0.1, 5)
    }),
    { numRuns: 30 },
  )
})

/** Simpson's rule. */
function integral(f: (x: number) => number, from: number, to: number): number {
  const steps = 4_000
  const width = (to - from) / steps
  let sum = f(from) + f(to)
  for (let at = 1; at < steps; at += 1) sum += (at % 2 === 1 ? 4 : 2) * f(from + at * width)
  return (sum * width) / 3
}

import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { normalCdf } from '../../../core/domain/trust/normal.ts'

/** To 15 places, from tables. */
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1, 0.158655253931457],
  [1.959963984540054, 0.975],
  [-3, 0.00134989803163],
  [6, 0.999999999013412],
  [Number.POSITIVE_INFINITY, 1],
  [Number.NEGATIVE_INFINITY, 0],
])('Phi(%d) is %d', (z, expected) => {
  expect(normalCdf(z)).toBeCloseTo(expected, 13)
})

it('grows, and is mirrored at 0', () => {
  const value = fc.double({ min: -12, max: 12, noNaN: true })
  fc.assert(
    fc.property(value, value, (x, y) => {
      expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 13)
      if (x < y) expect(normalCdf(x)).toBeLessThanOrEqual(normalCdf(y) + 1e-15)
    }),
  )
})

import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { poolingPrior, type Tally } from '../../../core/domain/trust/pooling.ts'
import { NOTHING_BORROWED } from '../../../core/domain/trust/score.ts'

const tally = (approvals: number, rejections: number): Tally => ({ approvals, rejections })
const category = tally(88, 10)

test.each<[string, readonly Tally[]]>([
  ['two siblings', [tally(9, 1), tally(90, 10)]],
  ['a third of nine decisions', [tally(9, 1), tally(90, 10), tally(8, 1)]],
  ['none', []],
])('nothing is borrowed of %s', (_name, siblings) => {
  expect(poolingPrior(category, siblings)).toBe(NOTHING_BORROWED)
})

test('siblings that are alike lend the most', () => {
  const prior = poolingPrior(category, [tally(9, 1), tally(18, 2), tally(27, 3)])
  expect(prior).toEqual({ strength: 8, mean: 89 / 100 })
})

test('siblings that differ lend by how much they differ beyond chance', () => {
  const siblings = [tally(60, 40), tally(80, 20), tally(100, 0)]
  const between = (0.04 + 0 + 0.04) / 2
  const byChance = (0.24 + 0.16 + 0) / 100 / 3
  expect(poolingPrior(category, siblings).strength).toBeCloseTo(0.16 / (between - byChance) - 1, 9)
})

test('siblings that have nothing in common lend nothing', () => {
  expect(poolingPrior(category, [tally(100, 0), tally(0, 100), tally(100, 0)])).toBe(NOTHING_BORROWED)
})

it('borrows between 0 and 8, of a mean between 0 and 1', () => {
  const any = fc.record({ approvals: fc.nat({ max: 200 }), rejections: fc.nat({ max: 200 }) })
  fc.assert(
    fc.property(any, fc.array(any), (whole, siblings) => {
      const { strength, mean } = poolingPrior(whole, siblings)
      expect(strength).toBeGreaterThanOrEqual(0)
      expect(strength).toBeLessThanOrEqual(8)
      expect(mean).toBeGreaterThan(0)
      expect(mean).toBeLessThan(1)
    }),
  )
})

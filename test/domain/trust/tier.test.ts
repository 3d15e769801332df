import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Tier } from '../../../core/domain/level.ts'
import { FIRST_TIER, nextTier, tierOf } from '../../../core/domain/trust/tier.ts'

test.each<[number, Tier]>([
  [0, 'review'],
  [59.999, 'review'],
  [60, 'notify'],
  [84.999, 'notify'],
  [85, 'autonomous'],
  [100, 'autonomous'],
])('%d is %s', (shown, tier) => {
  expect(tierOf(shown)).toBe(tier)
  expect(nextTier(FIRST_TIER, shown, 'decision').tier).toBe(tier)
})

test.each<[string, Tier, Tier, number, Tier]>([
  ['holds at 85', 'autonomous', 'autonomous', 85, 'autonomous'],
  ['falls below 85', 'autonomous', 'autonomous', 84.999, 'notify'],
  ['is not taken back at 85', 'notify', 'autonomous', 86.999, 'notify'],
  ['is taken back at 87', 'notify', 'autonomous', 87, 'autonomous'],
  ['holds at 60', 'notify', 'notify', 60, 'notify'],
  ['falls below 60', 'notify', 'notify', 59.999, 'review'],
  ['is not taken back at 60', 'review', 'notify', 61.999, 'review'],
  ['is taken back at 62', 'review', 'notify', 62, 'notify'],
  ['a tier that was never held needs no margin', 'review', 'notify', 85, 'autonomous'],
  ['falls through both', 'autonomous', 'autonomous', 40, 'review'],
  ['takes back only the lower', 'review', 'autonomous', 86, 'notify'],
  ['takes back both', 'review', 'autonomous', 87, 'autonomous'],
])('%s', (_name, tier, best, shown, expected) => {
  expect(nextTier({ tier, best }, shown, 'decision').tier).toBe(expected)
})

test('evidence that grew old raises a tier but never lowers it', () => {
  expect(nextTier({ tier: 'autonomous', best: 'autonomous' }, 10, 'aged').tier).toBe('autonomous')
  expect(nextTier({ tier: 'review', best: 'review' }, 70, 'aged').tier).toBe('notify')
})

it('does not flap within the margin', () => {
  const hovering = fc.array(fc.double({ min: 84, max: 86.999, noNaN: true }))
  fc.assert(
    fc.property(hovering, (scores) => {
      let state = nextTier(FIRST_TIER, 90, 'decision')
      let changes = 0
      for (const shown of scores) {
        const next = nextTier(state, shown, 'decision')
        if (next.tier !== state.tier) changes += 1
        state = next
      }
      expect(changes).toBeLessThanOrEqual(1)
    }),
  )
})

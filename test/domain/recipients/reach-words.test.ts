import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Reach } from '../../../core/domain/recipients/reach.ts'
import { blockedWords, reachWords } from '../../../core/domain/recipients/reach-words.ts'

const reach = (reachable: number, leftOut: Reach['leftOut']): Reach => ({
  reachable: Array.from({ length: reachable }, (_, place) => place),
  of: reachable + Object.values(leftOut).reduce((sum, one) => sum + one, 0),
  leftOut,
})
const THREE_A_WEEK = { messages: 3, days: 7 }

test.each([
  [reach(1160, { withdrew: 12, over_cap: 28 }), THREE_A_WEEK, '1,160 of 1,200; 12 withdrew, 28 had 3 this week'],
  [reach(1200, {}), THREE_A_WEEK, '1,200 of 1,200'],
  [reach(3, { suppressed: 1, never_consented: 2 }), null, '3 of 6; 1 must not be contacted, 2 never agreed'],
  [reach(1, { unidentified: 1 }), null, '1 of 2; 1 cannot be identified'],
  [reach(1, { over_cap: 1 }), { messages: 1, days: 1 }, '1 of 2; 1 had 1 in 24 hours'],
  [reach(1, { over_cap: 1 }), { messages: 4, days: 30 }, '1 of 2; 1 had 4 in 30 days'],
])('%j', (given, most, expected) => {
  expect(reachWords(given, most)).toBe(expected)
})

test.each([
  [reach(0, { withdrew: 1 }), 'None of 1 may be reached: 1 withdrew. Choose other people.'],
  [reach(2, { withdrew: 1 }), '1 of 3 may not be reached: 1 withdrew. It passes without them.'],
  [
    reach(1, { suppressed: 1, withdrew: 5, over_cap: 3, unidentified: 1 }),
    '10 of 11 may not be reached: 5 withdrew, 3 had 3 this week, 2 for other reasons. It passes without them.',
  ],
])('blocked: %j', (given, expected) => {
  expect(blockedWords(given, THREE_A_WEEK)).toBe(expected)
})

it('says it in 160 characters, whatever the numbers', () => {
  const count = fc.integer({ min: 0, max: 999_999 })
  const leftOut = fc.record({
    unidentified: count,
    suppressed: count,
    withdrew: count,
    never_consented: count,
    over_cap: count,
  })
  fc.assert(
    fc.property(leftOut, fc.boolean(), (why, some) => {
      const of = Object.values(why).reduce((sum, one) => sum + one, some ? 1 : 0)
      const given = { reachable: some ? [0] : [], of, leftOut: why }
      expect(reachWords(given, THREE_A_WEEK).length).toBeLessThanOrEqual(160)
      const blocked = blockedWords(given, THREE_A_WEEK)
      expect(blocked.length).toBeLessThanOrEqual(160)
      expect(blocked).toMatch(/(people|them)\.$/)
    }),
  )
})

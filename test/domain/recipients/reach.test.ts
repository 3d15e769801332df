import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { LEFT_OUT, reachOf, type RecipientLimits, type Standing } from '../../../core/domain/recipients/reach.ts'

const AT = Date.parse('2026-03-04T17:00:00Z')
const DAY = 86_400_000
const OPEN: RecipientLimits = { consent: 'not_suppressed', most: null }
const CONSENT: RecipientLimits = { consent: 'required', most: null }
const TWO_A_WEEK: RecipientLimits = { consent: 'not_suppressed', most: { messages: 2, days: 7 } }

let people = 0
const somebody = (given: Partial<Standing> = {}): Standing => ({
  person: `per_${(people += 1)}`,
  suppressed: false,
  consent: null,
  messagedAt: [],
  ...given,
})

describe('who may be reached', () => {
  test.each([
    ['who was never heard of, where consent is not asked for', somebody(), OPEN, null],
    ['who was never heard of, where it is', somebody(), CONSENT, 'never_consented'],
    ['who agreed', somebody({ consent: 'given' }), CONSENT, null],
    ['who withdrew, whatever the limits', somebody({ consent: 'withdrawn' }), OPEN, 'withdrew'],
    ['who agreed but must not be contacted', somebody({ consent: 'given', suppressed: true }), OPEN, 'suppressed'],
    ['who cannot be told apart', somebody({ person: null, consent: 'given' }), OPEN, 'unidentified'],
    ['who had one this week', somebody({ messagedAt: [AT - DAY] }), TWO_A_WEEK, null],
    ['who had two this week', somebody({ messagedAt: [AT - DAY, AT - 2 * DAY] }), TWO_A_WEEK, 'over_cap'],
    ['who had two, one of them last week', somebody({ messagedAt: [AT - DAY, AT - 8 * DAY] }), TWO_A_WEEK, null],
    ['who withdrew and had two', somebody({ consent: 'withdrawn', messagedAt: [AT, AT] }), TWO_A_WEEK, 'withdrew'],
  ])('%s', (_name, one, limits, expected) => {
    const { reachable, leftOut } = reachOf([one], limits, AT)
    expect(leftOut).toEqual(expected === null ? {} : { [expected]: 1 })
    expect(reachable).toEqual(expected === null ? [0] : [])
  })

  it('counts two addresses of one person as two messages to them', () => {
    const twice = somebody({ person: 'per_twice', messagedAt: [AT - DAY] })
    expect(reachOf([twice, twice], TWO_A_WEEK, AT)).toEqual({ reachable: [0], of: 2, leftOut: { over_cap: 1 } })
  })

  it('accounts for everybody, reaches nobody who withdrew, and a tighter limit never reaches more', () => {
    const standing = fc.record({
      person: fc.option(fc.constantFrom('per_a', 'per_b', 'per_c', 'per_d'), { nil: null }),
      suppressed: fc.boolean(),
      consent: fc.constantFrom('given' as const, 'withdrawn' as const, null),
      messagedAt: fc.array(
        fc.integer({ min: -9, max: 9 }).map((day) => AT + day * DAY),
        { maxLength: 4 },
      ),
    })
    fc.assert(
      fc.property(fc.array(standing, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (all, messages) => {
        const limits = { consent: 'required' as const, most: { messages, days: 7 } }
        const { reachable, of, leftOut } = reachOf(all, limits, AT)
        expect(reachable.length + LEFT_OUT.reduce((sum, why) => sum + (leftOut[why] ?? 0), 0)).toBe(of)
        for (const place of reachable)
          expect(all[place]).toMatchObject({ person: expect.any(String), suppressed: false, consent: 'given' })
        expect(reachOf(all, OPEN, AT).reachable.length).toBeGreaterThanOrEqual(reachable.length)
      }),
    )
  })
})

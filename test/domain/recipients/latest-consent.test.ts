import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type ConsentStatement, latestConsent } from '../../../core/domain/recipients/latest-consent.ts'

const said = (standing: ConsentStatement['standing'], at: string): ConsentStatement => ({ standing, at: new Date(at) })

test.each([
  ['nothing was said', [], null],
  ['they agreed', [said('given', '2026-01-01')], 'given'],
  ['they withdrew afterwards', [said('given', '2026-01-01'), said('withdrawn', '2026-01-02')], 'withdrawn'],
  ['they agreed again', [said('withdrawn', '2026-01-02'), said('given', '2026-01-03')], 'given'],
  ['the older one is heard later', [said('withdrawn', '2026-01-02'), said('given', '2026-01-01')], 'withdrawn'],
  ['a withdrawal wins a tie', [said('withdrawn', '2026-01-02'), said('given', '2026-01-02')], 'withdrawn'],
  ['in either order', [said('given', '2026-01-02'), said('withdrawn', '2026-01-02')], 'withdrawn'],
])('%s', (_name, statements, expected) => {
  expect(latestConsent(statements)?.standing ?? null).toBe(expected)
})

it('does not depend on the order in which it was heard', () => {
  const statement = fc.record({
    standing: fc.constantFrom('given' as const, 'withdrawn' as const),
    at: fc.integer({ min: 0, max: 5 }).map((day) => new Date(day * 86_400_000)),
  })
  fc.assert(
    fc.property(fc.array(statement), (statements) => {
      expect(latestConsent(statements.toReversed())).toEqual(latestConsent(statements))
    }),
  )
})

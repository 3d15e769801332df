import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildAutomaton } from '../../../core/rules/text/automaton.ts'

const found = (patterns: readonly string[], text: string): readonly string[] => {
  const hits: string[] = []
  buildAutomaton(patterns).search(text, (pattern, end) => hits.push(`${pattern} ends at ${end}`))
  return hits.sort()
}

const naively = (patterns: readonly string[], text: string): readonly string[] =>
  patterns
    .flatMap((pattern, index) =>
      Array.from(text).flatMap((_unit, at) =>
        pattern !== '' && text.startsWith(pattern, at) ? [`${index} ends at ${at + pattern.length}`] : [],
      ),
    )
    .sort()

it('finds what overlaps, what lies within another, and the same twice', () => {
  expect(found(['he', 'she', 'hers', 'he', ''], 'ushers')).toEqual(
    ['0 ends at 4', '1 ends at 4', '2 ends at 6', '3 ends at 4'].sort(),
  )
})

it('finds exactly what a naive search finds', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 })
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), text, (patterns, within) => {
      expect(found(patterns, within)).toEqual(naively(patterns, within))
    }),
  )
})

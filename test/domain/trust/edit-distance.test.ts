import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type EditClass,
  editClass,
  editQuality,
  levenshtein,
  textEdit,
} from '../../../core/domain/trust/edit-distance.ts'
import { isProtectedChange } from '../../../core/domain/trust/protected-tokens.ts'
import { tokensOf } from '../../../core/domain/trust/tokens.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published edits ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.edit ?? [])('"$before" → "$after"', (row) => {
    const edit = textEdit(row.before, row.after)
    const [before, after] = [tokensOf(row.before), tokensOf(row.after)]
    expect([before.length, after.length]).toEqual(row.tokens)
    expect(levenshtein(before, after)).toBe(row.distance)
    expect(isProtectedChange(row.before, row.after)).toBe(row.protectedChanged)
    expect(edit.distance).toBeCloseTo(row.D, 4)
    expect(editQuality(edit.distance)).toBeCloseTo(row.q, 4)
    expect(editClass(edit)).toBe(row.class)
  })
})

test.each<[string, string, string, number, boolean, EditClass]>([
  ['nothing changed', 'Come and see us', 'Come and see us', 0, false, 'none'],
  ['letters of another case', 'Come and see us', 'come AND see us', 0, false, 'none'],
  ['an accent composed or not', 'Café now', 'Café now', 0, false, 'none'],
  ['one word of four, floor of ten tokens', 'Come and see us', 'Come and visit us', 1 / 10, false, 'minor'],
  ['nothing left', 'Come and see us', '   ', 4 / 10, true, 'rewrite'],
  ['from nothing to nothing', '', '  ', 0, false, 'none'],
  ['something from nothing', '', 'Come', 1 / 10, false, 'minor'],
])('%s', (_name, before, after, distance, emptied, size) => {
  const edit = textEdit(before, after)
  expect(edit).toEqual({ distance, emptied })
  expect(editClass(edit)).toBe(size)
})

test.each<[string, string, string, boolean]>([
  ['a number', 'Only 3 places are left', 'Only 4 places are left', true],
  ['a currency sign', 'Pay in $ or not', 'Pay in £ or not', true],
  ['an at sign that went', 'Write to me@home', 'Write to me home', true],
  ['an address behind https', 'See https://a.example/x here', 'See https://a.example/y here', true],
  ['an address without https', 'See smile.example here', 'See smiles.example here', true],
  ['an address that only meets a full stop', 'See https://a.example/x', 'See https://a.example/x.', false],
  ['a weekday', 'Come on Monday', 'Come on Tuesday', true],
  ['a month', 'Come in June', 'Come in July', true],
  ['tomorrow instead of today', 'Open today', 'Open tomorrow', true],
  ['a month that may be a word, with a number', 'Open 3 May at noon', 'Open 3 Mar at noon', true],
  ['a word that may be a month, without a number', 'You may come', 'You can come', false],
  ['numbers that changed places', 'From 10 to 20', 'From 20 to 10', true],
  ['an ordinary word beside a number', 'Save 20% today', 'Spare 20% today', false],
])('protects %s', (_name, before, after, expected) => {
  expect(isProtectedChange(before, after)).toBe(expected)
  if (expected) expect(textEdit(before, after).distance).toBeGreaterThanOrEqual(0.3)
})

test.each<[number, EditClass, number]>([
  [0, 'none', 1],
  [0.000001, 'cosmetic', 0.9 * (1 - 0.000002)],
  [0.05, 'cosmetic', 0.9 * 0.9],
  [0.050001, 'minor', 0.9 * (1 - 0.100002)],
  [0.15, 'minor', 0.9 * 0.7],
  [0.150001, 'moderate', 0.9 * (1 - 0.300002)],
  [0.4, 'moderate', 0.9 * 0.2],
  [0.400001, 'rewrite', 0.9 * (1 - 0.800002)],
  [0.5, 'rewrite', 0],
  [1, 'rewrite', 0],
])('a distance of %d is %s', (distance, size, quality) => {
  expect(editClass({ distance, emptied: false })).toBe(size)
  expect(editQuality(distance)).toBeCloseTo(quality, 12)
})

const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })

it('counts the same as the plain definition of the distance', () => {
  const plain = (a: readonly string[], b: readonly string[]): number => {
    const [first, ...restA] = a
    const [other, ...restB] = b
    if (first === undefined) return b.length
    if (other === undefined) return a.length
    if (first === other) return plain(restA, restB)
    return 1 + Math.min(plain(restA, b), plain(a, restB), plain(restA, restB))
  }
  const short = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 })
  fc.assert(fc.property(short, short, (a, b) => levenshtein(a, b) === plain(a, b)))
})

it('is a distance: 0 only between the same, the same both ways, and no longer than a way round', () => {
  fc.assert(
    fc.property(texts, texts, texts, (a, b, c) => {
      expect(levenshtein(a, b) === 0).toBe(a.join() === b.join())
      expect(levenshtein(a, b)).toBe(levenshtein(b, a))
      expect(levenshtein(a, c)).toBeLessThanOrEqual(levenshtein(a, b) + levenshtein(b, c))
    }),
  )
})

it('never gives a larger edit a better quality', () => {
  const distance = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(distance, distance, (x, y) => {
      if (x <= y) expect(editQuality(x)).toBeGreaterThanOrEqual(editQuality(y))
    }),
  )
})

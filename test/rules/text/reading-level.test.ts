import { expect, test } from 'vitest'
import { countsOf, gradeOf, lixOf } from '../../../core/rules/text/reading-level.ts'

test.each([
  ['The cat sat on the mat.', 6, 1, 0],
  ['Book now! We are open.', 5, 2, 0],
  ['A heading\nA sentence of five words', 7, 2, 2],
  ['', 0, 0, 0],
])('%s', (text, words, sentences, longWords) => {
  expect(countsOf(text)).toMatchObject({ words, sentences, longWords })
})

test('the grade by its formula', () => {
  // 6 words, 1 sentence, 6 syllables.
  expect(gradeOf(countsOf('The cat sat on the mat.'))).toBeCloseTo(0.39 * 6 + 11.8 * 1 - 15.59, 10)
})

test('LIX by its formula', () => {
  // 4 words, 1 sentence, 2 of more than six letters.
  expect(lixOf(countsOf('Unsere Zahnarztpraxis behandelt alle.'))).toBe(4 + 50)
})

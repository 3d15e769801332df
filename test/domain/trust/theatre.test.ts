import { expect, test } from 'vitest'
import { addApproval, isPaceFlat, isTheatre, NO_APPROVALS } from '../../../core/domain/trust/theatre.ts'

const pace = (...stamps: boolean[]): string => stamps.reduce(addApproval, NO_APPROVALS)
const of = (stamps: number, read: number): string =>
  pace(...Array.from({ length: stamps }, () => true), ...Array.from({ length: read }, () => false))

test.each([
  ['nine of nine, too few to say', of(9, 0), false],
  ['three of ten', of(3, 7), false],
  ['four of ten', of(4, 6), true],
  ['nine of thirty', of(9, 21), false],
  ['ten of thirty', of(10, 20), true],
  ['stamps that thirty approvals have left behind', of(30, 30), false],
])('%s', (_name, given, expected) => {
  expect(isTheatre(given)).toBe(expected)
})

const samples = (count: number, seconds: (words: number) => number, span = 5) =>
  Array.from({ length: count }, (_, at) => {
    const words = 50 + (50 * (span - 1) * at) / (count - 1)
    return { words, activeSeconds: seconds(words) }
  })

test.each([
  ['as long for long texts as for short', samples(20, () => 30), true],
  ['in step with the words', samples(20, (words) => words / 4), false],
  ['a slope just below', samples(20, (words) => words ** 0.19), true],
  ['a slope just above', samples(20, (words) => words ** 0.21), false],
  ['too few', samples(19, () => 30), null],
  ['texts too much alike', samples(20, () => 30, 3.9), null],
  ['no time known', samples(20, () => 0), null],
])('%s', (_name, given, expected) => {
  expect(isPaceFlat(given)).toBe(expected)
})

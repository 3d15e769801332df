import { fleschKincaid } from 'flesch-kincaid'
import { syllable } from 'syllable'

export type Counts = {
  readonly words: number
  readonly sentences: number
  readonly longWords: number
  readonly list: readonly string[]
}

const SENTENCE_END = /[.!?\u2026\u3002\uff01\uff1f]+|\n\s*\n|\n/u
const WORD = /[\p{L}\p{M}]+(?:['\u2019-][\p{L}\p{M}]+)*/gu
/** Björnsson counts words of more than six letters as long. */
const MOST_LETTERS = 6

/** Words and sentences of a text as it is shown; a line of its own is a sentence. */
export function countsOf(shown: string): Counts {
  const sentences = shown.split(SENTENCE_END).filter((one) => /\p{L}/u.test(one)).length
  const list = shown.match(WORD) ?? []
  return { words: list.length, sentences, longWords: list.filter((word) => word.length > MOST_LETTERS).length, list }
}

/**
 * School years of an American school that a reader of English needs: the Flesch–Kincaid grade level (Kincaid, Fishburne,
 * Rogers and Chissom 1975, "Derivation of new readability formulas for Navy enlisted personnel"). Below 0 is very easy.
 */
export const gradeOf = ({ words, sentences, list }: Counts): number =>
  fleschKincaid({ word: words, sentence: sentences, syllable: list.reduce((sum, word) => sum + syllablesOf(word), 0) })

/**
 * LIX, for any language that puts spaces between words (Björnsson 1968, "Läsbarhet"): words for each sentence plus the
 * percentage of long words. 30 is easy, 40 newspapers, 50 official texts, 60 hard.
 */
export const lixOf = ({ words, sentences, longWords }: Counts): number => words / sentences + (longWords * 100) / words

/** Counting them takes microseconds and most words come again: those that were met last. */
const known = new Map<string, number>()
const MOST_KNOWN = 20_000

function syllablesOf(word: string): number {
  const met = known.get(word)
  if (met !== undefined) return met
  if (known.size >= MOST_KNOWN) known.clear()
  const count = syllable(word)
  known.set(word, count)
  return count
}

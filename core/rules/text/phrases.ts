import { type Automaton, buildAutomaton } from './automaton.ts'
import { collapsed, folded, speltOut, withoutMarks } from './fold.ts'
import { lazily } from './lazily.ts'
import { withDigits } from './number-words.ts'
import type { Part, Spelling } from './reading.ts'

const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u
/** Scripts that put no space between words: every place in them may be the edge of one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** A list of words and phrases, compiled. */
export type Phrases = {
  /** Which of them stand in a text as whole words, by their places in the list, lowest first. */
  readonly in: (part: Part) => readonly number[]
  /** Of what is shown only: hidden text does not count. */
  readonly shownIn: (part: Part) => ReadonlySet<number>
}

type Pattern = { readonly phrase: number; readonly text: string; readonly spelt: boolean }

/**
 * Compiles words and phrases for one pass over each text. They are found whatever their case, width, spacing, invisible
 * or look-alike characters, and with numbers in words or digits; marks count where the text's language tells words apart
 * by them.
 */
export function compilePhrases(list: readonly string[]): Phrases {
  const full = list.map((phrase) => collapsed(folded(phrase)))
  const compiled = lazily(() => compiledFrom(full))
  const among = (spellings: readonly Spelling[]): Set<number> => {
    const found = new Set<number>()
    for (const spelling of spellings) {
      const { words, numbers } = compiled()
      if (words.mayStandIn(spelling)) search(words, full, spelling, found)
      if (numbers?.mayStandIn(spelling)) searchNumbers(numbers, spelling, found)
    }
    return found
  }
  return {
    shownIn: (part) => among(part.shownSpellings()),
    in(part) {
      const found = among(part.spellings())
      for (const run of part.spacedOut()) for (const phrase of compiled().squeezed.get(run) ?? []) found.add(phrase)
      return [...found].sort((a, b) => a - b)
    },
  }
}

type Searched = {
  readonly patterns: readonly Pattern[]
  readonly automaton: Automaton
  /** False: none of them does. Most lists find nothing in most texts, and asking is cheaper than searching. */
  readonly mayStandIn: (spelling: Spelling) => boolean
}

function compiledFrom(full: readonly string[]) {
  const words: Pattern[] = []
  const numbers: Pattern[] = []
  const squeezed = new Map<string, number[]>()
  full.forEach((text, phrase) => {
    if (text === '') return
    const spelt = speltOut(text)
    for (const form of new Set([text, withoutMarks(text)])) words.push({ phrase, text: form, spelt: false })
    if (spelt !== withoutMarks(text)) words.push({ phrase, text: spelt, spelt: true })
    const digits = withDigits(withoutMarks(text))
    if (/\d/.test(digits)) numbers.push({ phrase, text: digits, spelt: false })
    const letters = withoutMarks(text).replace(/[^\p{L}\p{N}]+/gu, '')
    if (letters.length > 2) squeezed.set(letters, [...(squeezed.get(letters) ?? []), phrase])
  })
  return {
    words: searched(words, RUN),
    numbers: numbers.length === 0 ? null : searched(numbers, UNCHANGED_RUN),
    squeezed,
  }
}

/** Its edges are in the phrase, or are the phrase's own, so that it stands in the text as a run as well. */
const RUN = /[a-z0-9]+/g
/** A run that stands in a text with its numbers in digits just as it does without: they change only what is beside them. */
const UNCHANGED_RUN = /(?<= )[a-z]+(?![a-z0-9])/g
/** So few are looked for one by one, before the words of a text are known. */
const FEW = 8

function searched(patterns: readonly Pattern[], runs: RegExp): Searched {
  const automaton = buildAutomaton(patterns.map(({ text }) => text))
  const longest = patterns.map(({ text }) => text.match(runs)?.toSorted((a, b) => b.length - a.length)[0])
  const needed = new Set(longest.filter((run) => run !== undefined))
  const isTold = !longest.includes(undefined)
  return {
    patterns,
    automaton,
    mayStandIn(spelling) {
      if (runs === RUN && patterns.length <= FEW) return patterns.some(({ text }) => spelling.text().includes(text))
      return !isTold || !needed.isDisjointFrom(spelling.words())
    },
  }
}

function search(
  { patterns, automaton }: Searched,
  full: readonly string[],
  spelling: Spelling,
  found: Set<number>,
): void {
  const { marks } = spelling
  const text = spelling.text()
  automaton.search(text, (index, end) => {
    const pattern = patterns[index]
    if (!pattern || found.has(pattern.phrase) || !isWhole(text, pattern.text, end)) return
    if (pattern.spelt || withoutMarks(full[pattern.phrase] ?? '', marks) === pattern.text) found.add(pattern.phrase)
  })
}

function searchNumbers(numbers: Searched, { digits }: Spelling, found: Set<number>): void {
  const text = withoutMarks(digits())
  numbers.automaton.search(text, (index, end) => {
    const pattern = numbers.patterns[index]
    if (pattern && !found.has(pattern.phrase) && isWhole(text, pattern.text, end)) found.add(pattern.phrase)
  })
}

/** Whether what ends there begins and ends where words do. */
function isWhole(text: string, pattern: string, end: number): boolean {
  const start = end - pattern.length
  return !joins(last(text, start), first(pattern, 0)) && !joins(last(pattern, pattern.length), first(text, end))
}

const first = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 32)
const last = (text: string, end: number): string => {
  const unit = text.charCodeAt(end - 1)
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(end - 2, end) : (text[end - 1] ?? ' ')
}

/** Two characters are of one word when both are letters or digits of a script that spaces its words. */
const joins = (left: string, right: string): boolean => isOfWord(left) && isOfWord(right)

function isOfWord(character: string): boolean {
  const unit = character.charCodeAt(0)
  if (unit < 128) return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)
  return WORD_CHARACTER.test(character) && !UNSPACED.test(character)
}

import { collapsed, folded } from './fold.ts'
import { type StemmedLanguage, stemOf } from './stems.ts'
import type { Spelling } from './reading.ts'
import type { Token } from './tokens.ts'

/** Words with room between them: each place takes one of several stems, after at most so many other words. */
type Template = {
  readonly index: number
  readonly places: readonly { readonly stems: ReadonlySet<string>; readonly gap: number }[]
}

export type WordForms = {
  /** Which templates a text holds, with the words that it said for each; the first place of each. */
  readonly in: (
    spelling: Pick<Spelling, 'tokens' | 'words'>,
  ) => readonly { readonly index: number; readonly words: string }[]
}

const MOST_BETWEEN = 4
const NO_COMPOUNDS: ReadonlySet<StemmedLanguage> = new Set(['en', 'es', 'fr', 'it', 'pt'])
const SHORTEST_IN_COMPOUND = 5
const SHORTEST_REST = 3

/** A phrase of words as they stand: any form of each, nothing in between. */
export const asTemplate = (phrase: string): string =>
  collapsed(folded(phrase))
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, ' ')
    .trim()

/**
 * Compiles templates of word forms in one language. A template is words that follow each other in one sentence; `a/b` is
 * either, `..` up to four words in between. `but` are templates whose words do not count for any other. In languages that
 * write compounds as one word, a single word is also found at the start or the end of a longer one.
 */
export function compileWordForms(
  templates: readonly string[],
  language: StemmedLanguage,
  { but = [], compounds = false }: { readonly but?: readonly string[]; readonly compounds?: boolean } = {},
): WordForms {
  const wanted = byFirstStem(templates.map((text, index) => templateOf(text, index, language)))
  const excepted = byFirstStem(but.map((text, index) => templateOf(text, index, language)))
  const parts = compounds && !NO_COMPOUNDS.has(language) ? singles(templates, language) : null
  const starts = startsOf((word) => {
    const stem = stemOf(word, language)
    const start = { wanted: wanted.get(stem) ?? [], excepted: excepted.get(stem) ?? [], part: parts?.(stem) ?? null }
    return start.wanted.length > 0 || start.excepted.length > 0 || start.part !== null ? start : null
  })
  return {
    in(spelling) {
      // Most texts have no word that begins anything.
      if (
        !spelling
          .words()
          .values()
          .some((word) => starts(word) !== null)
      )
        return []
      const tokens = spelling.tokens()
      const begun: (Start & { readonly at: number })[] = []
      for (let at = 0; at < tokens.length; at++) {
        const start = starts(tokens[at]?.word ?? '')
        if (start) begun.push({ at, ...start })
      }
      const stemAt: StemAt = (at) => stemOf(tokens[at]?.word ?? '', language)
      const skipped = new Set<number>()
      for (const { at, excepted: here } of begun) {
        for (const template of here) {
          const end = endOf(template, tokens, stemAt, at, skipped)
          if (end !== null) for (let one = at; one <= end; one++) skipped.add(one)
        }
      }
      const found = new Map<number, string>()
      for (const { at, wanted: here, part } of begun) {
        if (skipped.has(at)) continue
        for (const template of here) {
          if (found.has(template.index)) continue
          const end = endOf(template, tokens, stemAt, at, skipped)
          if (end !== null) found.set(template.index, wordsOf(tokens, at, end))
        }
        if (part !== null && !found.has(part)) found.set(part, tokens[at]?.word ?? '')
      }
      return [...found].map(([index, words]) => ({ index, words })).sort((a, b) => a.index - b.index)
    },
  }
}

type Start = {
  readonly wanted: readonly Template[]
  readonly excepted: readonly Template[]
  readonly part: number | null
}

const MOST_KNOWN = 20_000

/** What may start with a word, kept for the words that were met last: most start nothing, and come again and again. */
function startsOf(make: (word: string) => Start | null): (word: string) => Start | null {
  const known = new Map<string, Start | null>()
  return (word) => {
    const met = known.get(word)
    if (met !== undefined) return met
    if (known.size >= MOST_KNOWN) known.clear()
    const start = make(word)
    known.set(word, start)
    return start
  }
}

const wordsOf = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to + 1)
    .map(({ word }) => word)
    .join(' ')

function templateOf(text: string, index: number, language: StemmedLanguage): Template {
  const places: { stems: ReadonlySet<string>; gap: number }[] = []
  let gap = 0
  for (const word of text.split(' ').filter((one) => one !== '')) {
    if (word === '..') gap = MOST_BETWEEN
    else {
      const stems = word.split('/').map((one) => stemOf(one, language))
      places.push({ stems: new Set(stems), gap })
      gap = 0
    }
  }
  return { index, places }
}

function byFirstStem(templates: readonly Template[]): ReadonlyMap<string, readonly Template[]> {
  const first = new Map<string, Template[]>()
  for (const template of templates) {
    for (const stem of template.places[0]?.stems ?? []) first.set(stem, [...(first.get(stem) ?? []), template])
  }
  return first
}

type StemAt = (at: number) => string

/** Where a template that starts at a word ends; null: it does not stand there. */
function endOf(
  { places }: Template,
  tokens: readonly Token[],
  stemAt: StemAt,
  start: number,
  skipped: ReadonlySet<number>,
): number | null {
  const sentence = tokens[start]?.sentence
  // The nearest words of each place: going on from the first that fits is enough, since the room is counted anew.
  let ends: readonly number[] = [start]
  for (const { stems: wanted, gap } of places.slice(1)) {
    const next = new Set<number>()
    for (const end of ends) {
      for (let at = end + 1; at <= end + 1 + gap; at++) {
        if (tokens[at]?.sentence === sentence && !skipped.has(at) && wanted.has(stemAt(at))) next.add(at)
      }
    }
    if (next.size === 0) return null
    ends = [...next]
  }
  return ends[0] ?? null
}

/** Finds a single word's stem at the start or end of a longer word. */
function singles(templates: readonly string[], language: StemmedLanguage): (stem: string) => number | null {
  const stems = new Map<string, number>()
  templates.forEach((text, index) => {
    if (/[ /]/.test(text.trim())) return
    const stem = stemOf(text.trim(), language)
    if (stem.length >= SHORTEST_IN_COMPOUND && !stems.has(stem)) stems.set(stem, index)
  })
  const lengths = [...new Set([...stems.keys()].map((stem) => stem.length))]
  return (stem) => {
    for (const length of lengths) {
      if (stem.length < length + SHORTEST_REST) continue
      const index = stems.get(stem.slice(0, length)) ?? stems.get(stem.slice(-length))
      if (index !== undefined) return index
    }
    return null
  }
}

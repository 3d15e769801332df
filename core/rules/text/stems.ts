import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import { speltOut, withoutMarks } from './fold.ts'

const STEMMERS = { en: english, de: german, fr: french, es: spanish, it: italian, nl: dutch, pt: portuguese } as const

export type StemmedLanguage = keyof typeof STEMMERS

export const isStemmed = (language: string | null): language is StemmedLanguage =>
  language !== null && Object.hasOwn(STEMMERS, language)

/** A stemmer takes microseconds and most words come again: the words of each language that were met last. */
const known = new Map<StemmedLanguage, Map<string, string>>()
const MOST_KNOWN = 20_000
const LONGEST_WORD = 60

/** What the forms of a word have in common, by the language's Snowball rules. Expects a folded word. */
export function stemOf(word: string, language: StemmedLanguage): string {
  let stems = known.get(language)
  if (!stems || stems.size >= MOST_KNOWN) {
    stems = new Map()
    known.set(language, stems)
  }
  const met = stems.get(word)
  if (met !== undefined) return met
  const stem = made(word, language)
  stems.set(word, stem)
  return stem
}

/**
 * Common words that only look like forms of others: "news" is not the plural of "new", nor is "university" a form of
 * "universe". They and their own plurals stand for themselves.
 */
const THEMSELVES: ReadonlySet<string> = new Set(
  'news university general generic organic executive important animal community emergency paste'.split(' '),
)

const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/s$/, '')

/** "-icate" and what is made of it: a "medication" is not "medical", nor a "publication" "public". */
const OF_ICATE = /icat(?:e|es|ed|ing|ion|ions|or|ors)$/

function inEnglish(word: string): string {
  if (THEMSELVES.has(word)) return word
  if (THEMSELVES.has(singular(word))) return singular(word)
  const stem = english(word)
  return OF_ICATE.test(word) && stem.endsWith('ic') ? `${stem}ate` : stem
}

/** Numbers have no forms, and seldom come again. */
const NUMBER = /^\d+$/

function made(word: string, language: StemmedLanguage): string {
  if (word.length > LONGEST_WORD || NUMBER.test(word)) return word
  if (language === 'en') return inEnglish(withoutMarks(word).replace(/'s?$/, ''))
  // Umlauts that are spelt out ("Rueckruf") have one stem with those that are not.
  if (language === 'de') return german(speltOut(word)).replace(/([aou])e/g, '$1')
  return withoutMarks(STEMMERS[language](word))
}

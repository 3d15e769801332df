import { detectAll } from 'tinyld/light'

const FEWEST_WORDS = 3
const FEWEST_LETTERS = 15
/** How many times likelier the language has to be than the next one. */
const CLEARLY = 1.25
/** Enough to tell a language by; what is longer is cut for speed. */
const MOST_READ = 2_000

/** The language of a text (`en`); null: too short or not clear enough to say. */
export function languageOf(text: string): string | null {
  const letters = text
    .slice(0, MOST_READ)
    .replace(/https?:\S+|\S+@\S+|[^\p{L}\p{M}\s']+/gu, ' ')
    .toLowerCase()
    .trim()
  const words = letters.split(/\s+/u).length
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(letters)
  if (!unspaced && (words < FEWEST_WORDS || letters.length < FEWEST_LETTERS)) return null
  const [first, second] = detectAll(letters)
  if (!first || (second && first.accuracy < second.accuracy * CLEARLY)) return null
  return first.lang
}

/** "German" for `de`. */
export const languageWords = (language: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language

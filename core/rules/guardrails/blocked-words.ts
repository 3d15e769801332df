import { z } from 'zod'
import { defineSection, quoted, reason } from './guardrail.ts'

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const WORD_CHARACTER = /[\p{L}\p{N}]/u
/** Scripts that put no space between words: every place in them may be the edge of one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Words and phrases that must not go out: whole words, whatever their case, width, spacing or invisible characters. */
export const blockedWords = defineSection({
  denies: true,
  schema: z.array(z.string().min(1).max(200)).max(1000),
  guardrail(values) {
    const phrases = values
      .flat()
      .map((phrase) => ({ phrase, folded: fold(phrase) }))
      .filter(({ folded }) => folded !== '')
    if (phrases.length === 0) return null
    return (subject) => {
      for (const text of subject.texts) {
        const folded = fold(text)
        const found = phrases.find((candidate) => containsWord(folded, candidate.folded))
        if (!found) continue
        const says = `It says ${quoted(found.phrase)}, which must not go out. Without that wording it would pass.`
        return reason('blocked_words', 'block', says)
      }
      return null
    }
  },
})

/** One spelling for comparing: compatibility forms, case, runs of space, and without what nobody can see. */
export function fold(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

/** Whether a folded text has a folded phrase as whole words. */
export function containsWord(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? ' '
    const after = text.slice(at + phrase.length, at + phrase.length + 1) || ' '
    if (!joins(before, phrase.charAt(0)) && !joins(phrase.at(-1) ?? ' ', after)) return true
  }
  return false
}

/** Two characters are of one word when both are letters or digits of a script that spaces its words. */
const joins = (left: string, right: string): boolean => isOfWord(left) && isOfWord(right)
const isOfWord = (character: string): boolean => WORD_CHARACTER.test(character) && !UNSPACED.test(character)

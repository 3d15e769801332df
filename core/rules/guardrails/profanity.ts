import { z } from 'zod'
import { collapsed, folded } from '../text/fold.ts'
import { onceFor } from '../text/once-for.ts'
import { compilePhrases } from '../text/phrases.ts'
import { PROFANE_LANGUAGES, profaneWordsIn } from '../text/profane-words.ts'
import { type Part, readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

const Words = z.array(z.string().min(1).max(100)).max(500)

/**
 * No swearing, by the lists of its languages; whole words only, so that Scunthorpe is a place. A word counts where the
 * text is in its language or too short to tell: "con" is Spanish for "with" and French for worse.
 */
export const profanity = defineSection({
  denies: true,
  schema: z.strictObject({
    languages: z.array(z.enum(PROFANE_LANGUAGES)).min(1).default(['en', 'de']),
    also: Words.optional(),
    /** Names and words of the trade that are meant here. */
    allow: Words.optional(),
    outcome: z.enum(['warn', 'ask', 'block']).default('block'),
  }),
  guardrail: onceFor((values): Guardrail => {
    const [{ outcome }] = values
    const allowed = new Set(values.flatMap(({ allow = [] }) => allow).map((word) => collapsed(folded(word))))
    const languages = new Set(values.flatMap((value) => value.languages))
    const list = [
      ...values.flatMap(({ also = [] }) => also).map((word) => ({ word, language: null })),
      ...[...languages].flatMap((language) => profaneWordsIn(language).map((word) => ({ word, language }))),
    ].filter(({ word }) => !allowed.has(collapsed(folded(word))))
    const phrases = compilePhrases(list.map(({ word }) => word))
    return (subject) => {
      for (const part of readingOf(subject.texts).parts) {
        const found = phrases
          .in(part)
          .map((index) => list[index])
          .find((one) => one && counts(part, one.language))
        if (!found) continue
        const text = `It swears: ${quoted(masked(found.word), 30)}. Without that word, or with it on the list of allowed words, it would pass.`
        return reason('profanity', outcome, text)
      }
      return null
    }
  }),
})

/** English words are known everywhere; those of other languages mean other things elsewhere. */
const counts = (part: Part, language: string | null): boolean =>
  language === null || language === 'en' || (part.language() ?? language) === language

/** "s…t": what is told stands in the records for years. */
const masked = (word: string): string => (word.length < 3 ? word : `${word.charAt(0)}…${word.at(-1) ?? ''}`)

import { z } from 'zod'
import { languageOf, languageWords } from '../text/language.ts'
import { onceFor } from '../text/once-for.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

/** Of two letters: `en`. */
export const Language = z.string().regex(/^[a-z]{2}$/, 'is a language of two letters, like en')

/** Fewer words than this tell no language well enough to stop a text for it. */
const FEWEST_WORDS = 8
const MOST_QUOTED = 30
const MOST_NAMED = 3
/** Too close to one another to be told apart in a paragraph. */
const ALIKE: Readonly<Record<string, readonly string[]>> = { da: ['no', 'nb'], no: ['da', 'nb'] }

/** In which languages anything may go out, paragraph by paragraph. */
export const languages = defineSection({
  schema: z.strictObject({
    allow: z.array(Language).min(1).max(30),
    outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
  }),
  guardrail: onceFor(([{ allow, outcome }]): Guardrail => {
    const allowed = `${allow.slice(0, MOST_NAMED).map(languageWords).join(', ')}${allow.length > MOST_NAMED ? ' and others' : ''}`
    return (subject) => {
      for (const part of readingOf(subject.texts).parts) {
        for (const face of part.faces) {
          for (const paragraph of face.split('\n')) {
            if (
              paragraph.trim().split(/\s+/u).length < FEWEST_WORDS &&
              !/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Thai}/u.test(paragraph)
            )
              continue
            const language = languageOf(paragraph)
            if (language === null || [language, ...(ALIKE[language] ?? [])].some((one) => allow.includes(one))) continue
            const text = `${quoted(paragraph.trim(), MOST_QUOTED)} is ${languageWords(language)}; texts here are in ${allowed}. In one of these it would pass.`
            return reason('languages', outcome, text)
          }
        }
      }
      return null
    }
  }),
})

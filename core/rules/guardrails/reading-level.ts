import { z } from 'zod'
import { isForReaders } from '../for-readers.ts'
import { languageWords } from '../text/language.ts'
import { onceFor } from '../text/once-for.ts'
import { readingOf } from '../text/reading.ts'
import { countsOf, gradeOf, lixOf } from '../text/reading-level.ts'
import { defineSection, type Guardrail, reason } from './guardrail.ts'

const UNSPACED = new Set(['ja', 'zh', 'th'])

/**
 * How hard a text for readers may be to read: English by school years (Flesch–Kincaid), other languages by LIX. Shorter
 * texts than `min_words` say nothing about it.
 */
export const readingLevel = defineSection({
  schema: z
    .strictObject({
      max_grade: z.number().min(1).max(20).optional(),
      max_lix: z.number().min(15).max(80).optional(),
      min_words: z.int().min(10).max(1000).default(30),
      outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
    })
    .refine(({ max_grade, max_lix }) => max_grade !== undefined || max_lix !== undefined, 'needs max_grade or max_lix'),
  guardrail: onceFor(([{ max_grade, max_lix, min_words, outcome }]): Guardrail => {
    return (subject) => {
      if (!isForReaders(subject)) return null
      for (const part of readingOf(subject.texts).parts) {
        const language = part.language()
        if (language !== null && UNSPACED.has(language)) {
          const text = `The reading level of ${languageWords(language)} cannot be measured, so a person decides.`
          return reason('reading_level', outcome === 'block' ? 'block' : 'ask', text)
        }
        const counts = countsOf(part.shown)
        if (counts.words < min_words) continue
        const english = language === 'en' || (language === null && max_lix === undefined)
        const limit = english ? max_grade : max_lix
        const level = english ? gradeOf(counts) : lixOf(counts)
        if (limit === undefined || level <= limit) continue
        const measured = english ? `needs ${shown(level)} school years` : `has a reading index (LIX) of ${shown(level)}`
        const text = `It ${measured} to read; your limit is ${limit}. With shorter sentences and words it would pass.`
        return reason('reading_level', outcome, english ? text : text.replace(' to read;', ';'))
      }
      return null
    }
  }),
})

const shown = (level: number): string => (Math.ceil(level * 10) / 10).toFixed(1)

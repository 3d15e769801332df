import { z } from 'zod'
import type { Reason } from '../../domain/verdict.ts'
import { capitalsOf, emojiOf, exclamationMarksOf } from '../text/tone.ts'
import { onceFor } from '../text/once-for.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, reason } from './guardrail.ts'

const Most = z.int().min(0).max(1000)

/** How loud one text may be: exclamation marks, capital letters in percent of its letters, emoji; each counted. */
export const tone = defineSection({
  schema: z.strictObject({
    max_exclamation_marks: Most.optional(),
    /** Of texts with at least 20 letters. */
    max_capitals_percent: z.number().min(0).max(100).optional(),
    max_emoji: Most.optional(),
    outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
  }),
  guardrail: onceFor((values): Guardrail | null => {
    const marks = values.find((value) => value.max_exclamation_marks !== undefined)
    const capitals = values.find((value) => value.max_capitals_percent !== undefined)
    const emoji = values.find((value) => value.max_emoji !== undefined)
    if (!marks && !capitals && !emoji) return null
    return (subject) => {
      const shown = readingOf(subject.texts).parts.map((part) => part.shown)
      const most = (count: (text: string) => number): number => Math.max(0, ...shown.map(count))
      const reasons: Reason[] = []
      const tell = (
        rule: string,
        over: typeof marks,
        limit: number | undefined,
        count: (text: string) => number,
        words: string,
      ): void => {
        if (!over || limit === undefined) return
        const counted = most(count)
        if (counted > limit) reasons.push(reason(`tone.${rule}`, over.outcome, says(counted, limit, words)))
      }
      tell('exclamation_marks', marks, marks?.max_exclamation_marks, exclamationMarksOf, 'exclamation marks')
      tell('capitals', capitals, capitals?.max_capitals_percent, capitalsOf, '% capital letters')
      tell('emoji', emoji, emoji?.max_emoji, emojiOf, 'emoji')
      return reasons
    }
  }),
})

const says = (counted: number, limit: number, words: string): string =>
  `One text has ${counted} ${words}; your tone allows ${limit}. With no more than that it would pass.`

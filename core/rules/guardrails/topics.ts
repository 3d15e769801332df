import { z } from 'zod'
import { compileTopic } from '../text/mentions-topic.ts'
import { onceFor } from '../text/once-for.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

const Words = z.array(z.string().min(1).max(200)).max(200)
const MOST_QUOTED = 32

/** Topics that must not come up, or that a person decides, by their words and synonyms in any form. */
export const topics = defineSection({
  schema: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(80),
        /** Absent: the name itself. */
        words: Words.min(1).optional(),
        synonyms: Words.optional(),
        outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
      }),
    )
    .max(200),
  guardrail: onceFor((values): Guardrail => {
    const compiled = values.flat().map((topic) => ({
      ...topic,
      said: compileTopic({ words: topic.words ?? [topic.name], synonyms: topic.synonyms }),
    }))
    return (subject) =>
      compiled.flatMap(({ name, outcome, said }) => {
        for (const part of readingOf(subject.texts).parts) {
          const words = said(part)
          if (words === null) continue
          const does = outcome === 'block' ? 'which must not come up here' : 'on which a person decides'
          const text = `It says ${quoted(words, MOST_QUOTED)}: that is the topic ${quoted(name, MOST_QUOTED)}, ${does}. Without it, it would pass.`
          return [reason('topics', outcome, text)]
        }
        return []
      })
  }),
})

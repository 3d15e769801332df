import { z } from 'zod'
import { compileTopics, mentionedIn } from '../text/mentions-topic.ts'
import { onceFor } from '../text/once-for.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

const Words = z.array(z.string().min(1).max(200)).max(200)
const MOST_QUOTED = 32

/** Topics that must not come up, or that a person decides, by their words and synonyms in any form. */
export const topics = defineSection({
  denies: true,
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
    const list = values.flat()
    const compiled = compileTopics(list.map(({ name, words, synonyms }) => ({ words: words ?? [name], synonyms })))
    return (subject) => {
      const said = mentionedIn(readingOf(subject.texts).parts, compiled)
      return list.flatMap(({ name, outcome }, index) => {
        const words = said.get(index)
        if (words === undefined) return []
        const does = outcome === 'block' ? 'which must not come up here' : 'on which a person decides'
        const text = `It says ${quoted(words, MOST_QUOTED)}: that is the topic ${quoted(name, MOST_QUOTED)}, ${does}. Without it, it would pass.`
        return [reason('topics', outcome, text)]
      })
    }
  }),
})

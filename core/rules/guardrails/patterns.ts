import { z } from 'zod'
import { mentionedIn } from '../text/mentions-topic.ts'
import { onceFor } from '../text/once-for.ts'
import { compilePatterns, PatternText } from '../text/pattern.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

const MOST_QUOTED = 40

/** A workspace's own patterns (RE2), each with what it does and says. Denials: those of all scopes hold. */
export const patterns = defineSection({
  denies: true,
  schema: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(40),
        pattern: PatternText,
        outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
        /** Why, in a few words: "prices belong on the price list". */
        says: z.string().min(1).max(60).optional(),
      }),
    )
    .max(200),
  guardrail: onceFor((values): Guardrail => {
    const list = values.flat()
    const compiled = compilePatterns(list.map(({ pattern }) => pattern))
    return (subject) => {
      const said = mentionedIn(readingOf(subject.texts).parts, compiled)
      return list.flatMap(({ name, outcome, says }, index) => {
        const found = said.get(index)
        if (found === undefined) return []
        const why = says ?? `the rule “${name}” is against it`
        const text = `It says ${quoted(found.trim(), MOST_QUOTED)}: ${why}. Without that it would pass.`
        return [reason('patterns', outcome, text)]
      })
    }
  }),
})

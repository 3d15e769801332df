import { z } from 'zod'
import { onceFor } from '../text/once-for.ts'
import { compilePhrases } from '../text/phrases.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

/**
 * Words and phrases that must not go out: whole words, whatever their case, width and spacing, whatever invisible or
 * look-alike characters or markup they are disguised with, and whether their numbers are in words or digits.
 */
export const blockedWords = defineSection({
  denies: true,
  schema: z.array(z.string().min(1).max(200)).max(1000),
  guardrail: onceFor((values): Guardrail | null => {
    const list = values.flat()
    if (list.length === 0) return null
    const phrases = compilePhrases(list)
    return (subject) => {
      for (const part of readingOf(subject.texts).parts) {
        const [found] = phrases.in(part)
        if (found === undefined) continue
        const says = `It says ${quoted(list[found] ?? '')}, which must not go out. Without that wording it would pass.`
        return reason('blocked_words', 'block', says)
      }
      return null
    }
  }),
})

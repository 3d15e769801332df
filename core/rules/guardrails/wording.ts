import { z } from 'zod'
import type { Reason } from '../../domain/verdict.ts'
import { isForReaders } from '../for-readers.ts'
import { onceFor } from '../text/once-for.ts'
import { compilePhrases } from '../text/phrases.ts'
import { type Part, readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'
import { Language } from './languages.ts'

const Phrase = z.string().min(1).max(200)
const Forbidden = z.strictObject({ says: Phrase, instead: Phrase.optional(), language: Language.optional() })
const Required = z.strictObject({ any_of: z.array(Phrase).min(1).max(50), language: Language.optional() })

const MOST_QUOTED = 40

/**
 * The brand's voice: what must not be said (and what to say instead), and what every text for readers must show. An
 * entry with a language holds in texts of that language, and in those too short to tell.
 */
export const wording = defineSection({
  denies: true,
  schema: z.strictObject({
    required: z
      .array(z.union([Phrase.transform((says) => ({ any_of: [says] })), Required]))
      .max(100)
      .optional(),
    forbidden: z
      .array(z.union([Phrase.transform((says) => ({ says })), Forbidden]))
      .max(1000)
      .optional(),
    outcome: z.enum(['warn', 'ask', 'block']).default('block'),
  }),
  guardrail: onceFor((values): Guardrail | null => {
    const forbidden = values.flatMap((value) =>
      (value.forbidden ?? []).map((entry: z.infer<typeof Forbidden>) => ({ ...entry, outcome: value.outcome })),
    )
    const phrases = compilePhrases(forbidden.map(({ says }) => says))
    const required = values.flatMap((value) =>
      (value.required ?? []).map((entry: z.infer<typeof Required>) => ({
        ...entry,
        outcome: value.outcome,
      })),
    )
    const wanted = required.flatMap(({ any_of }, index) => any_of.map((says) => ({ says, index })))
    const wantedPhrases = compilePhrases(wanted.map(({ says }) => says))
    return (subject) => {
      const { parts } = readingOf(subject.texts)
      const reasons: Reason[] = []
      for (const part of parts) {
        const entry = phrases
          .in(part)
          .map((index) => forbidden[index])
          .find((one) => one && mayBe(part, one.language))
        if (!entry) continue
        const pass =
          entry.instead === undefined ? 'Without that wording' : `With ${quoted(entry.instead, MOST_QUOTED)} instead`
        const text = `It says ${quoted(entry.says, MOST_QUOTED)}, which is not your brand’s wording. ${pass} it would pass.`
        reasons.push(reason('wording.forbidden', entry.outcome, text))
        break
      }
      if (required.length === 0 || !isForReaders(subject)) return reasons
      const shown = new Set(parts.flatMap((part) => [...wantedPhrases.shownIn(part)].map((at) => wanted[at]?.index)))
      for (const [index, entry] of required.entries()) {
        const applies = entry.language === undefined || parts.some((part) => part.language() === entry.language)
        if (!applies || shown.has(index)) continue
        const says = quoted(entry.any_of[0] ?? '', MOST_QUOTED)
        const text = `It nowhere shows ${says}, which every text here has to. With that wording it would pass.`
        reasons.push(reason('wording.required', entry.outcome, text))
      }
      return reasons
    }
  }),
})

const mayBe = (part: Part, language: string | undefined): boolean =>
  language === undefined || (part.language() ?? language) === language

import { z } from 'zod'
import { CATEGORIES, categoryWords } from '../../domain/category.ts'
import type { Reason } from '../../domain/verdict.ts'
import { isForReaders } from '../for-readers.ts'
import { compileTopic } from '../text/mentions-topic.ts'
import { onceFor } from '../text/once-for.ts'
import { compilePattern, PatternText } from '../text/pattern.ts'
import { compilePhrases } from '../text/phrases.ts'
import { readingOf } from '../text/reading.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

const Phrase = z.string().min(1).max(200)
const Phrases = z.union([Phrase.transform((one) => [one]), z.array(Phrase).min(1).max(200)])

const Claim = z
  .strictObject({
    /** Words that make the claim, in any form (`cures` also finds `cured`). */
    says: Phrases.optional(),
    patterns: z.array(PatternText).max(50).optional(),
    /** Where its disclaimer is needed whatever the text says. */
    categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
    /** One of these has to be shown beside it; absent: the claim is forbidden. */
    disclaimer: Phrases.optional(),
    outcome: z.enum(['warn', 'ask', 'block']).default('block'),
  })
  .refine(
    ({ says, patterns, categories, disclaimer }) =>
      says !== undefined || patterns !== undefined || (categories !== undefined && disclaimer !== undefined),
    'needs what it says, patterns, or categories with their disclaimer',
  )

const MOST_QUOTED = 40

/** Claims that are forbidden, or that need a disclaimer where people can see it. */
export const claims = defineSection({
  schema: z.array(Claim).max(200),
  guardrail: onceFor((values): Guardrail => {
    const compiled = values.flat().map((claim) => ({
      ...claim,
      topic: claim.says ? compileTopic({ words: claim.says }) : null,
      found: (claim.patterns ?? []).map(compilePattern),
      shown: claim.disclaimer ? compilePhrases(claim.disclaimer) : null,
    }))
    return (subject) => {
      const { parts } = readingOf(subject.texts)
      const reasons: Reason[] = []
      for (const { topic, found, shown, categories, disclaimer, outcome, says, patterns } of compiled) {
        const here = categories === undefined || categories.includes(subject.category)
        if (!here || (shown && parts.some((part) => shown.shownIn(part)))) continue
        const needs = quoted(disclaimer?.[0] ?? '', MOST_QUOTED)
        if (!says && !patterns) {
          if (!isForReaders(subject)) continue
          const text = `${capital(categoryWords(subject.category))} have to show ${needs}, and this does not. With that disclaimer it would pass.`
          reasons.push(reason('claims.disclaimer', outcome, text))
          continue
        }
        const claimed = first(parts, (part) => topic?.(part) ?? first(found, (pattern) => pattern(part)))
        if (claimed === null) continue
        const text = shown
          ? `It claims ${quoted(claimed, MOST_QUOTED)} without showing ${needs}. With that disclaimer it would pass.`
          : `It claims ${quoted(claimed, MOST_QUOTED)}, which is not allowed here. Without that claim it would pass.`
        reasons.push(reason(shown ? 'claims.disclaimer' : 'claims.forbidden', outcome, text))
      }
      return reasons
    }
  }),
})

function first<T>(list: readonly T[], of: (one: T) => string | null): string | null {
  for (const one of list) {
    const found = of(one)
    if (found !== null) return found
  }
  return null
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

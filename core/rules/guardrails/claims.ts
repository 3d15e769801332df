import { z } from 'zod'
import { CATEGORIES, type Category, categoryWords } from '../../domain/category.ts'
import type { Reason } from '../../domain/verdict.ts'
import { isForReaders } from '../for-readers.ts'
import { lazily } from '../text/lazily.ts'
import { compileTopics, mentionedIn } from '../text/mentions-topic.ts'
import { onceFor } from '../text/once-for.ts'
import { compilePatterns, PatternText } from '../text/pattern.ts'
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
  denies: true,
  schema: z.array(Claim).max(200),
  guardrail: onceFor((values): Guardrail => {
    const list = values.flat()
    const topics = compileTopics(list.map(({ says = [] }) => ({ words: says })))
    const patterns = list.flatMap((claim, index) => (claim.patterns ?? []).map((pattern) => ({ pattern, index })))
    const found = compilePatterns(patterns.map(({ pattern }) => pattern))
    const disclaimers = list.flatMap(({ disclaimer = [] }, index) => disclaimer.map((says) => ({ says, index })))
    const phrases = compilePhrases(disclaimers.map(({ says }) => says))
    return (subject) => {
      const { parts } = readingOf(subject.texts)
      const claimed = new Map(mentionedIn(parts, topics))
      for (const [at, words] of mentionedIn(parts, found)) {
        const index = patterns[at]?.index
        if (index !== undefined && !claimed.has(index)) claimed.set(index, words)
      }
      const shown = lazily(
        () => new Set(parts.flatMap((part) => [...phrases.shownIn(part)].map((at) => disclaimers[at]?.index))),
      )
      const reasons: Reason[] = []
      list.forEach((claim, index) => {
        const always = claim.says === undefined && claim.patterns === undefined
        const here = claim.categories === undefined || claim.categories.includes(subject.category)
        const words = claimed.get(index)
        if (!here || (always ? !isForReaders(subject) : words === undefined)) return
        if (claim.disclaimer && shown().has(index)) return
        reasons.push(reasonFor(claim, words, subject.category))
      })
      return reasons
    }
  }),
})

function reasonFor(
  { disclaimer, outcome }: z.infer<typeof Claim>,
  words: string | undefined,
  category: Category,
): Reason {
  const needs = quoted(disclaimer?.[0] ?? '', MOST_QUOTED)
  if (words === undefined) {
    const text = `${capital(categoryWords(category))} have to show ${needs}, and this does not. With that disclaimer it would pass.`
    return reason('claims.disclaimer', outcome, text)
  }
  const says = quoted(words, MOST_QUOTED)
  return disclaimer
    ? reason(
        'claims.disclaimer',
        outcome,
        `It claims ${says} without showing ${needs}. With that disclaimer it would pass.`,
      )
    : reason(
        'claims.forbidden',
        outcome,
        `It claims ${says}, which is not allowed here. Without that claim it would pass.`,
      )
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

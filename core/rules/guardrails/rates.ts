import { z } from 'zod'
import { categoryWords } from '../../domain/category.ts'
import { numberWords } from '../in-words.ts'
import { defineSection, quoted, reason, RUNS_OF, RUNS_PER, type RunsOf, type Subject } from './guardrail.ts'

const RateSchema = z.strictObject({
  most: z.int().min(1),
  per: z.enum(RUNS_PER),
  of: z.enum(RUNS_OF),
  outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
})

/** How many actions may be proposed in an hour, a day, a week or a month. Every rate that any scope names holds. */
export const rates = defineSection({
  denies: true,
  schema: z.array(RateSchema).max(50),
  looks: (values) => values.flat().map(({ of, per }) => ({ look: 'runs', of, per })),
  guardrail(values) {
    const all = values.flat()
    if (all.length === 0) return null
    return (subject, { locale }, { runs }) =>
      all.flatMap(({ most, per, of, outcome }) => {
        if (of === 'agent' && subject.agentId === null) return []
        const rule = `rates.${of}.${per}`
        const soFar = runs?.[`${of}/${per}`]
        const limit = numberWords(most, locale)
        if (soFar === undefined) {
          const text = `How many ran in the last ${per} could not be counted, so a person decides. Up to ${limit} it would pass.`
          return reason(rule, atLeastAsk(outcome), text)
        }
        if (soFar < most) return []
        const text = `Proposed in the last ${per}: ${numberWords(soFar, locale)} ${words(of, subject)}; the most is ${limit}. Once there were fewer, it would pass.`
        return reason(rule, outcome, text)
      })
  },
})

/** A check that could not run lets nothing pass by itself. */
const atLeastAsk = (outcome: 'warn' | 'ask' | 'block'): 'ask' | 'block' => (outcome === 'block' ? 'block' : 'ask')

const MOST_TITLE = 30

function words(of: RunsOf, subject: Subject): string {
  switch (of) {
    case 'kind':
      return `of ${quoted(subject.kindTitle, MOST_TITLE)}`
    case 'category':
      return categoryWords(subject.category)
    case 'channel':
      return `over the channel ${subject.channel}`
    case 'agent':
      return 'by this agent'
    case 'workspace':
      return 'actions'
  }
}

import { z } from 'zod'
import { momentWords } from '../local-time.ts'
import { defineSection, reason } from './guardrail.ts'

const MS_PER_DAY = 86_400_000

/** The same text to the same people again within so many days. */
export const duplicates = defineSection({
  schema: z.strictObject({ days: z.int().min(1).max(365), outcome: z.enum(['warn', 'ask', 'block']).default('ask') }),
  looks: ([{ days }]) => [{ look: 'same_text', days }],
  guardrail([{ days, outcome }]) {
    const spell = days === 1 ? 'a day' : `${days} days`
    return ({ texts, preparing, plannedAt }, { zone, locale }, { sameText }) => {
      if (preparing || texts.every((text) => text.trim() === '')) return null
      if (sameText === undefined) {
        const text = `Whether these people had the same text within ${spell} could not be looked up, so a person decides.`
        return reason('duplicates', outcome === 'block' ? 'block' : 'ask', text)
      }
      // Another rule may have looked further back.
      if (sameText === null || plannedAt.getTime() - sameText.at.getTime() > days * MS_PER_DAY) return null
      const last = momentWords(sameText.at, zone, locale)
      const text = `These people had the same text on ${last}. Another would pass, and this one ${spell} after that.`
      return reason('duplicates', outcome, text)
    }
  },
})

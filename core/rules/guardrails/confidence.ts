import { z } from 'zod'
import { percentWords } from '../in-words.ts'
import { defineSection, reason } from './guardrail.ts'

/**
 * What an agent thinks of its own proposal, 0 to 1: below the limit a person decides. `required`: saying nothing counts
 * as below. What a member proposes is not asked.
 */
export const confidence = defineSection({
  schema: z.strictObject({ ask_below: z.number().min(0).max(1), required: z.boolean().default(false) }),
  guardrail([{ ask_below, required }]) {
    const known = percentWords(ask_below, ask_below).limit
    return (subject) => {
      const { confidence: said, agentId } = subject
      if (agentId === null || (said === null && !required)) return null
      // What is no share says nothing, and cannot be read as sure.
      if (said === null || !(said >= 0 && said <= 1)) {
        const text = `The agent does not say how sure it is, so a person decides. From ${known} on it would pass.`
        return reason('confidence.ask_below', 'ask', text)
      }
      if (said >= ask_below) return null
      const words = percentWords(said, ask_below)
      const text = `The agent is ${words.share} sure of it; below ${words.limit} a person decides. From there on it would pass.`
      return reason('confidence.ask_below', 'ask', text)
    }
  },
})

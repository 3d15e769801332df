import { z } from 'zod'
import { listed } from '../in-words.ts'
import { defineSection, quoted, reason } from './guardrail.ts'

const Name = z.string().min(1).max(200)
const MOST_NAME = 40
const MOST_LISTED = 40

/**
 * To which segments anything may go, by their names on the platform, whatever their case. Denials win. Where segments
 * are limited and the platform does not tell which it is, a person decides.
 */
export const segments = defineSection({
  denies: true,
  schema: z.strictObject({ allow: z.array(Name).max(1000).optional(), deny: z.array(Name).max(1000).optional() }),
  guardrail(values) {
    const deny = new Set(values.flatMap((value) => value.deny ?? []).map((name) => name.toLowerCase()))
    const allow = values.find((value) => value.allow !== undefined)?.allow
    const allowed = allow && new Set(allow.map((name) => name.toLowerCase()))
    if (deny.size === 0 && allow === undefined) return null
    return ({ segment, preparing }) => {
      if (preparing) return null
      if (segment === null) {
        const text = 'Which segment it reaches is not known, and segments are limited here. A person decides.'
        return reason('segments.unknown', 'ask', text)
      }
      const name = segment.toLowerCase()
      if (deny.has(name)) {
        const text = `It goes to ${quoted(segment, MOST_NAME)}, a segment that nothing may go to. To another it would pass.`
        return reason('segments.deny', 'block', text)
      }
      if (!allow || allowed?.has(name)) return null
      const text = `It goes to ${quoted(segment, MOST_NAME)}; allowed segments: ${listed(allow, MOST_LISTED)}. To one of them it would pass.`
      return reason('segments.allow', 'block', text)
    }
  },
})

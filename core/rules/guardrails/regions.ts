import { z } from 'zod'
import { listed } from '../in-words.ts'
import { defineSection, quoted, reason } from './guardrail.ts'

const Name = z.string().min(1).max(200)
const MOST_NAME = 40
const MOST_LISTED = 40

/**
 * Where anything may go: names or codes, whatever their case; `US` is all of `US-CO` and `US-TX`. Denials win. Where
 * regions are limited and the platform does not tell which it reaches, a person decides.
 */
export const regions = defineSection({
  denies: true,
  schema: z.strictObject({ allow: z.array(Name).max(1000).optional(), deny: z.array(Name).max(1000).optional() }),
  guardrail(values) {
    const deny = values.flatMap((value) => value.deny ?? [])
    const allow = values.find((value) => value.allow !== undefined)?.allow
    if (deny.length === 0 && allow === undefined) return null
    return ({ regions: reached, preparing }) => {
      if (preparing) return null
      if (reached === null || reached.length === 0) {
        const text = 'Which regions it reaches is not known, and regions are limited here. A person decides.'
        return reason('regions.unknown', 'ask', text)
      }
      // All of a country reaches the part of it where nothing may go out.
      const denied = reached.find((region) => deny.some((name) => isWithin(region, name) || isWithin(name, region)))
      if (denied !== undefined) {
        const text = `It reaches ${quoted(denied, MOST_NAME)}, where nothing may go out. Without that region it would pass.`
        return reason('regions.deny', 'block', text)
      }
      const beyond = allow && reached.find((region) => !allow.some((name) => isWithin(region, name)))
      if (!allow || beyond === undefined) return null
      const text = `It reaches ${quoted(beyond, MOST_NAME)}; allowed regions: ${listed(allow, MOST_LISTED)}. Within them it would pass.`
      return reason('regions.allow', 'block', text)
    }
  },
})

function isWithin(region: string, name: string): boolean {
  const [inner, outer] = [region.toLowerCase(), name.toLowerCase()]
  return inner === outer || inner.startsWith(`${outer}-`)
}

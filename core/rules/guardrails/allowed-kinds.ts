import { z } from 'zod'
import { matchesKind } from '../kind-pattern.ts'
import { defineSection, quoted, reason } from './guardrail.ts'

/** Which kinds of action may be proposed at all. A denial wins over any permission. */
export const allowedKinds = defineSection({
  denies: true,
  schema: z.strictObject({
    /** Absent: all. A trailing `*` stands for the rest (`hubspot.*`). */
    allow: z.array(z.string()).optional(),
    deny: z.array(z.string()).optional(),
  }),
  guardrail(values) {
    const deny = values.flatMap((value) => value.deny ?? [])
    const allow = values.find((value) => value.allow !== undefined)?.allow
    return (subject) => {
      const title = quoted(subject.kindTitle)
      if (deny.some((pattern) => matchesKind(pattern, subject.kindId))) {
        const text = `${title} is not allowed here. An admin can take it off the list of forbidden actions.`
        return reason('kinds.deny', 'block', text)
      }
      if (allow && !allow.some((pattern) => matchesKind(pattern, subject.kindId)))
        return reason('kinds.allow', 'block', `${title} is not among the allowed actions. An admin can add it.`)
      return null
    }
  },
})

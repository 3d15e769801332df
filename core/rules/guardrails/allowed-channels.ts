import { z } from 'zod'
import { CHANNELS } from '../../domain/category.ts'
import { defineSection, reason } from './guardrail.ts'

/** Through which channels anything may go out. */
export const allowedChannels = defineSection({
  schema: z.strictObject({ allow: z.array(z.enum(CHANNELS)) }),
  guardrail([{ allow }]) {
    return ({ channel }) => {
      if (allow.includes(channel)) return null
      const allowed = allow.length === 0 ? 'none' : allow.join(', ')
      return reason('channels.allow', 'block', `The channel ${channel} is not allowed here; allowed: ${allowed}.`)
    }
  },
})

import { z } from 'zod'
import { defineSection, quoted, reason } from './guardrail.ts'

const MOST_NAME = 50

/** The first time that anything goes to an audience or over a channel: there is nothing yet to compare it with. */
export const newAudience = defineSection({
  schema: z.strictObject({
    audience: z.boolean().default(true),
    channel: z.boolean().default(true),
    outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
  }),
  looks: () => [{ look: 'audience' }],
  guardrail([{ audience, channel, outcome }]) {
    if (!audience && !channel) return null
    return (subject, _place, { audience: before }) => {
      if (subject.preparing || !subject.reachesPeople) return null
      if (before === undefined) {
        const text = 'Whether anything went to this audience before could not be looked up, so a person decides.'
        return reason('new_audience', outcome === 'block' ? 'block' : 'ask', text)
      }
      const says = (what: string): string =>
        `Nothing ${what} before. Once something did with a person’s yes, it would pass.`
      if (channel && !before.channelKnown)
        return reason('new_audience.channel', outcome, says(`went out over the channel ${subject.channel}`))
      if (!audience || before.known) return null
      const whom = subject.segment === null ? 'this audience' : quoted(subject.segment, MOST_NAME)
      return reason('new_audience.audience', outcome, says(`went to ${whom}`))
    }
  },
})

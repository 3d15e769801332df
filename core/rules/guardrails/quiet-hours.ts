import { z } from 'zod'
import { clockTime, inDailyWindow } from '../calendar.ts'
import { defineSection, reason } from './guardrail.ts'

export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** No sends to people in the quiet hours of the workspace's zone. The window may cross midnight. */
export const quietHours = defineSection({
  schema: z.strictObject({ from: Clock, to: Clock, outcome: z.enum(['ask', 'block']).default('ask') }),
  guardrail([{ from, to, outcome }]) {
    return (subject, { zone }) => {
      if (!subject.reachesPeople || !inDailyWindow(subject.plannedAt, zone, from, to)) return null
      const at = clockTime(subject.plannedAt, zone)
      const text = `It would reach people at ${at}; quiet hours are ${from} to ${to}. From ${to} on it would pass.`
      return reason('quiet_hours', outcome, text)
    }
  },
})

import { clockTime, inDailyWindow } from '../calendar.ts'
import { type MakeGuardrail, reason } from './guardrail.ts'

/** No sends to people in the quiet hours of the workspace's zone. */
export const quietHoursGuardrail: MakeGuardrail = ({ quiet_hours }) => {
  if (!quiet_hours) return null
  const { from, to, outcome } = quiet_hours
  return (subject, { zone }) => {
    if (!subject.reachesPeople || !inDailyWindow(subject.plannedAt, zone, from, to)) return null
    const at = clockTime(subject.plannedAt, zone)
    return reason(
      'quiet_hours',
      outcome,
      `It would reach people at ${at}; quiet hours are ${from} to ${to}. From ${to} on it would pass.`,
    )
  }
}

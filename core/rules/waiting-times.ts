import type { Category } from '../domain/category.ts'
import { addWorkingDays } from './calendar.ts'

const HOUR_MS = 3_600_000

export type Waiting = {
  readonly since: Date
  readonly slotAt: Date | null
  readonly category: Category
  readonly zone: string
}

/** When a card expires: at its slot; without one after 7 days, review replies after 48 h. */
export function expiryOf(waiting: Waiting): Date {
  if (waiting.slotAt !== null) return waiting.slotAt
  const hours = waiting.category === 'review_reply' ? 48 : 7 * 24
  return new Date(waiting.since.getTime() + hours * HOUR_MS)
}

/**
 * The times at which a waiting card speaks up: two reminders, then one escalation. With a slot at 25 %, 75 % and
 * 87.5 % of the way to it (under an hour: one reminder half way); without one after 1, 3 and 5 working days.
 */
export function reminderTimes(waiting: Waiting): readonly Date[] {
  const { since, slotAt, zone } = waiting
  const end = expiryOf(waiting)
  if (slotAt === null) {
    return [1, 3, 5].map((days) => addWorkingDays(since, days, zone)).filter((time) => time < end)
  }
  const span = slotAt.getTime() - since.getTime()
  if (span <= 0) return []
  const shares = span < HOUR_MS ? [0.5] : [0.25, 0.75, 0.875]
  return shares.map((share) => new Date(since.getTime() + share * span))
}

/** The next of them after `sent` were sent, or null. The third is the escalation. */
export function nextReminder(waiting: Waiting, sent: number): Date | null {
  return reminderTimes(waiting)[sent] ?? null
}

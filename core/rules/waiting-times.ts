import type { Category } from '../domain/category.ts'
import { addWorkingDays } from './calendar.ts'

const HOUR_MS = 3_600_000
const FIRST_AFTER_DAYS = 1

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
 * 87.5 % of the way to it (under an hour: one reminder half way); without one after 1, 3 and 4 working days.
 */
export function reminderTimes(waiting: Waiting): readonly Date[] {
  const { since, slotAt, zone } = waiting
  const end = expiryOf(waiting)
  if (slotAt === null) {
    return [FIRST_AFTER_DAYS, 3, 4].map((days) => addWorkingDays(since, days, zone)).filter((time) => time < end)
  }
  const span = slotAt.getTime() - since.getTime()
  if (span <= 0) return []
  const shares = span < HOUR_MS ? [0.5] : [0.25, 0.75, 0.875]
  return shares.map((share) => new Date(since.getTime() + share * span))
}

/** The first of them, or null: nothing reminds before it expires. */
export function firstReminder(waiting: Waiting): Date | null {
  if (waiting.slotAt !== null) return reminderTimes(waiting)[0] ?? null
  const first = addWorkingDays(waiting.since, FIRST_AFTER_DAYS, waiting.zone)
  return first < expiryOf(waiting) ? first : null
}

/** After so many the card has spoken up often enough; the last of them is the escalation. */
export const MOST_REMINDERS = 3

export type Reminded = {
  /** When it spoke up just now. */
  readonly at: Date
  /** How often it did, this time included. */
  readonly sent: number
  readonly slotAt: Date | null
  readonly expiresAt: Date | null
  readonly zone: string
}

/**
 * The next of them, or null. Counted from the one that was just sent, so that a card that came back, was snoozed or
 * stood still never makes up for what it missed: two working days on and then one, so that the escalation comes before
 * the week is over, or the same shares of what is left until the slot.
 */
export function nextReminder({ at, sent, slotAt, expiresAt, zone }: Reminded): Date | null {
  if (sent >= MOST_REMINDERS) return null
  const leftMs = slotAt === null ? 0 : slotAt.getTime() - at.getTime()
  if (slotAt === null || leftMs <= 0) {
    const next = addWorkingDays(at, sent === 1 ? 2 : 1, zone)
    return expiresAt === null || next < expiresAt ? next : null
  }
  if (sent === 1) return leftMs > HOUR_MS / 2 ? new Date(slotAt.getTime() - leftMs / 3) : null
  return new Date(slotAt.getTime() - leftMs / 2)
}

import { DateTime } from 'luxon'

/** A day, week or month in a zone and its bounds; a day is 23 or 25 hours long when the clocks change. */
export type CalendarWindow = { readonly name: string; readonly startsAt: Date; readonly endsAt: Date }

/** `2026-11-22T14`, with the zone's distance from UTC where an hour comes twice. */
export const hourWindow = (at: Date, zone: string): CalendarWindow => windowOf('hour', at, zone)
/** `2026-11-22` */
export const dayWindow = (at: Date, zone: string): CalendarWindow => windowOf('day', at, zone)
/** `2026-W47`: the ISO week, from Monday. */
export const weekWindow = (at: Date, zone: string): CalendarWindow => windowOf('week', at, zone)
/** `2026-11` */
export const monthWindow = (at: Date, zone: string): CalendarWindow => windowOf('month', at, zone)

const NAMED = { hour: "yyyy-MM-dd'T'HHZZ", day: 'yyyy-MM-dd', week: "kkkk-'W'WW", month: 'yyyy-MM' } as const

function windowOf(unit: keyof typeof NAMED, at: Date, zone: string): CalendarWindow {
  const key = `${unit} ${zone}`
  const known = lastWindows.get(key)
  if (known && at >= known.startsAt && at < known.endsAt) return known
  const start = DateTime.fromJSDate(at, { zone }).startOf(unit)
  const end = start.plus({ [unit]: 1 }).startOf(unit)
  const window = { name: start.toFormat(NAMED[unit]), startsAt: start.toJSDate(), endsAt: end.toJSDate() }
  lastWindows.set(key, window)
  return window
}

/** How many calendar days of its day, week or month are left at an instant, today included. */
export function daysLeft(unit: 'day' | 'week' | 'month', at: Date, zone: string): number {
  const today = DateTime.fromJSDate(at, { zone }).startOf('day')
  const end = today
    .startOf(unit)
    .plus({ [unit]: 1 })
    .startOf(unit)
  // Counted on the calendar: a day of 23 or 25 hours is one day.
  return Math.round(end.diff(today, 'days').days)
}

/** How many calendar days one instant is after another there; negative where it is before. */
export function calendarDaysBetween(from: Date, to: Date, zone: string): number {
  const [first, last] = [from, to].map((at) => DateTime.fromJSDate(at, { zone }).startOf('day'))
  return first && last ? Math.round(last.diff(first, 'days').days) : 0
}

/** The bounds of a day that is named (`2026-03-05`), in that zone; null: there is no such day. */
export function dayBounds(day: string, zone: string): Pick<CalendarWindow, 'startsAt' | 'endsAt'> | null {
  const start = DateTime.fromFormat(day, 'yyyy-MM-dd', { zone }).startOf('day')
  return start.isValid
    ? { startsAt: start.toJSDate(), endsAt: start.plus({ days: 1 }).startOf('day').toJSDate() }
    : null
}

/** Most questions are about now: the last answers of each zone, of which there are some hundreds. */
const lastWindows = new Map<string, CalendarWindow>()

/** Whether a time of day lies in a window that may cross midnight; `from` is inside, `to` is not; equal: never. */
export function inDailyWindow(at: Date, zone: string, from: string, to: string): boolean {
  const clock = DateTime.fromJSDate(at, { zone }).toFormat('HH:mm')
  if (from === to) return false
  return from < to ? clock >= from && clock < to : clock >= from || clock < to
}

/** "22:40" in that zone. */
export const clockTime = (at: Date, zone: string): string => DateTime.fromJSDate(at, { zone }).toFormat('HH:mm')

/** 9:00 on the next day in that zone. */
export const tomorrowMorning = (at: Date, zone: string): Date =>
  DateTime.fromJSDate(at, { zone }).plus({ days: 1 }).startOf('day').set({ hour: 9 }).toJSDate()

/** The same time of day so many working days (Monday to Friday) later, in that zone. */
export function addWorkingDays(at: Date, days: number, zone: string): Date {
  const time = DateTime.fromJSDate(at, { zone })
  let ahead = 0
  for (let left = days; left > 0; ) {
    ahead += 1
    if ((time.weekday + ahead - 1) % 7 < 5) left -= 1
  }
  return time.plus({ days: ahead }).toJSDate()
}

const SHORTEST_GRANT_DAYS = 30

/** The start of the first quarter that is at least 30 days away: when what is granted now is looked at again. */
export function nextQuarterlyReview(at: Date, zone: string): Date {
  const earliest = DateTime.fromJSDate(at, { zone }).plus({ days: SHORTEST_GRANT_DAYS })
  const start = earliest.startOf('quarter')
  return (start >= earliest ? start : start.plus({ quarters: 1 })).toJSDate()
}

/** The whole week, from Monday, before the one that it is now. */
export function weekBefore(at: Date, zone: string): { readonly startsAt: Date; readonly endsAt: Date } {
  const monday = DateTime.fromJSDate(at, { zone }).startOf('week')
  return { startsAt: monday.minus({ weeks: 1 }).toJSDate(), endsAt: monday.toJSDate() }
}

/** How far the zone is ahead of UTC at an instant, in minutes. */
export const offsetMinutes = (at: Date, zone: string): number => DateTime.fromJSDate(at, { zone }).offset

import { type LocalTime, WEEKDAYS, type Weekday } from './local-time.ts'

/** Days and hours, both in minutes after midnight; a window that crosses midnight belongs to the day it begins on. */
export type SendWindow = {
  readonly days: readonly Weekday[]
  readonly from: number
  readonly to: number
}

export const DAY_MINUTES = 1440

/** Whether a clock and calendar on the wall lie in a window: `from` is inside, `to` is not. */
export function inSendWindow({ weekday, minutes }: LocalTime, { days, from, to }: SendWindow): boolean {
  const isOn = (day: number): boolean => days.some((name) => WEEKDAYS.indexOf(name) === (day + 6) % 7)
  if (from < to) return isOn(weekday) && minutes >= from && minutes < to
  return (isOn(weekday) && minutes >= from) || (isOn(weekday - 1) && minutes < to)
}

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** "Mon–Fri", "Mon, Wed and Fri" as "Mon, Wed, Fri"; in the order of the week. */
export function daysWords(days: readonly Weekday[]): string {
  const numbers = WEEKDAYS.flatMap((name, index) => (days.includes(name) ? [index] : []))
  const runs: [number, number][] = []
  for (const day of numbers) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
    .map(([first, last]) => {
      if (first === last) return SHORT[first]
      return `${SHORT[first]}${last - first === 1 ? ', ' : '–'}${SHORT[last]}`
    })
    .join(', ')
}

import { IANAZone } from 'luxon'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** What the clock and the calendar on the wall say. `minutes` after midnight, `weekday` from 1, Monday, to 7. */
export type LocalTime = { readonly day: string; readonly weekday: number; readonly minutes: number }

/** How far a zone is ahead of UTC, in ms; NaN: nobody knows that zone. */
export function offsetMs(at: number, zone: string): number {
  const day = Math.floor(at / DAY_MS)
  const known = offsets.get(zone)?.get(day)
  if (known !== undefined) return known ?? askedOffsetMs(at, zone)
  const [first, last] = [askedOffsetMs(day * DAY_MS, zone), askedOffsetMs((day + 1) * DAY_MS, zone)]
  // No zone changes its clocks twice in a day.
  const offset = first === last || Number.isNaN(first) ? first : null
  keepOffset(zone, day, offset)
  return offset ?? askedOffsetMs(at, zone)
}

const askedOffsetMs = (at: number, zone: string): number => IANAZone.create(zone).offset(at) * MINUTE_MS

function keepOffset(zone: string, day: number, offset: number | null): void {
  if (offsets.size >= MOST_ZONES) offsets.clear()
  const days = offsets.get(zone) ?? new Map<number, number | null>()
  if (days.size >= MOST_DAYS) days.clear()
  offsets.set(zone, days.set(day, offset))
}

const MOST_ZONES = 1000
const MOST_DAYS = 400
/** By zone and day of UTC; null: on that day its clocks change. To ask costs more than a rule otherwise does. */
const offsets = new Map<string, Map<number, number | null>>()

/** What the clock says there; null: nobody knows that zone. */
export function localTime(at: Date, zone: string): LocalTime | null {
  const minute = Math.floor(at.getTime() / MINUTE_MS)
  const known = readings.get(zone)
  if (known?.minute === minute) return known.local
  const local = readClock(at, zone)
  if (readings.size >= MOST_ZONES) readings.clear()
  readings.set(zone, { minute, local })
  return local
}

const readings = new Map<string, { readonly minute: number; readonly local: LocalTime | null }>()

function readClock(at: Date, zone: string): LocalTime | null {
  const local = at.getTime() + offsetMs(at.getTime(), zone)
  if (Number.isNaN(local)) return null
  const days = Math.floor(local / DAY_MS)
  return {
    day: dayName(days),
    // 1970 began on a Thursday.
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
    minutes: Math.floor((local - days * DAY_MS) / MINUTE_MS),
  }
}

/** `2026-11-22` of a number of days since 1970. */
const dayName = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10)

/** The calendar day so many days later. */
export const dayAfter = (day: string, days: number): string => dayName(Date.parse(`${day}T00:00:00Z`) / DAY_MS + days)

/** Minutes after midnight of "08:30". */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** "08:30" of minutes after midnight. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Where a zone is, as people say it: "Buenos Aires". */
export const zoneWords = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

/** "Mon, Nov 23, 08:00" in that zone and in the workspace's own spelling. */
export const momentWords = (at: Date, zone: string, locale: string): string =>
  `${dayWords(at, zone, locale)}, ${clockOf(localTime(at, zone)?.minutes ?? 0)}`

/** "Mon, Nov 23" in that zone and in the workspace's own spelling. */
export function dayWords(at: Date, zone: string, locale: string): string {
  const key = `${locale} ${zone}`
  const known = formats.get(key)
  if (known) return known.format(at)
  const timeZone = IANAZone.isValidZone(zone) ? zone : 'UTC'
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', month: 'short', day: 'numeric', timeZone })
  if (formats.size >= MOST_FORMATS) formats.clear()
  formats.set(key, format)
  return format.format(at)
}

const MOST_FORMATS = 500
const formats = new Map<string, Intl.DateTimeFormat>()

import type Holidays from 'date-holidays'
import { dayAfter } from './local-time.ts'

const DAY_MS = 86_400_000
const MOST_YEARS = 500

/** A country, with a state and a region where they have days of their own: `US`, `US-CO`, `US-LA-NO`. */
export const HOLIDAY_PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/

let library: typeof Holidays | null = null
/**
 * Brings the calendars. They are 1.4 MB of sources, which would cost every start more than 100 ms, so that they come when
 * a policy first names holidays; until then `holidayOn` knows nothing and its rule asks a person. Nobody waits for what
 * another request began: on Workers that may never come.
 */
export async function loadHolidays(): Promise<void> {
  library ??= (await import('date-holidays')).default
}

/** The public holiday of a day there, by its English name; null: none. Undefined: nobody knows. */
export function holidayOn(day: string, place: string): string | null | undefined {
  const year = yearOf(Number(day.slice(0, 4)), place)
  return year === null ? undefined : (year.get(day) ?? null)
}

type Year = ReadonlyMap<string, string>
const years = new Map<string, Year>()

/** Null: the calendars are not there yet, or have nothing of that place. */
function yearOf(year: number, place: string): Year | null {
  if (library === null) return null
  const key = `${place} ${year}`
  const known = years.get(key)
  if (known) return known
  const [country = '', state = '', region = ''] = place.split('-')
  const calendar = new library(country, state, region, { types: ['public'], languages: ['en'] })
  if (!isKnown(calendar, country)) return null
  const days = new Map<string, string>()
  // A holiday of several days may begin in the year before.
  for (const { date, name, start, end } of [...calendar.getHolidays(year - 1), ...calendar.getHolidays(year)]) {
    const count = Math.max(1, Math.ceil((end.getTime() - start.getTime()) / DAY_MS))
    for (let index = 0; index < count; index += 1) {
      const day = dayAfter(date.slice(0, 10), index)
      if (day.startsWith(String(year)) && !days.has(day)) days.set(day, name)
    }
  }
  if (years.size >= MOST_YEARS) years.clear()
  years.set(key, days)
  return days
}

/** A state or region without days of its own has those of its country. */
const isKnown = (calendar: Holidays, country: string): boolean => Object.hasOwn(calendar.getCountries(), country)

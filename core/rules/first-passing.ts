import { dayAfter, localTime, offsetMs } from './local-time.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/**
 * The first instant after `after` that passes, within so many days; null: none. What passes may change only where a
 * clock of one of the zones shows one of these minutes after midnight, at midnight, or where its clocks change: these
 * instants are looked at, so that an hour that does not exist, or comes twice, is found as people will live it.
 */
export function firstPassing(
  after: Date,
  zones: readonly string[],
  minutes: readonly number[],
  passes: (at: Date) => boolean,
  days: number,
): Date | null {
  const boundaries = [...new Set([0, ...minutes])]
  const start = after.getTime()
  for (let day = 0; day < days; day += 1) {
    const [from, to] = [start + day * DAY_MS, start + (day + 1) * DAY_MS]
    const instants = zones.flatMap((zone) => instantsIn(zone, from, to, boundaries))
    for (const instant of [...new Set(instants)].toSorted((a, b) => a - b)) {
      const at = new Date(instant)
      if (passes(at)) return at
    }
  }
  return null
}

/** After `from`, up to `to`: when the clock there shows these minutes, and when it is changed. */
function instantsIn(zone: string, from: number, to: number, minutes: readonly number[]): readonly number[] {
  const first = localTime(new Date(from), zone)?.day
  if (first === undefined) return []
  const offsets = new Set([offsetMs(from - DAY_MS, zone), offsetMs(from, zone), offsetMs(to, zone)])
  const found: number[] = []
  for (const day of [first, dayAfter(first, 1), dayAfter(first, 2)]) {
    const midnight = Date.parse(`${day}T00:00:00Z`)
    for (const minute of minutes) for (const offset of offsets) found.push(midnight + minute * MINUTE_MS - offset)
  }
  if (offsetMs(from, zone) !== offsetMs(to, zone)) found.push(changeBetween(zone, from, to))
  return found.filter((instant) => instant > from && instant <= to)
}

/** When the clocks of a zone change between two instants at which they differ. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = offsetMs(from, zone)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(middle, zone) === before) low = middle
    else high = middle
  }
  return high
}

/** Working time on one weekday, in minutes after local midnight; ends after it begins, within the day. */
export type WorkingSpan = { readonly fromMinute: number; readonly toMinute: number }

/** Monday first; what is learned of a reviewer's week, or the default. Spans of a day do not overlap. */
export type WeeklyHours = readonly (readonly WorkingSpan[])[]

const NINE_TO_FIVE: readonly WorkingSpan[] = [{ fromMinute: 9 * 60, toMinute: 17 * 60 }]

export const DEFAULT_WEEK: WeeklyHours = [NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, [], []]

const MS_PER_MINUTE = 60_000
const MS_PER_DAY = 86_400_000
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3

/**
 * Queue delay: from creation to the first opening, in seconds of the reviewer's working hours. It feeds the service
 * level alone and is no sign of confidence. `offsetMinutes` is the zone's offset from UTC at an instant. Section 4.3.
 */
export function queueDelaySeconds(
  createdMs: number,
  openedMs: number,
  week: WeeklyHours,
  offsetMinutes: (instantMs: number) => number,
): number {
  const local = (ms: number): number => ms + offsetMinutes(ms) * MS_PER_MINUTE
  const [from, to] = [local(createdMs), local(openedMs)]
  let worked = 0
  for (let day = Math.floor(from / MS_PER_DAY); day * MS_PER_DAY < to; day += 1) {
    const weekday = (((day + FIRST_WEEKDAY) % 7) + 7) % 7
    for (const { fromMinute, toMinute } of week[weekday] ?? []) {
      const begins = Math.max(from, day * MS_PER_DAY + fromMinute * MS_PER_MINUTE)
      const ends = Math.min(to, day * MS_PER_DAY + toMinute * MS_PER_MINUTE)
      worked += Math.max(0, ends - begins)
    }
  }
  return worked / 1000
}

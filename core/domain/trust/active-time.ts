import type { ActiveTime } from './decision-time.ts'

const IDLE_SECONDS = 60
const MOST_SECONDS = 30 * 60

/** A stretch in which the item was in the foreground, with the instants at which the person did something. */
export type Foreground = {
  readonly fromMs: number
  readonly toMs: number
  /** Ascending; those outside the stretch do not count. */
  readonly touchedAtMs: readonly number[]
}

/** T, in seconds: foreground only, of every gap without a touch at most 60 s, capped at 30 minutes. Section 4.3. */
export function activeSeconds(stretches: readonly Foreground[]): number {
  let seconds = 0
  for (const { fromMs, toMs, touchedAtMs } of stretches) {
    let last = fromMs
    for (const at of [...touchedAtMs.filter((touched) => touched > fromMs && touched < toMs), toMs]) {
      seconds += Math.min(IDLE_SECONDS, Math.max(0, at - last) / 1000)
      last = Math.max(last, at)
    }
  }
  return Math.min(MOST_SECONDS, seconds)
}

/** T of each item of a batch that was approved at once, in seconds. Section 4.3. */
export const batchItemSeconds = (batchSeconds: number, items: number): number => batchSeconds / Math.max(1, items)

export type Press = {
  readonly postedAtMs: number
  readonly pressedAtMs: number
  /** That person's press before this one, anywhere; null: none is known. */
  readonly previousPressAtMs: number | null
  /** When the person opened the details; null: never. */
  readonly openedAtMs: number | null
}

/**
 * The bounds of T for a press on a card that shows neither reading nor opening: at most the time since it was posted
 * and since that person's previous press; at least the time for which the details were open. Section 4.3.
 */
export function pressBounds({ postedAtMs, pressedAtMs, previousPressAtMs, openedAtMs }: Press): ActiveTime {
  const since = (ms: number): number => Math.max(0, pressedAtMs - ms) / 1000
  const mostSeconds = Math.min(
    MOST_SECONDS,
    since(postedAtMs),
    previousPressAtMs === null ? Number.POSITIVE_INFINITY : since(previousPressAtMs),
  )
  const leastSeconds = openedAtMs === null ? 0 : Math.min(mostSeconds, since(openedAtMs), IDLE_SECONDS)
  return { kind: 'bounded', leastSeconds, mostSeconds }
}

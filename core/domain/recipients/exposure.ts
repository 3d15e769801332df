const DAY_MS = 86_400_000

/** At most so many messages to one person in any so many days, on all channels and from all agents together. */
export type ExposureLimit = { readonly messages: number; readonly days: number }

/**
 * The most messages that any stretch of `days` days around `at` holds already, one at `at` itself not counted. Planned
 * ones count like sent ones, so a send between two planned ones is seen too. Times in milliseconds, in any order.
 */
export function messagesAround(times: readonly number[], at: number, days: number): number {
  const length = days * DAY_MS
  const near = times.filter((time) => Math.abs(time - at) < length).toSorted((a, b) => a - b)
  let most = 0
  // A stretch that holds the most can be moved until it starts with a message, or with this one.
  for (const start of [...near.filter((time) => time <= at), at]) {
    most = Math.max(most, near.filter((time) => time >= start && time - start < length).length)
  }
  return most
}

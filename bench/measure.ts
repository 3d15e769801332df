/** The middle of the numbers; of an even count the mean of the two in the middle. NaN of none. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 50)
}

/** Linear between the two nearest ranks; `p` from 0 to 100. NaN of none. */
export function percentile(numbers: readonly number[], p: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const rank = ((sorted.length - 1) * p) / 100
  const below = sorted[Math.floor(rank)]
  const above = sorted[Math.ceil(rank)]
  if (below === undefined || above === undefined) return Number.NaN
  return below + (above - below) * (rank - Math.floor(rank))
}

export type Spread = { readonly median: number; readonly least: number; readonly most: number; readonly n: number }

export function spreadOf(numbers: readonly number[]): Spread {
  return { median: median(numbers), least: Math.min(...numbers), most: Math.max(...numbers), n: numbers.length }
}

/**
 * How much one program does of what another does, round by round: both ran next to each other in a round, so a slow
 * minute of the machine slows both. The median of the rounds' ratios, not the ratio of the medians.
 */
export function ratioByRound(rates: readonly number[], base: readonly number[]): Spread {
  const rounds = Math.min(rates.length, base.length)
  return spreadOf(
    Array.from({ length: rounds }, (_, round) => (rates[round] ?? Number.NaN) / (base[round] ?? Number.NaN)),
  )
}

/** The order of one round: each round starts one further, so that nobody always runs first or after the same one. */
export function roundOrder<T>(programs: readonly T[], round: number): readonly T[] {
  const start = programs.length === 0 ? 0 : round % programs.length
  return [...programs.slice(start), ...programs.slice(0, start)]
}

export type Counters = Readonly<Record<string, number>>

/** What happened between two readings of counters, for each of `actions`. */
export function perAction(before: Counters, after: Counters, actions: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, Math.max(0, value - (before[name] ?? 0)) / actions]),
  )
}

/** The clock ticks of `/proc/PID/stat`: its own and those of its ended children, in user and system mode. */
export function ticksOf(
  stat: string,
): { readonly parent: number; readonly own: number; readonly ended: number } | null {
  // The name in brackets may hold blanks and brackets itself; what follows the last one is plain.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent, user, system, endedUser, endedSystem] = [fields[1], fields[11], fields[12], fields[13], fields[14]]
  if (![parent, user, system, endedUser, endedSystem].every(Number.isFinite)) return null
  return {
    parent: parent ?? 0,
    own: (user ?? 0) + (system ?? 0),
    ended: (endedUser ?? 0) + (endedSystem ?? 0),
  }
}

export type Limit = { readonly atLeast: number } | { readonly atMost: number }

/** Whether a number keeps its limit; null where it was not measured. */
export function keeps(value: number | null, limit: Limit): boolean | null {
  if (value === null || Number.isNaN(value)) return null
  return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost
}

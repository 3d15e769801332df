/** A source of chance that tells the same story for the same seed. */
export type Random = {
  /** 0 up to 1. */
  share(): number
  isTrue(chance: number): boolean
  pick<T>(all: readonly [T, ...T[]]): T
  shuffled<T>(all: readonly T[]): readonly T[]
  /** With this median, and sigma of its logarithm. */
  logNormal(median: number, sigma: number): number
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  // Mulberry32: small, and good enough for a story.
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    share,
    isTrue: (chance) => share() < chance,
    pick: (all) => all[Math.floor(share() * all.length)] ?? all[0],
    shuffled: (all) =>
      all
        .map((one) => ({ one, at: share() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one),
    logNormal(median, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share())
      return median * Math.exp(sigma * normal)
    },
  }
}

/** Numbers that follow from a seed alone, so that a run can be repeated from the seed it printed. */
export type Random = {
  /** 0 up to 1. */
  next(): number
  /** A whole number from 0 up to `below`. */
  below(below: number): number
  pick<T>(from: readonly T[]): T
  /** True in this share of the cases. */
  chance(share: number): boolean
}

/** Mulberry32: small, fast and good enough to choose what goes wrong. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    below: (below) => Math.floor(next() * below),
    pick: (from) => {
      const picked = from[Math.floor(next() * from.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from')
      return picked
    },
    chance: (share) => next() < share,
  }
}

/** A seed from a seed and a name: what it decides does not depend on what was decided before. */
export function seedFrom(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0
  return hash
}

/** The seed of this run: `TENURE_SEED` where somebody repeats one. */
export const seedOfRun = (fixed: number): number => {
  const given = process.env['TENURE_SEED']
  return given === undefined || given === '' ? fixed : Number(given) >>> 0
}

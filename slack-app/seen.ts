/** Remembers a key for the signature window. True: it was seen before. The first caller gets false, once. */
export type Seen = (key: string, at: Date) => Promise<boolean>

/** For one process. Several replicas share a store instead. Forgets what is older than `windowMs`. */
export function createSeenInMemory(windowMs: number): Seen {
  const keys = new Map<string, number>()
  return (key, at) => {
    const now = at.getTime()
    // Insertion order is time order, so the old ones are in front.
    for (const [old, since] of keys) {
      if (since > now - windowMs) break
      keys.delete(old)
    }
    const known = keys.has(key)
    if (!known) keys.set(key, now)
    return Promise.resolve(known)
  }
}

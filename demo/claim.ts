/** What the demo says about the gate turned out not to be so. */
export class Unmet extends Error {}

/** Ctrl-C in the middle of the story: it ends, and what it changed is put back. */
export class Interrupted extends Error {}

/** Ends the demo with this sentence unless it holds. */
export function claim(holds: boolean, says: string): asserts holds {
  if (!holds) throw new Unmet(says)
}

const LOOK_AGAIN_MS = 100
const PATIENCE_MS = 20_000

/** Reads until it is there; gives up after 20 s of real time and says what was missing. */
export async function eventually<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await read()
    if (found !== null) return found
    claim(performance.now() < giveUpAt, `Waited ${PATIENCE_MS / 1000} s in vain: ${what}.`)
    await realMs(LOOK_AGAIN_MS)
  }
}

export const realMs = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms))

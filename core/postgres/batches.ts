type Waiting<In, Out> = {
  readonly item: In
  readonly resolve: (out: Out) => void
  readonly reject: (error: unknown) => void
}

const MOST = 100

export type BatchLimits = {
  /** Items of one batch, at most. */
  readonly most?: number
  /** Batches that run at a time, each beyond the first only once so many items wait that a batch is worth it. */
  readonly atOnce?: number
}

/** So many items make another batch beside the running one worth it: its work is shared, and the processor not idle. */
const WORTH_A_BATCH = 8

/**
 * Runs items together without a timer: the first starts at once, and what arrives while it runs goes into the next
 * batch, so that a lone request never waits and a queue shares its costs. An error of a batch is each item's error.
 */
export function inBatches<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  { most = MOST, atOnce = 1 }: BatchLimits = {},
): (item: In) => Promise<Out> {
  const queue: Waiting<In, Out>[] = []
  let running = 0

  async function drain(): Promise<void> {
    running += 1
    while (queue.length > 0) {
      const batch = queue.splice(0, most)
      try {
        const outs = await run(batch.map(({ item }) => item))
        batch.forEach(({ resolve }, index) => {
          // safe: run answers one for each item
          resolve(outs[index] as Out)
        })
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running -= 1
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (running === 0 || (running < atOnce && queue.length >= WORTH_A_BATCH)) void drain()
    })
}

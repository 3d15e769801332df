type Waiting<In, Out> = {
  readonly item: In
  readonly resolve: (out: Out) => void
  readonly reject: (error: unknown) => void
}

const MOST = 100

/**
 * Runs items together without a timer: the first starts at once, and what arrives while it runs goes into the next
 * batch, so that a lone request never waits and a queue shares its costs. An error of a batch is each item's error.
 */
export function inBatches<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  most = MOST,
): (item: In) => Promise<Out> {
  const queue: Waiting<In, Out>[] = []
  let running = false

  async function drain(): Promise<void> {
    running = true
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
    running = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (!running) void drain()
    })
}

/** Work that goes on after an answer was given; a shutdown waits for it. */
export type Background = {
  readonly run: (work: () => Promise<unknown>) => void
  /** Resolves when nothing is left. */
  readonly idle: () => Promise<void>
}

export function createBackground(onError: (error: unknown) => void): Background {
  const running = new Set<Promise<unknown>>()
  return {
    run(work) {
      const task = work()
        .catch(onError)
        .finally(() => running.delete(task))
      running.add(task)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

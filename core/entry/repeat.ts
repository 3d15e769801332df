/** Something that runs again and again, never twice at once. */
export type Repeating = {
  /** As soon as it can, also when it runs just now. */
  wake(): void
  stop(): Promise<void>
}

/**
 * Runs `work` when woken and every `everyMs`, one run at a time. `work` says whether there is more to do at once; an
 * error is reported and waits for the next turn.
 */
export function repeat(everyMs: number, work: () => Promise<boolean>, onError: (error: unknown) => void): Repeating {
  let stopped = false
  let woken = false
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function runAll(): Promise<void> {
    do {
      woken = false
      try {
        if (await work()) woken = true
      } catch (error) {
        onError(error)
      }
    } while (woken && !stopped)
  }
  function start(): void {
    clearTimeout(timer)
    if (stopped) return
    running ??= runAll().finally(() => {
      running = null
      if (!stopped) timer = setTimeout(start, everyMs)
    })
  }
  start()
  return {
    wake() {
      woken = true
      start()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

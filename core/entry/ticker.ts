import type { ObjectState } from './worker-bindings.ts'
import type { Settings } from './worker-settings.ts'

const TICK_MS = 2000
/** An alarm is looked at anew at least this often, because a time that was set may have been moved. */
const LONGEST_MS = 3_600_000
const NAME = 'ticker'

/** Asks the one Ticker to look for due work after so many milliseconds; sooner if it had planned to. */
export async function wakeTicker(ticker: Settings['ticker'], afterMs: number): Promise<void> {
  await ticker.get(ticker.idFromName(NAME)).fetch(`https://ticker.invalid/?after=${Math.ceil(afterMs)}`)
}

/** Sweeps once; in how many milliseconds there is work again, or null. */
export type Tick = () => Promise<number | null>

/** The alarm clock of a Worker, apart from the work that it wakes for. It rests while nothing is due. */
export function createAlarm(state: ObjectState, tick: Tick, now: () => number) {
  const { storage } = state
  const plan = async (afterMs: number): Promise<void> => {
    const at = now() + Math.min(LONGEST_MS, Math.max(TICK_MS, afterMs))
    const planned = await storage.getAlarm()
    if (planned === null || planned > at) await storage.setAlarm(at)
  }
  return {
    async fetch(request: Request): Promise<Response> {
      await plan(Number(new URL(request.url).searchParams.get('after')) || 0)
      return new Response(null, { status: 204 })
    },
    async alarm(): Promise<void> {
      const nextMs = await tick()
      if (nextMs !== null) await plan(nextMs)
    },
  }
}

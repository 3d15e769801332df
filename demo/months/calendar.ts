import { z } from 'zod'
import { claim, Interrupted } from '../claim.ts'
import { readSandbox } from '../clock.ts'
import type { Owner } from '../owner-client.ts'
import { postJson, reach } from '../reach.ts'

const Moved = z.object({ now: z.iso.datetime() })
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const OPENS_AT_MS = 9 * HOUR_MS

/** The gate's clock, moved on by whole days and by the seconds of a reader. */
export type Calendar = {
  /** The gate's own time now. */
  now(): Promise<Date>
  seconds(seconds: number): Promise<void>
  /** Nine o'clock of the next working day in the workspace's zone. */
  nextMorning(): Promise<Date>
}

export function createCalendar(url: string, owner: Owner, isEnded: () => boolean): Calendar {
  const now = async (): Promise<Date> => {
    const sandbox = await readSandbox(url)
    claim(sandbox !== null, 'The gate no longer tells its time.')
    return new Date(sandbox.now)
  }
  const move = async (ms: number): Promise<Date> => {
    if (isEnded()) throw new Interrupted()
    const response = await reach(`${url}/sandbox/clock`, postJson({ advance_ms: ms }))
    claim(response.ok, `The clock did not move: the gate answered ${response.status}.`)
    return new Date(Moved.parse(await response.json()).now)
  }
  return {
    now,
    async seconds(seconds) {
      await move(Math.max(0, seconds) * 1000)
    },
    async nextMorning() {
      // The day's budget begins at the workspace's midnight.
      const day = (await owner.budgets()).find(({ period }) => period === 'day')
      claim(day !== undefined && day.ends_at !== null, 'The policy has no budget for the day.')
      let midnight = Date.parse(day.ends_at)
      // At noon after a midnight anywhere between -11 and +12 hours of UTC it is the same weekday there.
      while ([0, 6].includes(new Date(midnight + DAY_MS / 2).getUTCDay())) midnight += DAY_MS
      return await move(Math.max(0, midnight + OPENS_AT_MS - (await now()).getTime()))
    },
  }
}

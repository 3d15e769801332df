import { z } from 'zod'
import { claim, Interrupted, realMs } from './claim.ts'
import type { Owner } from './owner-client.ts'
import { postJson, reach } from './reach.ts'
import type { Say } from './say.ts'

const SandboxAnswer = z.object({ now: z.iso.datetime(), platforms: z.record(z.string(), z.string()) })
const ClockAnswer = z.object({ now: z.iso.datetime() })

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

/** What a development gate says of itself; null: it is none. */
export async function readSandbox(url: string): Promise<z.infer<typeof SandboxAnswer> | null> {
  const response = await reach(`${url}/sandbox`)
  if (!response.ok) return null
  const read = SandboxAnswer.safeParse(await response.json())
  return read.success ? read.data : null
}

/** The clock of a development gate, which can be moved on. Times are shown in the workspace's zone. */
export type Clock = {
  now(): Promise<Date>
  /** Real time of one pause, while the gate's clock moves by so many minutes. */
  pause(minutes: number, why: string): Promise<void>
  /** Moves on without a word and without a pause. */
  step(minutes: number): Promise<void>
  /** Ten o'clock of the next working day: a fresh day's budget, and no quiet hours. */
  toNextWorkingMorning(): Promise<void>
  shown(at: Date): string
}

export type Pace = {
  /** Real milliseconds of one pause. */
  readonly paceMs: number
  /** Somebody pressed Ctrl-C. */
  readonly isEnded: () => boolean
}

export function createClock(url: string, owner: Owner, say: Say, { paceMs, isEnded }: Pace): Clock {
  let offsetMs = 0
  const now = async (): Promise<Date> => {
    const sandbox = await readSandbox(url)
    claim(sandbox !== null, 'The gate no longer tells its time.')
    return new Date(sandbox.now)
  }
  const advance = async (ms: number): Promise<Date> => {
    const response = await reach(`${url}/sandbox/clock`, postJson({ advance_ms: ms }))
    claim(response.ok, `The clock did not move: the gate answered ${response.status}.`)
    return new Date(ClockAnswer.parse(await response.json()).now)
  }
  /** The day's budget begins at the workspace's midnight, which tells its zone. */
  const today = async (): Promise<{ readonly startsAt: number; readonly endsAt: number }> => {
    const day = (await owner.budgets()).find(({ period }) => period === 'day')
    claim(day !== undefined && day.starts_at !== null && day.ends_at !== null, 'The policy has no budget for the day.')
    const startsAt = Date.parse(day.starts_at)
    const sinceMidnightUtc = startsAt % DAY_MS
    offsetMs = sinceMidnightUtc <= DAY_MS / 2 ? -sinceMidnightUtc : DAY_MS - sinceMidnightUtc
    return { startsAt, endsAt: Date.parse(day.ends_at) }
  }
  const shown = (at: Date): string => {
    const local = new Date(at.getTime() + offsetMs)
    const words = { weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const
    return new Intl.DateTimeFormat('en-GB', words).format(local)
  }
  return {
    now,
    shown,
    async pause(minutes, why) {
      if (isEnded()) throw new Interrupted()
      const at = await advance(minutes * MINUTE_MS)
      say.time(`${shown(at)}: ${why}`)
      await realMs(paceMs)
    },
    async step(minutes) {
      if (isEnded()) throw new Interrupted()
      await advance(minutes * MINUTE_MS)
    },
    async toNextWorkingMorning() {
      // A restarted gate begins at real time again, although an earlier demo may have moved its clock on by days.
      const behindMs = ((await owner.lastProposedAt())?.getTime() ?? 0) - (await now()).getTime()
      if (behindMs > 0) await advance(behindMs)
      const { endsAt } = await today()
      let morning = endsAt + 10 * 60 * MINUTE_MS
      while ([0, 6].includes(new Date(morning + offsetMs).getUTCDay())) morning += DAY_MS
      const at = await advance(morning - (await now()).getTime())
      await today()
      say.time(`The clock of this gate is moved on to ${shown(at)}.`)
    },
  }
}

import type { Agent } from '../gate-client.ts'
import type { Owner } from '../owner-client.ts'
import type { Say } from '../say.ts'
import type { Calendar } from './calendar.ts'
import type { Channel } from './channel.ts'
import type { Figures } from './figures.ts'
import type { Random } from './random.ts'
import type { Work } from './work.ts'

/** Everybody and everything that a day of the months meets. */
export type Office = {
  readonly say: Say
  readonly owner: Owner
  readonly agent: Agent
  readonly calendar: Calendar
  readonly channel: Channel
  readonly random: Random
  readonly presser: Presser
  /** Of the month that is running. */
  figures: Figures
  /** What the agent proposed and nobody has judged yet, by its action. */
  readonly open: Map<string, Work>
}

/** `honest` reads before pressing; `hasty` approves whatever comes, within a second. */
export type Presser = 'honest' | 'hasty'

const SHOWN = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const

export const shownDay = (at: Date): string => new Intl.DateTimeFormat('en-GB', SHOWN).format(at)

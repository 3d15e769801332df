import type { Level } from './ceiling.ts'
import type { Effect } from './effect.ts'
import type { Timing } from './timing.ts'
import type { Outcome } from './verdict.ts'

export type Situation = Pick<Timing, 'slotAt'> & {
  readonly level: Level
  readonly outcome: Outcome
  readonly effect: Effect
  readonly hold: Hold
  readonly now: Date
}

/** How long a held effect waits, in milliseconds: at level 3, and at levels 4 and 5. */
export type Hold = { readonly notifyMs: number; readonly reportMs: number }

const HOUR_MS = 3_600_000
/** 24 h at level 3, 1 h at levels 4 and 5; a workspace may shorten. */
export const DEFAULT_HOLD: Hold = { notifyMs: 24 * HOUR_MS, reportMs: HOUR_MS }

export type Route =
  | { readonly state: 'blocked' | 'observed' }
  | { readonly state: 'ready' }
  | { readonly state: 'awaiting_approval'; readonly because: 'guardrail' | 'level' | 'slot_before_hold' }
  | { readonly state: 'scheduled'; readonly runAt: Date }
  | { readonly state: 'held'; readonly runAt: Date }

/**
 * Where a checked proposal goes. Level 1 records and does nothing else. Preparing writes pass from level 2 up unless a
 * guardrail blocks them. A held effect waits out its window but never past its slot: if the slot comes first, a person
 * is asked.
 */
export function routeAction(s: Situation): Route {
  if (s.level === 1) return { state: 'observed' }
  if (s.outcome === 'block') return { state: 'blocked' }
  if (s.effect.preparing) return whenDue(s)
  if (s.outcome === 'ask') return { state: 'awaiting_approval', because: 'guardrail' }
  if (s.level === 2) return { state: 'awaiting_approval', because: 'level' }
  const holdEnds = holdEndsAt(s)
  if (s.effect.undo !== 'held') return whenDue(s)
  if (s.slotAt === null) return { state: 'held', runAt: holdEnds }
  if (s.slotAt < holdEnds) return { state: 'awaiting_approval', because: 'slot_before_hold' }
  return { state: 'held', runAt: s.slotAt }
}

/** When the hold of something that starts now is over. */
export const holdEndsAt = ({ level, hold, now }: Pick<Situation, 'level' | 'hold' | 'now'>): Date =>
  new Date(now.getTime() + (level === 3 ? hold.notifyMs : hold.reportMs))

/** Where an approved action goes: to its slot, or to work. There is no hold after a person approved. */
export function whenDue(s: Pick<Situation, 'slotAt' | 'now'>): Extract<Route, { state: 'ready' | 'scheduled' }> {
  return s.slotAt !== null && s.slotAt > s.now ? { state: 'scheduled', runAt: s.slotAt } : { state: 'ready' }
}

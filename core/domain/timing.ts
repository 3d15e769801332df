/** How long after its time something may still go out, in milliseconds: a restart or a short outage must not skip it. */
export const SLOT_GRACE_MS = 3_600_000

/** When something may be carried out, and what its input says of that. */
export type Timing = {
  /** Not before; null: as soon as it may. */
  readonly slotAt: Date | null
  /** The time that its input names: what goes out much later is not what was approved. Null: it names none. */
  readonly plannedAt: Date | null
}

/** Of a slot that was asked for and the time that the input names, the later counts: the gate holds it until then. */
export function timingOf({ slotAt, plannedAt }: Timing): Timing {
  if (slotAt === null || plannedAt === null) return { slotAt: slotAt ?? plannedAt, plannedAt }
  return { slotAt: slotAt > plannedAt ? slotAt : plannedAt, plannedAt }
}

/** Whether it is too late for the time that it names. */
export function isOver(timing: Timing, now: Date): boolean {
  const until = overAt(timing)
  return until !== null && until <= now
}

/** From when on it is too late for the time that it names; null: it names none. */
export const overAt = ({ plannedAt }: Timing): Date | null => plannedAt && afterGrace(plannedAt)

/** What keeps a new input from ever running as it says, in a sentence; null: nothing. `expiresAt`: as its proposer said. */
export function neverRuns({ slotAt, plannedAt }: Timing, now: Date, expiresAt: Date | null = null): string | null {
  if (slotAt !== null && expiresAt !== null && expiresAt <= slotAt)
    return 'It would expire before its time. Let it go out earlier, or propose it anew with a later expiry.'
  if (plannedAt === null) return null
  if (plannedAt <= now) return 'The time at which it would go out has passed. Choose a later one.'
  if (slotAt === null || slotAt <= plannedAt) return null
  return 'It may not start before a time that is after the one it names. Start it earlier, or let it go out later.'
}

/** The same for what begins to wait or to run now: a slot that has passed no longer bounds it. */
export const withoutPassedSlot = ({ slotAt, plannedAt }: Timing, now: Date): Timing => ({
  slotAt: slotAt !== null && slotAt > now ? slotAt : null,
  plannedAt,
})

/** Until when a person can decide: up to its slot; once that has passed, as long as it may go out late; null: no such time. */
export const decideBy = (timing: Timing): Date | null => timing.slotAt ?? overAt(timing)

/** Until when it may still go out: the grace after its time; null: no such time. */
export const lastMoment = (timing: Timing): Date | null =>
  overAt(timing) ?? (timing.slotAt && afterGrace(timing.slotAt))

const afterGrace = (time: Date): Date => new Date(time.getTime() + SLOT_GRACE_MS)

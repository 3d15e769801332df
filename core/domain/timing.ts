/** When something may be carried out, and until when. */
export type Timing = {
  /** Not before; null: as soon as it may. */
  readonly slotAt: Date | null
  /** When its effect comes, which is then too late to plan it; null: with its call. */
  readonly effectAt: Date | null
}

/** What was asked for, and what its kind says. */
export type Asked = Timing & {
  /** How long before its effect the platform has to be told, in milliseconds; null: the kind names no lead. */
  readonly leadMs: number | null
}

/**
 * A kind with a lead is told to its platform only so long before its effect, and judged as it is told: until then
 * whoever withdraws, stops or tightens still counts. Of a slot that was asked for and that moment, the later.
 */
export function timingOf({ slotAt, effectAt, leadMs }: Asked): Timing {
  if (effectAt === null || leadMs === null) return { slotAt, effectAt }
  const toldAt = new Date(effectAt.getTime() - leadMs)
  return { slotAt: slotAt !== null && slotAt > toldAt ? slotAt : toldAt, effectAt }
}

/** Whether it is too late to plan its effect. */
export const isOver = ({ effectAt }: Timing, now: Date): boolean => effectAt !== null && effectAt <= now

/** What keeps it from ever running, in a sentence; null: nothing. */
export function neverRuns(timing: Timing, now: Date): string | null {
  if (isOver(timing, now)) return 'The time at which it would go out has passed. Choose a later one.'
  const { slotAt, effectAt } = timing
  if (slotAt === null || effectAt === null || slotAt < effectAt) return null
  return 'It may not start before it would already have gone out. Start it earlier, or let it go out later.'
}

/** The same for what begins to wait or to run now: a slot that has passed no longer bounds it. */
export const withoutPassedSlot = ({ slotAt, effectAt }: Timing, now: Date): Timing => ({
  slotAt: slotAt !== null && slotAt > now ? slotAt : null,
  effectAt,
})

/** Until when a person can decide: up to its effect, else up to its slot; null: no such time. */
export const decideBy = ({ slotAt, effectAt }: Timing): Date | null => effectAt ?? slotAt

/** Until when it may still go out: the grace after its slot, and never past its effect; null: no such time. */
export function lastMoment({ slotAt, effectAt }: Timing, graceMs: number): Date | null {
  const lateAt = slotAt === null ? null : new Date(slotAt.getTime() + graceMs)
  if (lateAt === null || effectAt === null) return lateAt ?? effectAt
  return lateAt < effectAt ? lateAt : effectAt
}

import { type Timing, timingOf } from '../domain/timing.ts'
import type { Input, Kind } from '../ports/kind.ts'
import type { ActionRow } from '../ports/rows.ts'

/** When an action with this input may be carried out, and what the input says of that. */
export const timingOfAction = (kind: Kind, { slotAt }: Pick<ActionRow, 'slotAt'>, input: Input): Timing =>
  timingOf({ slotAt, plannedAt: kind.plannedAt?.(input) ?? null })

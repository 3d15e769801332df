import type { ApprovalsPolicy } from './approvals-policy.ts'
import { firstReminder, type Waiting } from './waiting-times.ts'

const HOUR_MS = 3_600_000

export type AskedNext = NonNullable<ApprovalsPolicy['escalation']>[number]['to']

/** One time at which a waiting card speaks up: to everybody, to the next person, or because it waits for too long. */
export type WakeUp =
  | { readonly kind: 'remind'; readonly afterHours: number }
  | { readonly kind: 'escalate'; readonly afterHours: number; readonly to: AskedNext }
  /** `to` is null where the policy names nobody: then whoever is next by role. */
  | { readonly kind: 'sla_missed'; readonly afterHours: number; readonly to: null }

/**
 * The path that a policy gives a waiting card, in hours since it began to wait: a reminder half way to the first step,
 * the steps, and the time by which it should have been decided. Empty: the usual reminders.
 */
export function escalationPath(approvals: ApprovalsPolicy | undefined): readonly WakeUp[] {
  const steps: WakeUp[] = (approvals?.escalation ?? []).map(({ after_hours, to }) => ({
    kind: 'escalate',
    afterHours: after_hours,
    to,
  }))
  const sla = approvals?.sla_hours
  const missed: WakeUp[] = sla === undefined ? [] : [{ kind: 'sla_missed', afterHours: sla, to: null }]
  const path = [...missed, ...steps].toSorted((a, b) => a.afterHours - b.afterHours)
  const [first] = path
  return first ? [{ kind: 'remind', afterHours: first.afterHours / 2 }, ...path] : []
}

/** When a card that begins to wait speaks up first; null: not before it expires. */
export function firstWakeUp(
  approvals: ApprovalsPolicy | undefined,
  waiting: Waiting,
  expiresAt: Date | null,
): Date | null {
  const [first] = escalationPath(approvals)
  return first ? before(expiresAt, hoursAfter(waiting.since, first.afterHours)) : firstReminder(waiting)
}

export type Spoken = {
  /** When it spoke up just now. */
  readonly at: Date
  readonly since: Date
  readonly expiresAt: Date | null
  /** How many steps of the path lie behind it, the one of just now included. */
  readonly done: number
  /** Its snooze ended, and no step was taken. */
  readonly afterSnooze: boolean
}

/**
 * When it speaks up next; null: no more. Counted from the step before, so that a card that stood still never makes up for
 * what it missed; after a snooze at the step's own time, or an hour later where that has passed.
 */
export function nextWakeUp(path: readonly WakeUp[], spoken: Spoken): Date | null {
  const next = path[spoken.done]
  if (!next) return null
  if (spoken.afterSnooze) {
    const due = hoursAfter(spoken.since, next.afterHours)
    return before(spoken.expiresAt, due > spoken.at ? due : hoursAfter(spoken.at, 1))
  }
  const last = path[spoken.done - 1]?.afterHours ?? 0
  return before(spoken.expiresAt, hoursAfter(spoken.at, next.afterHours - last))
}

const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS)
const before = (expiresAt: Date | null, at: Date): Date | null => (expiresAt === null || at < expiresAt ? at : null)

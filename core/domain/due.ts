import { canMove, type State } from './action-states.ts'

/** The clocks of an action's state row; each is null where it does not run. */
export type Clocks = {
  readonly expiresAt: Date | null
  /** Next reminder or escalation. */
  readonly remindAt: Date | null
  /** When it may be checked, executed, tried again or looked up, whichever the state waits for. */
  readonly runAt: Date | null
  readonly leaseUntil: Date | null
  readonly undoUntil: Date | null
}

export type DueWork = 'check' | 'remind' | 'expire' | 'execute' | 'lapse' | 'look_up' | 'settle'

export type Due = { readonly at: Date; readonly work: DueWork }

/** What an action waits for next, and until when; null: nothing but a person. */
export function nextDue(state: State, clocks: Clocks): Due | null {
  switch (state) {
    case 'proposed':
      return at(clocks.runAt, 'check')
    case 'awaiting_approval':
      return earliest(at(clocks.expiresAt, 'expire'), at(clocks.remindAt, 'remind'))
    case 'changes_requested':
      return at(clocks.expiresAt, 'expire')
    case 'scheduled':
    case 'held':
    case 'ready':
      return earliest(at(clocks.expiresAt, 'expire'), at(clocks.runAt, 'execute'))
    case 'executing':
    case 'undoing':
      return at(clocks.leaseUntil, 'lapse')
    case 'unknown':
      return at(clocks.runAt, 'look_up')
    case 'executed':
      return at(clocks.undoUntil, 'settle')
    case 'blocked':
    case 'observed':
    case 'superseded':
    case 'rejected':
    case 'expired':
    case 'cancelled':
    case 'failed':
    case 'undone':
    case 'settled':
      return null
  }
}

/** What to do now about a row that is due; null: nothing. What has expired does nothing else any more. */
export function workAt(state: State, clocks: Clocks, now: Date): DueWork | null {
  if (clocks.expiresAt !== null && clocks.expiresAt <= now && canMove(state, 'expired')) return 'expire'
  return nextDue(state, clocks)?.work ?? null
}

function at(time: Date | null, work: DueWork): Due | null {
  return time === null ? null : { at: time, work }
}

/** The earlier one; at the same moment the first argument, so that what is both expired and due expires. */
function earliest(a: Due | null, b: Due | null): Due | null {
  if (a === null || b === null) return a ?? b
  return b.at < a.at ? b : a
}

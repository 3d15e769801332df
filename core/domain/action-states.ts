export const STATES = [
  'proposed',
  'blocked',
  'observed',
  'awaiting_approval',
  'changes_requested',
  'superseded',
  'rejected',
  'expired',
  'cancelled',
  'scheduled',
  'held',
  'ready',
  'executing',
  'executed',
  'failed',
  'unknown',
  'undoing',
  'undone',
  'settled',
] as const

export type State = (typeof STATES)[number]

/**
 * The table of legal moves. A move to the same state is a decision that leaves the action where it was (an edit that
 * asks for a higher right, a snooze, a new policy that changed nothing); it still takes a new version and a ledger event.
 */
export const MOVES: Readonly<Record<State, readonly State[]>> = {
  proposed: ['blocked', 'observed', 'awaiting_approval', 'scheduled', 'held', 'ready', 'cancelled'],
  awaiting_approval: [
    'awaiting_approval',
    'scheduled',
    'ready',
    'changes_requested',
    'rejected',
    'expired',
    'cancelled',
  ],
  changes_requested: ['superseded', 'expired', 'cancelled'],
  scheduled: ['scheduled', 'held', 'ready', 'executing', 'awaiting_approval', 'cancelled', 'expired'],
  held: ['held', 'ready', 'executing', 'awaiting_approval', 'cancelled', 'expired'],
  // To `unknown` where an earlier try may have gone through.
  ready: ['ready', 'executing', 'unknown', 'awaiting_approval', 'cancelled', 'expired'],
  executing: ['executed', 'failed', 'ready', 'unknown', 'awaiting_approval'],
  unknown: ['unknown', 'executed', 'ready', 'failed'],
  executed: ['executed', 'undoing', 'settled'],
  undoing: ['undoing', 'undone', 'executed'],
  settled: [],
  undone: [],
  blocked: [],
  observed: [],
  rejected: [],
  expired: [],
  cancelled: [],
  superseded: [],
  failed: [],
}

/** Whether the move is in the table. */
export const canMove = (from: State, to: State): boolean => MOVES[from].includes(to)

/** Final: nothing moves it any more; a late reversal is a new, linked action. */
export const isFinal = (state: State): boolean => MOVES[state].length === 0

/** Waiting for a slot, a hold or a turn: decided, but with no effect yet. */
export const IN_FLIGHT: readonly State[] = ['scheduled', 'held', 'ready']
export const isInFlight = (state: State): boolean => IN_FLIGHT.includes(state)

/** A state in which an action may rest for a while: what `Prefer: wait` waits for. */
export const isResting = (state: State): boolean =>
  state !== 'proposed' && state !== 'ready' && state !== 'executing' && state !== 'undoing'

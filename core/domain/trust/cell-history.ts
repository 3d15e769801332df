import type { Level } from '../ceiling.ts'
import { atLevel, type Baseline, type CellState, startEpoch, withBaseline } from './cell-state.ts'
import { afterChange } from './changed-agent.ts'
import { type CellDecision, nextCell } from './next-cell.ts'

/** Everything that moves a cell, as the ledger tells it, in the order of the ledger. */
export type CellEvent =
  | { readonly kind: 'decided'; readonly id: string; readonly decision: CellDecision }
  /** By consent, reclaim, lapse, or the lock of its category. */
  | { readonly kind: 'level_set'; readonly level: Level }
  | { readonly kind: 'wording_changed' }
  /** Another rate has to be beaten from now on. */
  | { readonly kind: 'baseline_set'; readonly baseline: Baseline }
  /** Another version of its agent was demoted in the same scenario. */
  | { readonly kind: 'epoch_started' }
  /** Its agent came back to this version after others, which had slipped so far. */
  | { readonly kind: 'came_back'; readonly drift: number }

type Noted = { readonly atMs: number; readonly event: CellEvent }

/**
 * A cell with what is needed to take a decision back: an outside reason may be stated within 24 h, and then it is as
 * if the override had never been. Kept are the cell before the oldest override of the last 24 h and what came since.
 */
export type CellHistory = {
  readonly cell: CellState
  /** Null: nothing can be taken back. */
  readonly open: { readonly before: CellState; readonly since: readonly Noted[] } | null
}

const MS_TO_STATE_A_REASON = 86_400_000

export const startHistory = (cell: CellState): CellHistory => ({ cell, open: null })

/** The history after one more event. Live and replayed from the ledger it comes out the same to the bit. */
export function nextHistory(history: CellHistory, event: CellEvent, atMs: number): CellHistory {
  const { cell, open } = history
  const since = [...(open?.since ?? []), { atMs, event }]
  return { cell: afterEvent(cell, event), open: stillOpen(open?.before ?? cell, since, atMs) }
}

/**
 * The history as if a decision had never been: its person stated an outside reason. Null: it is unknown here, was no
 * override, or was made more than 24 h ago. Section 2.
 */
export function takeBack(history: CellHistory, id: string, atMs: number): CellHistory | null {
  const open = history.open && stillOpen(history.open.before, history.open.since, atMs)
  const taken = open?.since.find(({ event }) => event.kind === 'decided' && event.id === id)
  if (!open || !taken || !canBeTakenBack(taken, atMs)) return null
  const since = open.since.filter((noted) => noted !== taken)
  const cell = since.reduce((before, { event }) => afterEvent(before, event), open.before)
  return { cell, open: stillOpen(open.before, since, atMs) }
}

/**
 * The history as if what was wrong with an override had been known when it was counted. Null: it is unknown here, was no
 * override, or was made more than 24 h ago.
 */
export function explain(
  history: CellHistory,
  id: string,
  known: Partial<CellDecision>,
  atMs: number,
): CellHistory | null {
  const open = history.open && stillOpen(history.open.before, history.open.since, atMs)
  const noted = open?.since.find(({ event }) => event.kind === 'decided' && event.id === id)
  if (!open || noted?.event.kind !== 'decided' || !canBeTakenBack(noted, atMs)) return null
  const event = { ...noted.event, decision: { ...noted.event.decision, ...known } }
  const since = open.since.map((one) => (one === noted ? { ...noted, event } : one))
  return {
    cell: since.reduce((before, { event: its }) => afterEvent(before, its), open.before),
    open: { ...open, since },
  }
}

function afterEvent(cell: CellState, event: CellEvent): CellState {
  switch (event.kind) {
    case 'decided':
      return nextCell(cell, event.decision)
    case 'level_set':
      return atLevel(cell, event.level)
    case 'wording_changed':
      return afterChange(cell, 'wording', null)
    case 'baseline_set':
      return withBaseline(cell, event.baseline)
    case 'epoch_started':
      return startEpoch(cell)
    case 'came_back':
      return { ...cell, drift: Math.max(cell.drift, event.drift) }
  }
}

const canBeTakenBack = ({ atMs, event }: Noted, nowMs: number): boolean =>
  event.kind === 'decided' && event.decision.isOverride && nowMs - atMs <= MS_TO_STATE_A_REASON

/** So much is kept with a cell at most: in busier ones an older decision can be taken back no more. */
const MOST_KEPT = 500

/** Forgets what lies before the oldest decision that can still be taken back. */
function stillOpen(before: CellState, since: readonly Noted[], nowMs: number): CellHistory['open'] {
  const tooMany = since.length - MOST_KEPT
  const first = since.findIndex((noted, at) => at >= tooMany && canBeTakenBack(noted, nowMs))
  if (first === -1) return null
  return {
    before: since.slice(0, first).reduce((cell, { event }) => afterEvent(cell, event), before),
    since: since.slice(first),
  }
}

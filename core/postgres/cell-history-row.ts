import type { Json } from '../domain/canonical.ts'
import type { CellHistory } from '../domain/trust/cell-history.ts'
import type { CellState } from '../domain/trust/cell-state.ts'
import type { CellDecision } from '../domain/trust/next-cell.ts'

type Members = { readonly [name: string]: unknown }

/** What most decisions are not; of one that is kept only what differs is written. Rows rely on it: it never changes. */
const USUAL_DECISION: CellDecision = {
  outcome: null,
  weight: 'none',
  qualityMicros: 0,
  confidenceMicros: 0,
  severityMicros: 0,
  severity: null,
  countsForGates: false,
  isCorrect: false,
  isJudged: false,
  isOverride: false,
  isStamp: false,
  policyFailed: false,
  mayTakePoints: false,
  ranAtLevel: null,
  concernsHighAutonomy: false,
  reason: null,
  sensitiveAsked: null,
  edgeCase: null,
}

/**
 * A cell's history as its row keeps it, written anew with every decision: of the cell before what can be taken back only
 * what differs from the cell now, and of each decision since only what is not usual.
 */
export function historyJson({ cell, open }: CellHistory): Json {
  const lean = open && {
    before: differing(open.before, cell),
    since: open.since.map(({ atMs, event }) => ({
      atMs,
      event: event.kind === 'decided' ? { ...event, decision: differing(event.decision, USUAL_DECISION) } : event,
    })),
  }
  // safe: plain JSON by its type
  return { cell, open: lean } as unknown as Json
}

/** What `historyJson` wrote. A row that was written with every member is read in the same way. */
export function historyOf(json: unknown): CellHistory {
  // safe: written by `historyJson`
  const { cell, open } = json as { readonly cell: CellState; readonly open: CellHistory['open'] }
  if (open === null) return { cell, open }
  return {
    cell,
    open: {
      before: { ...cell, ...open.before },
      since: open.since.map(({ atMs, event }) => ({
        atMs,
        event: event.kind === 'decided' ? { ...event, decision: { ...USUAL_DECISION, ...event.decision } } : event,
      })),
    },
  }
}

/** The members that are not the same. */
const differing = (value: Members, from: Members): Members =>
  Object.fromEntries(Object.entries(value).filter(([name, its]) => !isSame(its, from[name])))

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [its, others] = [Object.entries(a), new Map(Object.entries(b))]
  return its.length === others.size && its.every(([name, value]) => others.has(name) && isSame(value, others.get(name)))
}

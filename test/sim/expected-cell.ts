import type { Level } from '../../core/domain/ceiling.ts'
import { countDecision } from '../../core/domain/trust/counted-decision.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { type GateName } from '../../core/domain/trust/gate.ts'
import { dayOf } from '../../core/domain/trust/score-window.ts'
import { outcomeOfCell, type Outcome } from './agreement.ts'
import {
  type CoreCell,
  countInCore,
  levelOf,
  missingGates,
  NEW_CELL,
  raisedTo3,
  scoreToday,
  tableGatesHold,
} from './core-cell.ts'
import { asGateKnows } from './drawn-decision.ts'

const UNDO_WINDOW_MS = 86_400_000

export type CountedDecision = { readonly n: number; readonly isJudged: boolean; readonly isDemoted: boolean }

/**
 * What the core makes of what was done to the actions of a gate, counted when the gate has to count it: a rejection and
 * an undo at once, everything else when its undo window has closed.
 */
export type ExpectedCell = {
  readonly level: Level
  /** The n-th action was judged; `ranAtLevel` null: a person decided it before. */
  done(n: number, event: DecisionEvent, ranAtLevel: Level | null, atMs: number): readonly CountedDecision[]
  /** It is now so late: what settled since is counted. */
  passTo(nowMs: number): readonly CountedDecision[]
  /** What stands between the cell and level 3 now; null: it is no step that could be proposed. */
  missing(nowMs: number): readonly GateName[] | null
  /** Whether the four gates of the page's tables hold, whatever the others say. */
  tableGatesHold(nowMs: number): boolean
  raise(): void
  outcome(nowMs: number): Outcome
}

type Waiting = {
  readonly n: number
  readonly event: DecisionEvent
  readonly ranAtLevel: Level | null
  readonly atMs: number
}

export function expectCell(): ExpectedCell {
  let core: CoreCell = NEW_CELL
  const waiting: Waiting[] = []

  function count({ n, event, ranAtLevel, atMs }: Waiting, nowMs: number): CountedDecision {
    // Silence is told apart from a look only when the window closes; everything else was decided by a person before.
    const day = dayOf(event.kind === 'unseen' ? nowMs : atMs)
    const counted = countInCore(core, { event: asGateKnows(event), ranAtLevel, day }, dayOf(nowMs))
    core = counted.core
    return { n, isJudged: countDecision(event).isJudged, isDemoted: counted.demotion !== null }
  }

  return {
    get level() {
      return levelOf(core)
    },
    done(n, event, ranAtLevel, atMs) {
      const one = { n, event, ranAtLevel, atMs }
      if (event.kind === 'rejected' || event.kind === 'undone') return [count(one, atMs)]
      waiting.push(one)
      return []
    },
    passTo(nowMs) {
      const closed = waiting.filter(({ atMs }) => atMs + UNDO_WINDOW_MS <= nowMs)
      waiting.splice(0, closed.length)
      return closed.map((one) => count(one, nowMs))
    },
    missing: (nowMs) => (core.cell.level === 2 ? missingGates(core, dayOf(nowMs)) : null),
    tableGatesHold: (nowMs) => tableGatesHold(core, dayOf(nowMs)),
    raise() {
      core = raisedTo3(core)
    },
    outcome: (nowMs) => expectedOutcome(core, dayOf(nowMs)),
  }
}

function expectedOutcome(core: CoreCell, today: number): Outcome {
  const outcome = outcomeOfCell(core.cell, scoreToday(core, today))
  return { ...outcome, whole: [...outcome.whole, ...surroundings(core.cell), levelOf(core)] }
}

/** What else of a cell its gates read. */
export const surroundings = ({ policyStreak, lastOverrides }: CoreCell['cell']): readonly number[] => [
  policyStreak,
  ...lastOverrides.map((reason) => (reason === null ? 0 : 1)),
]

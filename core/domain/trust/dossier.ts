import type { CellState } from './cell-state.ts'
import { countDecision } from './counted-decision.ts'
import { editClass } from './edit-distance.ts'
import { type Accuracy, accuracyOf } from './evidence-package.ts'
import { severityWeight } from './rejection-severity.ts'
import type { TrustRecord } from './trust-record.ts'

/** What would have happened if the same work had gone out alone, as its people judged it. Section 5.2. */
export type Replay = {
  readonly decisions: number
  /** Would have gone out as the person let it go out. */
  readonly same: number
  /** Would have gone out without what the person changed. */
  readonly unchanged: number
  /** Would have gone out although a person rejected it or took it back. */
  readonly wrong: number
  /** Went by unseen or was stamped: nobody judged it. */
  readonly unjudged: number
}

export type JudgedRecord = { readonly id: string; readonly atMs: number; readonly record: TrustRecord }

/** Counts what a level of its own would have let out, over these decisions. */
export function replayAlone(records: readonly JudgedRecord[]): Replay {
  const replay = { decisions: records.length, same: 0, unchanged: 0, wrong: 0, unjudged: 0 }
  for (const { record } of records) {
    const { outcome, countsForGates } = countDecision(record.event)
    if (!countsForGates || outcome === null) replay.unjudged += 1
    else if (outcome === 0 && !wasEdited(record)) replay.wrong += 1
    else if (outcome < 1 || wasEdited(record)) replay.unchanged += 1
    else replay.same += 1
  }
  return replay
}

/** Correct of judged, over these decisions. */
export function accuracyIn(records: readonly JudgedRecord[]): Accuracy {
  const judged = records.map(({ record }) => countDecision(record.event)).filter(({ isJudged }) => isJudged)
  return accuracyOf(judged.filter(({ isCorrect }) => isCorrect).length, judged.length)
}

const WORST = 3

/** The worst three: by severity, then by how much was changed; only such as had something wrong with them. */
export const worstOf = (records: readonly JudgedRecord[]): readonly JudgedRecord[] =>
  records
    .map((one) => ({ one, badness: badnessOf(one.record) }))
    .filter(({ badness }) => badness > 0)
    .toSorted((a, b) => b.badness - a.badness || b.one.atMs - a.one.atMs)
    .slice(0, WORST)
    .map(({ one }) => one)

function badnessOf({ event }: TrustRecord): number {
  const { severity } = countDecision(event)
  if (severity !== null) return 1 + severityWeight(severity)
  return 'edit' in event && event.edit ? event.edit.distance : 0
}

const wasEdited = ({ event }: TrustRecord): boolean =>
  event.kind === 'revised' || ('edit' in event && event.edit !== null && editClass(event.edit) !== 'none')

/** Correct decisions of a cell so far, as the step to this level counts them. */
export const correctFor = (to: 3 | 4 | 5, cell: CellState): number => (to === 3 ? cell.correct : cell.correctActions)

import type { Cause, Severity } from '../domain/decision.ts'
import { isId } from '../domain/ids.ts'
import { batchItemSeconds, pressBounds } from '../domain/trust/active-time.ts'
import { severityOfCause } from '../domain/trust/cause-severity.ts'
import type { DecisionEvent } from '../domain/trust/decision-event.ts'
import { type ActiveTime, timeSignal } from '../domain/trust/decision-time.ts'
import type { Field, Input, Preview } from '../ports/kind.ts'
import type { DecisionRow } from '../ports/rows.ts'
import type { JudgedOn, StoredPress } from '../ports/trust.ts'
import { inputEdit } from './input-edit.ts'

/** What became of an action, as the move that ends it knows it. */
export type Judged =
  /** The window closed over what was done. */
  | { readonly kind: 'settled' }
  | {
      readonly kind: 'rejected'
      readonly severity: Severity
      readonly outside: boolean
      readonly cause?: Cause | undefined
    }
  /** Taken back on the platform. */
  | { readonly kind: 'undone' }
  /** What was to run by itself was stopped by a person before its effect. */
  | { readonly kind: 'stopped_in_hold'; readonly outside: boolean; readonly cause?: Cause | undefined }
  /** Changes were asked for, and this is the new version's input. */
  | { readonly kind: 'replaced'; readonly input: Input }

export type JudgedAction = {
  readonly approved: boolean
  readonly fields: readonly Field[]
  readonly input: Input
  readonly preview: Preview
  readonly proposedAt: Date
  readonly now: Date
}

export type Translated = {
  readonly event: DecisionEvent
  /** When the person decided; without one, now. */
  readonly decidedAt: Date
}

/** The row of the table in section 2 of the trust model that an ended action falls into; null: into none that counts. */
export function judgedEvent(judged: Judged, action: JudgedAction, on: JudgedOn): Translated | null {
  const { now } = action
  switch (judged.kind) {
    case 'settled':
      return action.approved ? approved(action, on) : actedAlone(action, on)
    case 'rejected':
      return judged.outside ? null : { event: { kind: 'rejected', severity: judged.severity }, decidedAt: now }
    case 'stopped_in_hold':
      return judged.outside ? null : { event: { kind: 'undone', severity: weightOf(judged.cause) }, decidedAt: now }
    case 'undone':
      if (on.undo?.outside) return null
      if (on.undo && isId('agt', on.undo.by))
        return { event: { kind: 'reversed_by_agent', severity: null }, decidedAt: now }
      return {
        event: { kind: action.approved ? 'reversed' : 'undone', severity: weightOf(on.undo?.cause) },
        decidedAt: now,
      }
    case 'replaced': {
      const asked = on.decisions.findLast(({ decision }) => decision === 'revise')
      const edit = inputEdit(action.fields, action.input, judged.input)
      const { confidence } = signalOf(action, asked, on)
      return { event: { kind: 'revised', edit, confidence }, decidedAt: asked?.at ?? now }
    }
  }
}

/** Null: nothing was stated. */
const weightOf = (cause: Cause | null | undefined): Severity | null => (cause ? severityOfCause(cause) : null)

function approved(action: JudgedAction, on: JudgedOn): Translated {
  const decision = on.decisions.findLast(({ decision: verb }) => verb === 'approve' || verb === 'edit')
  const edit = inputEdit(action.fields, on.proposed, action.input)
  return {
    event: { kind: 'approved', edit, ...signalOf(action, decision, on) },
    decidedAt: decision?.at ?? action.now,
  }
}

/** Seen is what a person said they saw; that a message was delivered shows nothing. */
function actedAlone({ now }: JudgedAction, on: JudgedOn): Translated {
  const confirmed = on.decisions.find(({ decision }) => decision === 'confirm')
  if (!confirmed) return { event: { kind: 'unseen' }, decidedAt: now }
  const { confidence } = timeSignal(0, { kind: 'unknown' })
  return { event: { kind: 'seen', confidence }, decidedAt: confirmed.at }
}

const signalOf = (action: JudgedAction, decision: DecisionRow | undefined, on: JudgedOn) =>
  pressSignal(action, decision ?? null, on.press)

/** What is known of how a decision was made: how sure it was, and whether it came faster than the text can be read. */
export const pressSignal = (
  action: Pick<JudgedAction, 'preview' | 'proposedAt'>,
  decision: Pick<DecisionRow, 'at' | 'via'> | null,
  press: StoredPress | null,
) => timeSignal(wordsOf(action.preview), activeTime(action, decision, press))

/** Only a press in Slack is bounded by what is stored; of other doors nothing is known (section 4.3). */
function activeTime(
  action: Pick<JudgedAction, 'proposedAt'>,
  decision: Pick<DecisionRow, 'at' | 'via'> | null,
  press: StoredPress | null,
): ActiveTime {
  if (!decision || decision.via !== 'slack' || press === null) return { kind: 'unknown' }
  const bounds = pressBounds({
    postedAtMs: (press.postedAt ?? action.proposedAt).getTime(),
    pressedAtMs: decision.at.getTime(),
    previousPressAtMs: press.previousPressAt?.getTime() ?? null,
    openedAtMs: null,
  })
  if (bounds.kind !== 'bounded') return bounds
  return { ...bounds, mostSeconds: batchItemSeconds(bounds.mostSeconds, press.together) }
}

/** How many words the card gives to read. */
export const wordsOf = ({ title, lines }: Preview): number =>
  [title, ...lines.flatMap(({ label, value }) => [label, value])].join(' ').split(/\s+/u).filter(Boolean).length

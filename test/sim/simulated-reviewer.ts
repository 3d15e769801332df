import type { Level } from '../../core/domain/ceiling.ts'
import { concernsHighAutonomy } from '../../core/domain/trust/penalty.ts'
import { countDecision } from '../../core/domain/trust/counted-decision.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import type { CellDecision } from '../../core/domain/trust/next-cell.ts'
import type { Random } from '../support/random.ts'

/** One changed word in a short headline, as in the table of section 4.1: a minor edit, q = 0.72. */
const MINOR_EDIT = 0.1
/** c where the active time is known and ordinary, and where it is not known. */
const TIME_KNOWN = 1
const TIME_UNKNOWN = 0.5

/** A straight line through what the worked values of section 3 give for 98 of 100 and for 62 of 100. */
const between = (acceptability: number, at98: number, at62: number): number =>
  at98 + ((at62 - at98) * (0.98 - acceptability)) / (0.98 - 0.62)

/** Mean q is .95 at 98 % and .70 at 62 %, and each minor edit takes .28 of it. */
export const editedShare = (acceptability: number): number =>
  Math.min(1, Math.max(0, between(acceptability, 0.05, 0.3) / 0.28))

/** Mean c is .80 at 98 % and .60 at 62 %, and each unknown time takes a half. */
export const timedShare = (acceptability: number): number => Math.min(1, Math.max(0, between(acceptability, 0.6, 0.2)))

const approved = (distance: number, confidence: number): DecisionEvent => ({
  kind: 'approved',
  edit: { distance, emptied: false },
  confidence,
  tooFast: false,
})

export function simulateApproval(random: Random, acceptability: number): DecisionEvent {
  const isEdited = random.chance(editedShare(acceptability))
  return approved(isEdited ? MINOR_EDIT : 0, random.chance(timedShare(acceptability)) ? TIME_KNOWN : TIME_UNKNOWN)
}

/** Of rejections 30 % are major, half minor and 20 % a preference: 0.6 of severity each, as in section 3's worked values. */
export function simulateSeverity(random: Random): 'major' | 'minor' | 'preference' {
  const kind = random.next()
  return kind < 0.3 ? 'major' : kind < 0.8 ? 'minor' : 'preference'
}

/** One judged decision on the work of an agent whose proposals are acceptable with this chance. */
export const simulateDecision = (random: Random, acceptability: number): DecisionEvent =>
  random.chance(acceptability)
    ? simulateApproval(random, acceptability)
    : { kind: 'rejected', severity: simulateSeverity(random) }

/** The event as a cell takes it. */
export const asCellDecision = (
  event: DecisionEvent,
  ranAtLevel: Level | null,
  daysSinceHighAutonomy: number | null = null,
): CellDecision => ({
  ...countDecision(event),
  ranAtLevel,
  concernsHighAutonomy: concernsHighAutonomy({ ranAtLevel, daysSinceHighAutonomy }),
  reason: null,
  sensitiveAsked: null,
  edgeCase: null,
})

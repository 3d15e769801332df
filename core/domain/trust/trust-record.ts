import type { Json } from '../canonical.ts'
import type { Level } from '../ceiling.ts'
import { type Cause, CAUSES, SEVERITIES, type Severity } from '../decision.ts'
import type { DecisionEvent } from './decision-event.ts'
import type { Edit } from './edit-distance.ts'
import { type EdgeCase, ESCALATION_OUTCOMES } from './escalation.ts'
import { fromMicro, toMicro } from './micro.ts'
import type { DayNumber } from './score-window.ts'

/** Where evidence is kept: scope × scenario type × version of the agent. */
export type CellKey = { readonly scope: string; readonly scenario: string; readonly agentVersion: string }

/** One counted decision as the ledger keeps it: everything that its cell, its day and its scope are made from. */
export type TrustRecord = {
  readonly cell: CellKey
  readonly agentId: string
  /** The digest of how the agent's prompt and template were worded. */
  readonly wording: string
  /** The how-manieth decision of its cell, from 1. */
  readonly version: number
  /** The UTC day of the decision. */
  readonly day: DayNumber
  /** How often the wording had changed by then; absent: written before that was told. */
  readonly wordingChanges?: number
  /** The level at which it ran by itself; null: a person let it run, or it never ran. */
  readonly ranAtLevel: Level | null
  readonly event: DecisionEvent
  /** How it turned out that it asked, or did not; null: there was no question of it. */
  readonly edge: EdgeCase | null
  /** What the person found wrong; absent: nothing was stated. */
  readonly cause?: Cause
  /** What the process that it replaces achieved, 0 to 1, by the policy of then; absent: not known. */
  readonly baseline?: number
  /** Whether a person was asked about a sensitive action though its level did not; absent: it was not sensitive. */
  readonly sensitiveAsked?: boolean
  /** What it was counted as before a person looked at it after all; absent: it was not counted before. */
  readonly instead?: { readonly day: DayNumber; readonly wordingChanges?: number; readonly event: DecisionEvent }
}

/** The event with its fractions in whole millionths, so that what is counted now and what is recomputed is the same. */
export const quantised = (event: DecisionEvent): DecisionEvent => {
  const read = readEvent(eventJson(event))
  if (read === null) throw new Error(`An event that cannot be read back: ${event.kind}`)
  return read
}

export const recordJson = ({
  cell,
  agentId,
  wording,
  version,
  day,
  ranAtLevel,
  event,
  edge,
  instead,
  wordingChanges,
  cause,
  sensitiveAsked,
  baseline,
}: TrustRecord): Json => ({
  ...(wordingChanges === undefined ? {} : { wording_changes: wordingChanges }),
  cell: { scope: cell.scope, scenario: cell.scenario, agent_version: cell.agentVersion },
  agent: agentId,
  wording,
  version,
  day,
  ran_at: ranAtLevel,
  event: eventJson(event),
  ...(cause === undefined ? {} : { cause }),
  ...(baseline === undefined ? {} : { baseline: toMicro(baseline) }),
  ...(sensitiveAsked === undefined ? {} : { sensitive_asked: sensitiveAsked }),
  ...(edge ? { edge: { outcome: edge.outcome, kind: edge.kind, serious: edge.isSerious } } : {}),
  ...(instead
    ? {
        instead: {
          day: instead.day,
          event: eventJson(instead.event),
          ...(instead.wordingChanges === undefined ? {} : { wording_changes: instead.wordingChanges }),
        },
      }
    : {}),
})

/** Null: it is none, or has another shape than this version writes. */
export function readRecord(json: unknown): TrustRecord | null {
  const {
    cell,
    agent,
    wording,
    version,
    day,
    ran_at: ranAt,
    event,
    edge,
    instead,
    wording_changes: changes,
    cause,
    sensitive_asked: sensitiveAsked,
    baseline,
  } = members(json)
  const { scope, scenario, agent_version: agentVersion } = members(cell)
  const read = readEvent(event)
  const level = ranAt === null ? null : ([1, 2, 3, 4, 5] as const).find((known) => known === ranAt)
  if (typeof scope !== 'string' || typeof scenario !== 'string' || typeof agentVersion !== 'string') return null
  if (typeof agent !== 'string' || typeof wording !== 'string') return null
  if (!isWhole(version) || !isWhole(day) || level === undefined || read === null) return null
  return {
    cell: { scope, scenario, agentVersion },
    agentId: agent,
    wording,
    version,
    day,
    ranAtLevel: level,
    event: read,
    edge: readEdge(edge),
    ...readInstead(instead),
    ...readCause(cause),
    ...(isWhole(baseline) ? { baseline: fromMicro(baseline) } : {}),
    ...(typeof sensitiveAsked === 'boolean' ? { sensitiveAsked } : {}),
    ...(isWhole(changes) ? { wordingChanges: changes } : {}),
  }
}

function eventJson(event: DecisionEvent): Json {
  return {
    kind: event.kind,
    ...('edit' in event ? { edit: event.edit && editJson(event.edit) } : {}),
    ...('confidence' in event ? { confidence: toMicro(event.confidence) } : {}),
    ...('tooFast' in event ? { too_fast: event.tooFast } : {}),
    ...('severity' in event ? { severity: event.severity } : {}),
  }
}

const editJson = ({ distance, emptied }: Edit): Json => ({ distance: toMicro(distance), emptied })

function readEvent(json: unknown): DecisionEvent | null {
  const { kind, edit, confidence, too_fast: tooFast, severity } = members(json)
  const change = readEdit(edit)
  const sure = isWhole(confidence) ? fromMicro(confidence) : null
  const stated: Severity | null | undefined = severity === null ? null : SEVERITIES.find((known) => known === severity)
  switch (kind) {
    case 'approved':
      return change && sure !== null && typeof tooFast === 'boolean'
        ? { kind, edit: change, confidence: sure, tooFast }
        : null
    case 'revised':
      return sure !== null && (change || edit === null) ? { kind, edit: change, confidence: sure } : null
    case 'seen':
    case 'audit_confirmed':
      return sure === null ? null : { kind, confidence: sure }
    case 'rejected':
    case 'reversed':
    case 'undone':
    case 'reversed_by_agent':
      return stated === undefined ? null : { kind, severity: stated }
    case 'unseen':
    case 'policy_failed':
    case 'outside_reason':
    case 'blocked':
    case 'expired':
    case 'cancelled':
    case 'recalled':
    case 'snoozed':
      return { kind }
    default:
      return null
  }
}

function readEdit(json: unknown): Edit | null {
  const { distance, emptied } = members(json)
  return isWhole(distance) && typeof emptied === 'boolean' ? { distance: fromMicro(distance), emptied } : null
}

function readInstead(json: unknown): Pick<TrustRecord, 'instead'> {
  const { day, event, wording_changes: changes } = members(json)
  const read = readEvent(event)
  if (!isWhole(day) || !read) return {}
  return { instead: { day, event: read, ...(isWhole(changes) ? { wordingChanges: changes } : {}) } }
}

function readCause(json: unknown): Pick<TrustRecord, 'cause'> {
  const known = CAUSES.find((one) => one === json)
  return known === undefined ? {} : { cause: known }
}

function readEdge(json: unknown): EdgeCase | null {
  const { outcome, kind, serious } = members(json)
  const known = ESCALATION_OUTCOMES.find((one) => one === outcome)
  return known && typeof kind === 'string' ? { outcome: known, kind, isSerious: serious === true } : null
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

function members(json: unknown): Readonly<Record<string, unknown>> {
  // safe: an object's members are read one by one, each as unknown
  return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {}
}

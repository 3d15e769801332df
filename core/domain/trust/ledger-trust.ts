import type { Json } from '../canonical.ts'
import { type Level, LEVELS } from '../ceiling.ts'
import type { Given, StandingKey } from './standing.ts'
import { readRecord, recordJson, type TrustRecord } from './trust-record.ts'

/** What the ledger tells of trust: everything that moves it, so that it can be recomputed from there alone. */
export type LedgeredTrust =
  | { readonly kind: 'counted'; readonly record: TrustRecord }
  /** An outside reason was stated for what became of this action. */
  | { readonly kind: 'taken_back'; readonly id: string; readonly record: TrustRecord }
  /** What was wrong was stated afterwards: the record as it would have been, had it been known. */
  | { readonly kind: 'explained'; readonly id: string; readonly record: TrustRecord }
  | { readonly kind: 'given'; readonly key: StandingKey; readonly agentVersion: string; readonly given: Given }

export function ledgeredJson(told: LedgeredTrust): Json {
  switch (told.kind) {
    case 'counted':
      return recordJson(told.record)
    case 'taken_back':
      return { taken_back: told.id, record: recordJson(told.record) }
    case 'explained':
      return { explained: told.id, record: recordJson(told.record) }
    case 'given': {
      const { key, agentVersion, given } = told
      return {
        given: given.level,
        scope: key.scope,
        scenario: key.scenario,
        agent: key.agentId,
        agent_version: agentVersion,
        proven: given.isProven ?? null,
        by: given.byId,
        until: given.untilMs,
        reclaimed: given.reclaimed ?? null,
        ...(given.reviewLeft === undefined ? {} : { review_left: given.reviewLeft }),
      }
    }
  }
}

/** Null: it is none, or has another shape than this version writes. */
export function readLedgered(json: unknown): LedgeredTrust | null {
  // safe: an object's members are read one by one, each as unknown
  const told = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>
  if ('given' in told) return readGiven(told)
  for (const kind of ['taken_back', 'explained'] as const) {
    if (!(kind in told)) continue
    const [id, record] = [told[kind], readRecord(told['record'])]
    return typeof id === 'string' && record !== null ? { kind, id, record } : null
  }
  const record = readRecord(json)
  return record === null ? null : { kind: 'counted', record }
}

function readGiven(told: Readonly<Record<string, unknown>>): LedgeredTrust | null {
  const { scope, scenario, agent, agent_version: agentVersion, proven, by, until } = told
  const level = levelOf(told['given'])
  const reclaimed = levelOf(told['reclaimed'])
  if (typeof scope !== 'string' || typeof scenario !== 'string' || typeof agent !== 'string') return null
  if (typeof agentVersion !== 'string' || level === null) return null
  const byId = typeof by === 'string' ? by : null
  const untilMs = typeof until === 'number' ? until : null
  return {
    kind: 'given',
    key: { scope, scenario, agentId: agent },
    agentVersion,
    given: {
      level,
      agentVersion,
      byId,
      untilMs,
      reclaimed,
      ...reviewLeftOf(told),
      ...(typeof proven === 'boolean' ? { isProven: proven } : {}),
    },
  }
}

const reviewLeftOf = (told: Readonly<Record<string, unknown>>): { reviewLeft?: number } =>
  typeof told['review_left'] === 'number' ? { reviewLeft: told['review_left'] } : {}

const levelOf = (value: unknown): Level | null => LEVELS.find((level) => level === value) ?? null

import type { Json } from '../domain/canonical.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import type { CellAge, TrustDay } from '../domain/trust/scope-score.ts'
import type { TrustCell, TrustScope } from '../domain/trust/trust-book.ts'

type Row = Readonly<Record<string, unknown>>

/** A row that came as JSON; a driver may leave it as text. */
export const fromText = (given: unknown): Row =>
  // safe: a row is an object
  (typeof given === 'string' ? JSON.parse(given) : given) as Row

export const toAge = (row: Row): CellAge => ({
  scenario: String(row['scenario']),
  agentId: String(row['agent_id']),
  agentVersion: String(row['agent_version']),
  wordingChanges: Number(row['wording_changes']),
  countedAtMs: Date.parse(String(row['counted_at'])),
})

export const toCell = (row: Row): TrustCell => ({
  ...toAge(row),
  scope: String(row['scope']),
  version: Number(row['version']),
  wording: String(row['wording']),
  // safe: written by `cellRow` from the same type
  history: row['state'] as TrustCell['history'],
})

export const toDay = (row: Row): TrustDay & { readonly scope: string } => ({
  scope: String(row['scope']),
  scenario: String(row['scenario']),
  agentVersion: String(row['agent_version']),
  wordingChanges: Number(row['wording_changes']),
  day: Number(row['day']),
  sums: {
    decisions: Number(row['decisions']),
    approvalQuarters: Number(row['approval_quarters']),
    rejections: Number(row['rejections']),
    qualityQuarterMicros: Number(row['quality_quarter_micros']),
    confidenceQuarterMicros: Number(row['confidence_quarter_micros']),
    severityMicros: Number(row['severity_micros']),
  },
})

export const toScope = (row: Row): TrustScope => ({
  scope: String(row['scope']),
  // safe, all three: written by `scopeRow` from the same types
  tier: row['tier'] as TrustScope['tier'],
  penalty: row['penalty'] as TrustScope['penalty'],
  lock: (row['lock'] ?? null) as TrustScope['lock'],
  lastDay: Number(row['last_day']),
})

export const cellRow = (workspaceId: WorkspaceId, cell: TrustCell): Json => ({
  workspace_id: workspaceId,
  scope: cell.scope,
  scenario: cell.scenario,
  agent_version: cell.agentVersion,
  agent_id: cell.agentId,
  wording: cell.wording,
  wording_changes: cell.wordingChanges,
  version: cell.version,
  // safe: plain JSON by its type
  state: cell.history as unknown as Json,
  counted_at: new Date(cell.countedAtMs).toISOString(),
})

export const dayRow = (workspaceId: WorkspaceId, scope: string, { sums, ...day }: TrustDay): Json => ({
  workspace_id: workspaceId,
  scope,
  scenario: day.scenario,
  agent_version: day.agentVersion,
  wording_changes: day.wordingChanges,
  day: day.day,
  decisions: sums.decisions,
  approval_quarters: sums.approvalQuarters,
  rejections: sums.rejections,
  quality_quarter_micros: sums.qualityQuarterMicros,
  confidence_quarter_micros: sums.confidenceQuarterMicros,
  severity_micros: sums.severityMicros,
})

export const scopeRow = (workspaceId: WorkspaceId, { scope, tier, penalty, lock, lastDay }: TrustScope): Json => ({
  workspace_id: workspaceId,
  scope,
  tier: { ...tier },
  penalty: { ...penalty },
  lock: lock && { ...lock },
  last_day: lastDay,
})

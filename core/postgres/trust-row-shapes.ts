import type { Json } from '../domain/canonical.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import type { CellAge, TrustDay } from '../domain/trust/scope-score.ts'
import type { Standing } from '../domain/trust/standing.ts'
import type { TrustBook, TrustCell, TrustScope } from '../domain/trust/trust-book.ts'
import { historyJson, historyOf } from './cell-history-row.ts'

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
  history: historyOf(row['state']),
})

const toDay = (row: Row): TrustDay => ({
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

export const toScopeDay = (row: Row): TrustDay & { readonly scope: string } => ({
  scope: String(row['scope']),
  ...toDay(row),
})

export const toScope = (row: Row): TrustScope => ({
  scope: String(row['scope']),
  // safe, all four: written by `scopeRow` from the same types
  tier: row['tier'] as TrustScope['tier'],
  penalty: row['penalty'] as TrustScope['penalty'],
  lock: (row['lock'] ?? null) as TrustScope['lock'],
  lastDay: Number(row['last_day']),
  drops: (row['drops'] ?? []) as TrustScope['drops'],
})

// safe: what `jsonb_agg` gives of rows; null of none
const listOf = (rows: unknown) => (rows ?? []) as readonly Row[]

/** What `tenure_open_book` answers. */
export function bookOf(given: unknown): TrustBook {
  const book = fromText(given)
  const cells = listOf(book['cells'])
  return {
    scopes: listOf(book['scopes']).map(toScope),
    cells: cells.map(toAge),
    versions: cells.filter((row) => 'state' in row).map(toCell),
    days: [...listOf(book['recent']), ...listOf(book['older'])].map(toDay),
    standings: listOf(book['standings']).map(toStanding),
  }
}

const ms = (value: unknown): number | null => (typeof value === 'string' ? Date.parse(value) : null)
const iso = (value: number | null): string | null => (value === null ? null : new Date(value).toISOString())

export const toStanding = (row: Row): Standing => ({
  scope: String(row['scope']),
  scenario: String(row['scenario']),
  agentId: String(row['agent_id']),
  agentVersion: String(row['agent_version']),
  isProven: row['is_proven'] === true,
  // safe, all three: written by `standingRow` from the same types
  level: Number(row['level']) as Standing['level'],
  tier: row['tier'] as Standing['tier'],
  reclaimed: (row['reclaimed'] ?? null) as Standing['reclaimed'],
  isLocked: row['is_locked'] === true,
  epoch: Number(row['epoch']),
  byId: typeof row['by_id'] === 'string' ? row['by_id'] : null,
  atMs: Date.parse(String(row['at'])),
  untilMs: ms(row['until']),
  firstAtMs: ms(row['first_at']),
  leftHighAtMs: ms(row['left_high_at']),
  reviewLeft: Number(row['review_left']),
})

export const standingRow = (workspaceId: WorkspaceId, standing: Standing): Json => ({
  workspace_id: workspaceId,
  scope: standing.scope,
  scenario: standing.scenario,
  agent_id: standing.agentId,
  agent_version: standing.agentVersion,
  is_proven: standing.isProven,
  level: standing.level,
  tier: standing.tier,
  is_locked: standing.isLocked,
  epoch: standing.epoch,
  by_id: standing.byId,
  at: new Date(standing.atMs).toISOString(),
  until: iso(standing.untilMs),
  first_at: iso(standing.firstAtMs),
  reclaimed: standing.reclaimed,
  left_high_at: iso(standing.leftHighAtMs),
  review_left: standing.reviewLeft,
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
  state: historyJson(cell.history),
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

export const scopeRow = (
  workspaceId: WorkspaceId,
  { scope, tier, penalty, lock, lastDay, drops }: TrustScope,
): Json => ({
  workspace_id: workspaceId,
  scope,
  tier: { ...tier },
  penalty: { ...penalty },
  lock: lock && { ...lock },
  last_day: lastDay,
  // safe: plain JSON by its type
  drops: drops as unknown as Json,
})

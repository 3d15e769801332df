import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { canonicalJson } from '../domain/canonical.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import type { LedgerEvent } from '../ports/store.ts'
import { type Drizzle, rowsOf } from './database.ts'

/**
 * An event as it is kept: the canonical text and its digest. The unique index on (subject, version) turns a gap or a
 * double into an error, never into a row.
 */
export function ledgerRow(workspaceId: WorkspaceId, now: Date, event: LedgerEvent) {
  const { subject, subjectVersion, type } = event
  const body = canonicalJson({
    workspace: workspaceId,
    subject,
    version: subjectVersion,
    type,
    at: now.toISOString(),
    body: event.body,
  })
  return { subject, subjectVersion, type, at: now, body, digest: createHash('sha256').update(body).digest('hex') }
}

export function ledger(tx: Drizzle, workspaceId: WorkspaceId) {
  return {
    async nextSubjectVersion(subject: string): Promise<number> {
      const rows = rowsOf<{ next: number }>(
        await tx.execute(sql`
          select coalesce(max(subject_version), 0)::int + 1 as next from ledger_events
          where workspace_id = ${workspaceId} and subject = ${subject}`),
      )
      return rows[0]?.next ?? 1
    },
  }
}

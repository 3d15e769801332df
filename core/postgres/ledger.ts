import { createHash, randomBytes } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { canonicalJson } from '../domain/canonical.ts'
import { detailDigest } from '../domain/check-event.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import type { LedgerEvent } from '../ports/rows.ts'
import { type Drizzle, queryOf, rowsOf } from './database.ts'
import { names, patternsOf } from './names-of-person.ts'
import { ledgerDetails } from './schema/index.ts'

const SALT_BYTES = 16

const DETAILS_WITH = `delete from ledger_details where workspace_id = $1 and ${names('detail')} returning subject_version`

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/**
 * An event as it is kept: the canonical text and its digest, and beside it what people wrote. The unique index on (subject, version) turns a gap or a
 * double into an error, never into a row.
 */
export function ledgerRow(workspaceId: WorkspaceId, now: Date, event: LedgerEvent) {
  const { subject, subjectVersion, type } = event
  const beside = event.detail === undefined ? null : saltedDetail(canonicalJson(event.detail))
  const body = canonicalJson({
    workspace: workspaceId,
    subject,
    version: subjectVersion,
    type,
    at: now.toISOString(),
    body: event.body,
    ...(beside ? { detail: beside.digest } : {}),
  })
  const digest = createHash('sha256').update(body).digest('hex')
  return {
    row: { subject, subjectVersion, type, at: now, body, digest },
    beside: beside && { subject, subjectVersion, salt: beside.salt, detail: beside.detail },
  }
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

    async countEvents(subject: string, types: readonly string[], since: Date): Promise<number> {
      const rows = rowsOf<{ n: number }>(
        await tx.execute(sql`
          select count(*)::int as n from ledger_events
          where workspace_id = ${workspaceId} and subject = ${subject} and at >= ${since.toISOString()}::timestamptz
            and type = any (string_to_array(${types.join(',')}, ','))`),
      )
      return rows[0]?.n ?? 0
    },

    async eraseDetails(subject: string): Promise<number> {
      const erased = await tx
        .delete(ledgerDetails)
        .where(and(eq(ledgerDetails.workspaceId, workspaceId), eq(ledgerDetails.subject, subject)))
        .returning({ version: ledgerDetails.subjectVersion })
      return erased.length
    },

    async eraseDetailsWith(texts: readonly string[]): Promise<number> {
      if (texts.length === 0) return 0
      const erased = await queryOf(tx)(DETAILS_WITH, [workspaceId, ...patternsOf(texts)])
      return erased.length
    },
  }
}

/** Salted, so that a short remark cannot be guessed from its digest once it was erased, salt and all. */
function saltedDetail(detail: string) {
  const salt = randomBytes(SALT_BYTES).toString('hex')
  return { salt, detail, digest: detailDigest(salt, detail, sha256) }
}

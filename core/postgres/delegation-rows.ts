import { and, desc, eq, isNull } from 'drizzle-orm'
import type { DelegationId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { DelegationRow } from '../ports/member-rows.ts'
import type { Drizzle } from './database.ts'
import { delegations } from './schema/index.ts'

/** As many as a snapshot holds. */
const MOST = 200

/** Who decides for whom. */
export function delegationRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date) {
  return {
    async insertDelegation(row: DelegationRow): Promise<void> {
      await tx.insert(delegations).values({ ...row, hands: [...row.hands] })
    },
    async listDelegations(): Promise<readonly DelegationRow[]> {
      const rows = await tx
        .select()
        .from(delegations)
        .where(and(eq(delegations.workspaceId, workspaceId), isNull(delegations.endedAt)))
        .orderBy(desc(delegations.endsAt))
        .limit(MOST)
      // safe: columns written by insertDelegation
      return rows as (DelegationRow & { hands: string[] })[]
    },
    async endDelegation(id: DelegationId, by: MemberId): Promise<void> {
      await tx
        .update(delegations)
        .set({ endedAt: now, endedBy: by })
        .where(and(eq(delegations.id, id), eq(delegations.workspaceId, workspaceId), isNull(delegations.endedAt)))
    },
  }
}

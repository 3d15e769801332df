import { and, desc, eq, isNull } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import type { PolicyRows } from '../ports/policies.ts'
import type { StoredPolicy } from '../ports/rows.ts'
import type { Drizzle } from './database.ts'
import { policies, policyConfirmations, policyTrials } from './schema/index.ts'

/** Versions of a workspace's guardrails, who agreed to them, and where they are on trial. `changed`: the snapshot is another. */
export function policyRows(tx: Drizzle, workspaceId: WorkspaceId, changed: () => void): PolicyRows {
  const own = eq(policies.workspaceId, workspaceId)
  const withConfirmations = async (
    rows: readonly (typeof policies.$inferSelect)[],
  ): Promise<readonly StoredPolicy[]> => {
    const agreed = await tx.select().from(policyConfirmations).where(eq(policyConfirmations.workspaceId, workspaceId))
    return rows.map((row) => ({ ...row, confirmedBy: agreed.filter(({ version }) => version === row.version) }))
  }
  return {
    async insert(row) {
      changed()
      await tx.insert(policies).values({ ...row, workspaceId })
    },
    async list(limit) {
      return await withConfirmations(
        await tx.select().from(policies).where(own).orderBy(desc(policies.version)).limit(limit),
      )
    },
    async load(version) {
      const rows = await tx
        .select()
        .from(policies)
        .where(and(own, eq(policies.version, version)))
      return (await withConfirmations(rows))[0] ?? null
    },
    async confirm(version, by) {
      await tx
        .insert(policyConfirmations)
        .values({ ...by, version, workspaceId })
        .onConflictDoNothing()
    },
    async insertTrial(row) {
      changed()
      await tx.insert(policyTrials).values({ ...row, workspaceId })
    },
    async endTrial(id, { by, at, outcome }) {
      changed()
      const ended = await tx
        .update(policyTrials)
        .set({ endedAt: at, endedBy: by, outcome })
        .where(and(eq(policyTrials.workspaceId, workspaceId), eq(policyTrials.id, id), isNull(policyTrials.endedAt)))
        .returning({ id: policyTrials.id })
      return ended.length === 1
    },
  }
}

import { and, desc, eq, inArray, isNull, lt, type SQL } from 'drizzle-orm'
import type { ActionId, AgentId, ExceptionId, FeedbackId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { DecisionRow, ExceptionRow, ExecutionRow, FeedbackRow } from '../ports/rows.ts'
import { fromJson, type StoredRow } from './action-rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { decisions, exceptions, executions, feedback } from './schema/index.ts'

const DECISIONS = `select to_jsonb(d) as row from decisions d
  where d.action_id = any (string_to_array($1, ',')) and d.workspace_id = $2 order by d.id`

/** Decisions, executions, exceptions and feedback: what happened to an action. */
export function decisionRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date) {
  const query = queryOf(tx)
  return {
    async listDecisions(ids: readonly ActionId[]): Promise<readonly DecisionRow[]> {
      if (ids.length === 0) return []
      const rows = await query<{ row: StoredRow }>(DECISIONS, [ids.join(','), workspaceId])
      // safe: columns written by insertDecision
      return rows.map(({ row }) => fromJson(decisions, row) as unknown as DecisionRow)
    },

    async listExecutions(ids: readonly ActionId[]): Promise<readonly ExecutionRow[]> {
      if (ids.length === 0) return []
      const rows = await tx
        .select()
        .from(executions)
        .where(and(eq(executions.workspaceId, workspaceId), inArray(executions.actionId, [...ids])))
        .orderBy(executions.attempt)
      // safe: columns written by insertExecution
      return rows as unknown as ExecutionRow[]
    },

    async listExceptions(ids: readonly ActionId[]): Promise<readonly ExceptionRow[]> {
      if (ids.length === 0) return []
      const rows = await tx
        .select()
        .from(exceptions)
        .where(and(eq(exceptions.workspaceId, workspaceId), inArray(exceptions.actionId, [...ids])))
        .orderBy(exceptions.id)
      // safe: columns written by insertException
      return rows as unknown as ExceptionRow[]
    },

    async openExceptions(ids: readonly ActionId[] | 'all'): Promise<readonly ExceptionRow[]> {
      if (ids !== 'all' && ids.length === 0) return []
      const which: SQL[] = ids === 'all' ? [] : [inArray(exceptions.actionId, [...ids])]
      const rows = await tx
        .select()
        .from(exceptions)
        .where(and(eq(exceptions.workspaceId, workspaceId), isNull(exceptions.resolvedAt), ...which))
        .orderBy(desc(exceptions.id))
      // safe: columns written by insertException
      return rows as unknown as ExceptionRow[]
    },

    async loadException(id: ExceptionId): Promise<ExceptionRow | null> {
      const rows = await tx
        .select()
        .from(exceptions)
        .where(and(eq(exceptions.id, id), eq(exceptions.workspaceId, workspaceId)))
      // safe: columns written by insertException
      return (rows[0] ?? null) as unknown as ExceptionRow | null
    },

    async resolveException(id: ExceptionId, by: string, resolution: string): Promise<boolean> {
      const resolved = await tx
        .update(exceptions)
        .set({ resolvedAt: now, resolvedBy: by, resolution })
        .where(and(eq(exceptions.id, id), isNull(exceptions.resolvedAt)))
        .returning({ id: exceptions.id })
      return resolved.length === 1
    },

    async listFeedback(query: {
      readonly proposerId?: AgentId | MemberId
      readonly before?: string
      readonly limit: number
    }): Promise<readonly FeedbackRow[]> {
      const conditions: SQL[] = [eq(feedback.workspaceId, workspaceId)]
      if (query.proposerId) conditions.push(eq(feedback.proposerId, query.proposerId))
      if (query.before) conditions.push(lt(feedback.id, query.before))
      const rows = await tx
        .select()
        .from(feedback)
        .where(and(...conditions))
        .orderBy(desc(feedback.id))
        .limit(query.limit)
      // safe: columns written by insertFeedback
      return rows as unknown as FeedbackRow[]
    },

    async deleteFeedback(id: FeedbackId): Promise<Pick<FeedbackRow, 'actionId' | 'decision'> | null> {
      const gone = await tx
        .delete(feedback)
        .where(and(eq(feedback.id, id), eq(feedback.workspaceId, workspaceId)))
        .returning({ actionId: feedback.actionId, decision: feedback.decision })
      // safe: columns written from a FeedbackRow
      return (gone[0] ?? null) as Pick<FeedbackRow, 'actionId' | 'decision'> | null
    },
  }
}

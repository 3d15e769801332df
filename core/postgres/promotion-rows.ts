import { and, desc, eq, isNull, max, sql } from 'drizzle-orm'
import type { NoticeId, PromotionId, WorkspaceId } from '../domain/ids.ts'
import type { StandingKey } from '../domain/trust/standing.ts'
import type { NoticeRow, PromotionRow, PromotionRows, StandingConsentRow } from '../ports/promotions.ts'
import type { Drizzle } from './database.ts'
import { notices, promotions, standingConsents } from './schema/index.ts'

/** What is proposed, chosen in advance and told about the levels of one workspace. */
export function promotionRows(tx: Drizzle, workspaceId: WorkspaceId): PromotionRows {
  const own = eq(promotions.workspaceId, workspaceId)
  const isFor = ({ scope, scenario, agentId }: StandingKey) =>
    and(own, eq(promotions.scope, scope), eq(promotions.scenario, scenario), eq(promotions.agentId, agentId))
  return {
    async open(row) {
      const values = { ...row, workspaceId }
      return (
        (await tx.insert(promotions).values(values).onConflictDoNothing().returning({ id: promotions.id })).length > 0
      )
    },

    async load(id: PromotionId) {
      const [row] = await tx
        .select()
        .from(promotions)
        .where(and(own, eq(promotions.id, id)))
      return row ? toPromotion(row) : null
    },

    async list({ state, limit }) {
      const wanted = state === undefined ? own : and(own, eq(promotions.state, state))
      const rows = await tx.select().from(promotions).where(wanted).orderBy(desc(promotions.id)).limit(limit)
      return rows.map(toPromotion)
    },

    async newestOf(key) {
      const [row] = await tx.select().from(promotions).where(isFor(key)).orderBy(desc(promotions.id)).limit(1)
      return row ? toPromotion(row) : null
    },

    async end(id, { state, endedAt, byId, reason }) {
      const ended = await tx
        .update(promotions)
        .set({ state, endedAt, byId, reason, version: sql`${promotions.version} + 1` })
        .where(and(own, eq(promotions.id, id), eq(promotions.state, 'open')))
        .returning({ id: promotions.id })
      return ended.length > 0
    },

    async consents() {
      const rows = await tx.select().from(standingConsents).where(eq(standingConsents.workspaceId, workspaceId))
      // safe: columns written by putConsent
      return rows as unknown as StandingConsentRow[]
    },

    async putConsent(row) {
      await tx
        .insert(standingConsents)
        .values({ ...row, workspaceId })
        .onConflictDoUpdate({ target: [standingConsents.workspaceId, standingConsents.category], set: row })
    },

    async tell(row) {
      const values = { ...row, workspaceId }
      return (await tx.insert(notices).values(values).onConflictDoNothing().returning({ id: notices.id })).length > 0
    },

    async lastTold(kind, onceBeginsWith) {
      const [row] = await tx
        .select({ at: max(notices.at) })
        .from(notices)
        .where(
          and(
            eq(notices.workspaceId, workspaceId),
            eq(notices.kind, kind),
            sql`starts_with(${notices.once}, ${onceBeginsWith})`,
          ),
        )
      return row?.at ?? null
    },

    async loadNotice(id: NoticeId) {
      const [row] = await tx
        .select()
        .from(notices)
        .where(and(eq(notices.workspaceId, workspaceId), eq(notices.id, id)))
      // safe: columns written by tell
      return row ? (row as unknown as NoticeRow) : null
    },

    async answerNotice(id, { at, byId, answer }) {
      const answered = await tx
        .update(notices)
        .set({ answeredAt: at, byId, answer, version: sql`${notices.version} + 1` })
        .where(and(eq(notices.workspaceId, workspaceId), eq(notices.id, id), isNull(notices.answeredAt)))
        .returning({ id: notices.id })
      return answered.length > 0
    },
  }
}

// safe: columns written by open
const toPromotion = (row: typeof promotions.$inferSelect) => row as unknown as PromotionRow

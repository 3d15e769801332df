import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { AgentId, ConnectionId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { Hands } from '../domain/hands.ts'
import type { StoredConnection } from '../ports/rows.ts'
import type { AgentRow, KeyScope, MemberRow } from '../ports/member-rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { formerTokensOf, type StoredTokens } from './former-tokens.ts'
import { agents, connections, linkCodes, members } from './schema/index.ts'

const member = {
  id: members.id,
  workspaceId: members.workspaceId,
  name: members.name,
  email: members.email,
  role: members.role,
  slackUserId: members.slackUserId,
  limits: members.limits,
  tokenHands: members.tokenHands,
  tokenOwnSince: members.tokenOwnSince,
  formerTokens: members.formerTokens,
  createdAt: members.createdAt,
  disabledAt: members.disabledAt,
}
const agent = {
  id: agents.id,
  workspaceId: agents.workspaceId,
  name: agents.name,
  kinds: agents.kinds,
  channels: agents.channels,
  maxAmountMinor: agents.maxAmountMinor,
  ratePerHour: agents.ratePerHour,
  keyPrefix: agents.keyPrefix,
  createdBy: agents.createdBy,
  keyHands: agents.keyHands,
  createdAt: agents.createdAt,
  disabledAt: agents.disabledAt,
}
/** On the hot path, where a query builder would make it anew each time. */
const CONNECTION = `select id, workspace_id as "workspaceId", platform, name, state, sandbox,
    webhook_generation as "webhookGeneration", credentials from connections
  where id = $1 and workspace_id = $2`

const connection = {
  id: connections.id,
  workspaceId: connections.workspaceId,
  platform: connections.platform,
  name: connections.name,
  state: connections.state,
  sandbox: connections.sandbox,
  webhookGeneration: connections.webhookGeneration,
}

const NEXT_GENERATION = sql`${connections.webhookGeneration} + 1`

// safe, all three: columns written by the inserts below from the same types
const asMember = (row: object | undefined): MemberRow | null => {
  const stored = row as (Omit<MemberRow, 'formerTokens'> & StoredTokens) | undefined
  return stored === undefined ? null : { ...stored, formerTokens: formerTokensOf(stored) }
}
const asAgent = (row: object | undefined): AgentRow | null => (row ?? null) as AgentRow | null
const asConnections = (rows: readonly object[]): readonly StoredConnection[] => rows as readonly StoredConnection[]

/** Members, agents and connections of one workspace. */
export function peopleRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date) {
  const query = queryOf(tx)
  return {
    async loadMember(id: MemberId) {
      return asMember(
        (
          await tx
            .select(member)
            .from(members)
            .where(and(eq(members.id, id), eq(members.workspaceId, workspaceId)))
        )[0],
      )
    },
    async listMembers() {
      const rows = await tx.select(member).from(members).where(eq(members.workspaceId, workspaceId)).orderBy(members.id)
      return rows.map(asMember).filter((row) => row !== null)
    },
    async insertMember(row: MemberRow, tokenHash: string | null) {
      const inserted = await tx
        .insert(members)
        .values({ ...row, tokenHands: [...row.tokenHands], tokenHash })
        .onConflictDoNothing()
        .returning({ id: members.id })
      return inserted.length === 1
    },
    async memberBySlackUser(slackUserId: string) {
      const which = and(
        eq(members.workspaceId, workspaceId),
        eq(members.slackUserId, slackUserId),
        isNull(members.disabledAt),
      )
      return asMember((await tx.select(member).from(members).where(which))[0])
    },
    async updateMember(id: MemberId, change: Partial<Pick<MemberRow, 'role' | 'limits' | 'disabledAt'>>) {
      const rows = await tx
        .update(members)
        .set(change)
        .where(and(eq(members.id, id), eq(members.workspaceId, workspaceId)))
        .returning(member)
      return asMember(rows[0])
    },
    async setMemberToken(id: MemberId, tokenHash: string, tokenOwnSince: Date) {
      await tx
        .update(members)
        .set({ tokenHash, tokenOwnSince })
        .where(and(eq(members.id, id), eq(members.workspaceId, workspaceId)))
    },
    async issueMemberToken(
      id: MemberId,
      tokenHash: string,
      { tokenHands, ...held }: Pick<MemberRow, 'tokenHands' | 'tokenOwnSince' | 'formerTokens'>,
    ) {
      await tx
        .update(members)
        .set({ tokenHash, tokenHands: [...tokenHands], ...held })
        .where(and(eq(members.id, id), eq(members.workspaceId, workspaceId)))
    },
    async linkMember(id: MemberId, slackUserId: string) {
      const linked = await tx
        .update(members)
        .set({ slackUserId })
        .where(and(eq(members.id, id), eq(members.workspaceId, workspaceId)))
        .returning({ id: members.id })
      return linked.length === 1
    },
    async insertLinkCode(codeHash: string, memberId: MemberId, expiresAt: Date) {
      await tx.insert(linkCodes).values({ codeHash, workspaceId, memberId, expiresAt })
    },
    async useLinkCode(codeHash: string): Promise<MemberId | null> {
      const usable = and(
        eq(linkCodes.codeHash, codeHash),
        eq(linkCodes.workspaceId, workspaceId),
        isNull(linkCodes.usedAt),
        gt(linkCodes.expiresAt, now),
      )
      const used = await tx
        .update(linkCodes)
        .set({ usedAt: now })
        .where(usable)
        .returning({ memberId: linkCodes.memberId })
      // safe: an id of ours
      return (used[0]?.memberId ?? null) as MemberId | null
    },

    async listAgents() {
      const rows = await tx.select(agent).from(agents).where(eq(agents.workspaceId, workspaceId)).orderBy(agents.id)
      return rows.map(asAgent).filter((row) => row !== null)
    },
    async loadAgent(id: AgentId) {
      return asAgent(
        (
          await tx
            .select(agent)
            .from(agents)
            .where(and(eq(agents.id, id), eq(agents.workspaceId, workspaceId)))
        )[0],
      )
    },
    async insertAgent(row: AgentRow, keyHash: string) {
      const inserted = await tx
        .insert(agents)
        .values({ ...row, kinds: [...row.kinds], channels: [...row.channels], keyHands: [...row.keyHands], keyHash })
        .onConflictDoNothing()
        .returning({ id: agents.id })
      return inserted.length === 1
    },
    async setAgentKey(id: AgentId, keyHash: string, keyPrefix: string, [createdBy, ...keyHands]: Hands) {
      const rows = await tx
        .update(agents)
        .set({ keyHash, keyPrefix, createdBy, keyHands: [...new Set(keyHands)].filter((who) => who !== createdBy) })
        .where(and(eq(agents.id, id), eq(agents.workspaceId, workspaceId), isNull(agents.disabledAt)))
        .returning(agent)
      return asAgent(rows[0])
    },
    async updateAgent(id: AgentId, { kinds, channels, ...rest }: Partial<KeyScope>) {
      const rows = await tx
        .update(agents)
        .set({ ...rest, ...(kinds ? { kinds: [...kinds] } : {}), ...(channels ? { channels: [...channels] } : {}) })
        .where(and(eq(agents.id, id), eq(agents.workspaceId, workspaceId), isNull(agents.disabledAt)))
        .returning(agent)
      return asAgent(rows[0])
    },
    async disableAgent(id: AgentId) {
      const rows = await tx
        .update(agents)
        .set({ disabledAt: now })
        .where(and(eq(agents.id, id), eq(agents.workspaceId, workspaceId)))
        .returning(agent)
      return asAgent(rows[0])
    },

    async listConnections() {
      return asConnections(
        await tx
          .select(connection)
          .from(connections)
          .where(eq(connections.workspaceId, workspaceId))
          .orderBy(connections.id),
      )
    },
    async connectionWithCredentials(id: ConnectionId) {
      const [row] = await query<StoredConnection & { readonly credentials: string }>(CONNECTION, [id, workspaceId])
      return row ?? null
    },
    async insertConnection(row: StoredConnection & { readonly credentials: string }) {
      const inserted = await tx
        .insert(connections)
        .values({ ...row, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: connections.id })
      return inserted.length === 1
    },
    async updateCredentials(id: ConnectionId, credentials: string) {
      const rows = await tx
        .update(connections)
        .set({ credentials, state: 'live', webhookGeneration: NEXT_GENERATION })
        .where(and(eq(connections.id, id), eq(connections.workspaceId, workspaceId)))
        .returning(connection)
      return asConnections(rows)[0] ?? null
    },
    async renewWebhook(id: ConnectionId) {
      const rows = await tx
        .update(connections)
        .set({ webhookGeneration: NEXT_GENERATION })
        .where(and(eq(connections.id, id), eq(connections.workspaceId, workspaceId)))
        .returning(connection)
      return asConnections(rows)[0] ?? null
    },
    async setConnectionState(id: ConnectionId, state: 'live' | 'lost') {
      await tx
        .update(connections)
        .set({ state })
        .where(and(eq(connections.id, id), eq(connections.workspaceId, workspaceId)))
    },
  }
}

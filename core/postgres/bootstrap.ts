import { and, eq, sql } from 'drizzle-orm'
import { withIssuedToken } from '../domain/hands.ts'
import type { AgentId, ConnectionId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { Database, Drizzle } from './database.ts'
import { formerTokensOf, type StoredTokens } from './former-tokens.ts'
import { agents, connections, control, members, policies, slackTeams, workspaces } from './schema/index.ts'
import { asRole } from './transaction.ts'

/** What an installation needs before its first request; every part is written only where it is missing. */
export type Bootstrap = {
  readonly workspace: {
    readonly id: WorkspaceId
    readonly name: string
    readonly timeZone: string
    readonly locale: string
    readonly currency: string
    readonly approvalsChannel: string
  }
  readonly owner: { readonly id: MemberId; readonly name: string; readonly email: string; readonly tokenHash: string }
  readonly agent: {
    readonly id: AgentId
    readonly name: string
    readonly keyHash: string
    readonly keyPrefix: string
  } | null
  readonly connections: readonly {
    readonly id: ConnectionId
    readonly platform: string
    readonly name: string
    readonly sealed: string
    /** Whether the credentials that are kept, sealed, all still hold; else its webhooks have another address. */
    readonly stillHolds: (kept: string) => boolean
    readonly sandbox: boolean
  }[]
  readonly slackTeam: string | null
  readonly policy: { readonly document: object; readonly hash: string } | null
}

/** The operator's workspace, if there is one already. */
export async function homeWorkspace(database: Database): Promise<WorkspaceId | null> {
  const rows = await asRole(
    database.drizzle,
    'tenure_system',
    '',
    (now) => now,
    (tx) => tx.select({ id: workspaces.workspaceId }).from(workspaces).where(eq(workspaces.home, true)),
  )
  // safe: an id of ours
  return (rows[0]?.id ?? null) as WorkspaceId | null
}

/**
 * Writes what is missing of an installation; the caller makes sure that only one process does so at a time (`alone`). The
 * owner's token, the agent's key and the credentials follow the configuration at every start. Returns the connections
 * whose webhooks have another address now.
 */
export async function bootstrap(database: Database, what: Bootstrap): Promise<readonly ConnectionId[]> {
  const { id: workspaceId, ...described } = what.workspace
  return await asRole(
    database.drizzle,
    'tenure_app',
    workspaceId,
    (now) => now,
    async (tx, now) => {
      await tx
        .insert(workspaces)
        .values({ workspaceId, ...described, home: true, createdAt: now })
        .onConflictDoNothing()
      await tx.insert(control).values({ workspaceId }).onConflictDoNothing()
      const { owner, agent, policy } = what
      await takeBackToken(tx, workspaceId, owner, now)
      await tx
        .insert(members)
        .values({ ...owner, workspaceId, role: 'owner', createdAt: now })
        .onConflictDoUpdate({ target: [members.workspaceId, members.email], set: { tokenHash: owner.tokenHash } })
      if (agent) {
        const { keyHash, keyPrefix } = agent
        await tx
          .insert(agents)
          .values({ ...agent, workspaceId, kinds: [], createdAt: now })
          .onConflictDoUpdate({ target: [agents.workspaceId, agents.name], set: { keyHash, keyPrefix } })
      }
      const readdressed: ConnectionId[] = []
      for (const { sealed, stillHolds, ...connection } of what.connections) {
        const its = eq(connections.id, connection.id)
        const [kept] = await tx.select({ credentials: connections.credentials }).from(connections).where(its)
        const isOther = kept !== undefined && !stillHolds(kept.credentials)
        if (isOther) readdressed.push(connection.id)
        await tx
          .insert(connections)
          .values({ ...connection, workspaceId, credentials: sealed, createdAt: now })
          .onConflictDoUpdate({
            target: connections.id,
            set: {
              credentials: sealed,
              sandbox: connection.sandbox,
              state: 'live',
              ...(isOther ? { webhookGeneration: sql`${connections.webhookGeneration} + 1` } : {}),
            },
          })
      }
      if (what.slackTeam)
        await tx.insert(slackTeams).values({ teamId: what.slackTeam, workspaceId }).onConflictDoNothing()
      await tx
        .update(workspaces)
        .set({ approvalsChannel: described.approvalsChannel })
        .where(eq(workspaces.workspaceId, workspaceId))
      if (policy) {
        const first = await tx
          .insert(policies)
          .values({ workspaceId, version: 1, ...policy, byName: 'Tenure', note: 'Where everybody starts', at: now })
          .onConflictDoNothing()
          .returning({ version: policies.version })
        if (first.length === 1)
          await tx.update(control).set({ policyVersion: 1 }).where(eq(control.workspaceId, workspaceId))
      }
      return readdressed
    },
  )
}

/** The configured token is nobody else's, whoever issued the owner another meanwhile. */
async function takeBackToken(
  tx: Drizzle,
  workspaceId: WorkspaceId,
  { email, tokenHash }: Bootstrap['owner'],
  now: Date,
): Promise<void> {
  const [kept] = await tx
    .select()
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.email, email)))
  if (!kept || kept.tokenHash === tokenHash || kept.tokenHands.length === 0) return
  // safe: written from FormerToken
  const formerTokens = formerTokensOf(kept as typeof kept & StoredTokens)
  const { tokenHands, ...held } = withIssuedToken({ ...kept, formerTokens }, [kept.id], now)
  await tx
    .update(members)
    .set({ tokenHands: [...tokenHands], ...held })
    .where(eq(members.id, kept.id))
}

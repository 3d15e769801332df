import { createHash, randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import { createSecrets } from '../core/postgres/secrets.ts'
import type { Keys } from './load-client.ts'

const SECRET_KEY = randomBytes(32)

/** A gate as in production: the built one, Slack connected, the platform's address led to the stand-in. */
export function gateEnv(databaseUrl: string, platformUrl: string, folder: string): Record<string, string> {
  return {
    TENURE_ENV: 'production',
    TENURE_DATA_DIR: folder,
    TENURE_PUBLIC_URL: 'https://gate.example.com',
    TENURE_SECRET_KEY: SECRET_KEY.toString('base64'),
    TENURE_LEDGER_KEY: SECRET_KEY.toString('base64'),
    TENURE_ADMIN_TOKEN: OWNER_TOKEN,
    TENURE_PROPOSALS_PER_SECOND: '100000',
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HUBSPOT_ACCESS_TOKEN: 'bench',
    HUBSPOT_BASE_URL: platformUrl,
    SLACK_SIGNING_SECRET: 'bench',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_TEAM_ID: 'T0BENCH',
    SLACK_APPROVALS_CHANNEL: 'C0BENCH',
    SLACK_API_URL: `${platformUrl}/api/`,
  }
}

export const OWNER_TOKEN = `bench-${randomBytes(20).toString('hex')}`

/** Twenty rules; every update of a contact costs a cent of a budget that is never used up. */
const POLICY = {
  amount: { ask_above: 5_000, cap: 50_000 },
  budget: { day: { ask_above: 900_000_000, cap: 1_000_000_000 } },
  cost_per_person: { 'hubspot.contact.update': 1 },
  kinds: { allow: ['hubspot.*', 'mailchimp.*'] },
  channels: { allow: ['email', 'crm'] },
  quiet_hours: { from: '21:00', to: '08:00', outcome: 'ask' },
  blocked_words: Array.from({ length: 14 }, (_, n) => `forbidden phrase ${n}`),
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const nameOf = (n: number): string => `bench${String(n).padStart(6, '0')}`
export const workspaceOf = (n: number): string => `wks_${nameOf(n)}`
const SECRET = 'bench-bench-bench-bench'

/** The keys of the workspaces from `first` on; every program is called with the same ones. */
export function keysOf(first: number, count: number): Keys {
  return Array.from({ length: count }, (_, n) => ({
    agent: `tnr_agent_${nameOf(first + n)}_${SECRET}`,
    owner: `tnr_member_${nameOf(first + n)}_${SECRET}`,
  }))
}

export type Seeded = {
  readonly first: number
  readonly count: number
  readonly words?: number
  readonly scopes?: number
}

/**
 * Writes workspaces straight into the gate's database, each with an owner, an agent, a connection and a policy. The
 * gate limits calls to one connection as the platform asks, so a job at full speed needs many of them.
 */
export async function seedWorkspaces(sql: Sql, { first, count, words = 0, scopes = 0 }: Seeded): Promise<Keys> {
  const secrets = createSecrets([SECRET_KEY])
  const extra = Array.from({ length: words }, (_, n) => `forbidden wording ${n}`)
  const policy = { ...POLICY, blocked_words: [...POLICY.blocked_words, ...extra].slice(0, 1000) }
  const text = JSON.stringify(policy)
  const rows = Array.from({ length: count }, (_, n) => {
    const name = nameOf(first + n)
    const [{ agent, owner } = { agent: '', owner: '' }] = keysOf(first + n, 1)
    const sealed = secrets.seal('{"accessToken":"bench"}', `con_${name}`)
    return { name, agent: digest(agent), owner: digest(owner), sealed }
  })
  const given = { rows: sql.json(rows), policy: sql.json(policy), hash: digest(text) }
  const from = sql`from jsonb_to_recordset(${given.rows}) as r (name text, agent text, owner text, sealed text)`
  await sql.begin(async (tx) => {
    await tx`
      insert into workspaces (workspace_id, name, time_zone, locale, currency, approvals_channel, home, created_at)
      select 'wks_' || name, name, 'UTC', 'en-US', 'USD', '', false, now() ${from}`
    await tx`insert into control (workspace_id, policy_version) select 'wks_' || name, 1 ${from}`
    await tx`
      insert into policies (workspace_id, version, document, hash, by_name, at)
      select 'wks_' || name, 1, ${given.policy}, ${given.hash}, 'Bench', now() ${from}`
    await tx`
      insert into members (id, workspace_id, name, email, role, token_hash, created_at)
      select 'mem_' || name, 'wks_' || name, 'Owner', name || '@example.com', 'owner', owner, now() ${from}`
    await tx`
      insert into agents (id, workspace_id, name, kinds, key_hash, key_prefix, created_at)
      select 'agt_' || name, 'wks_' || name, 'bench', '{}', agent, 'tnr_agent_bench', now() ${from}`
    await tx`
      insert into connections (id, workspace_id, platform, name, credentials, created_at)
      select 'con_' || name, 'wks_' || name, 'hubspot', 'hubspot', sealed, now() ${from}`
    if (scopes > 0)
      await tx`
        insert into standings (workspace_id, scope, scenario, agent_id, agent_version, is_proven, level, tier, is_locked, epoch, by_id, at)
        select 'wks_' || name, 'scope_' || n || '.small', 'hubspot.contact.update', 'agt_' || name, 'v1', true, 2, 'review', false, 0, 'mem_' || name, now()
        from jsonb_to_recordset(${given.rows}) as r (name text), generate_series(1, ${scopes}::int) n`
  })
  await sql`analyze workspaces, control, policies, members, agents, connections, standings`
  return keysOf(first, count)
}

/** More agents in one workspace: each may only propose so often, and one hot workspace has to take it all. */
export function seedAgents(sql: Sql, workspace: number, count: number): Promise<Keys> {
  return insertAgents(sql, workspaceOf(workspace), count, `tnr_member_${nameOf(workspace)}_${SECRET}`)
}

/** The same in the operator's workspace, the one that Slack is connected to. */
export async function homeAgents(sql: Sql, count: number, owner: string): Promise<Keys> {
  const [home] = await sql<{ workspace_id: string }[]>`select workspace_id from workspaces where home`
  return insertAgents(sql, home?.workspace_id ?? '', count, owner)
}

async function insertAgents(sql: Sql, workspaceId: string, count: number, owner: string): Promise<Keys> {
  const name = workspaceId.slice('wks_'.length)
  const keys = Array.from({ length: count }, (_, n) => ({ agent: `tnr_agent_${name}_${SECRET}-${n}`, owner }))
  const rows = sql.json(keys.map(({ agent }, n) => ({ n, hash: digest(agent) })))
  await sql`
    insert into agents (id, workspace_id, name, kinds, key_hash, key_prefix, created_at)
    select 'agt_' || ${name}::text || 'a' || n, ${workspaceId}, 'bench ' || n, '{}', hash, 'tnr_agent_bench', now()
    from jsonb_to_recordset(${rows}) as r (n int, hash text)
    on conflict do nothing`
  return keys
}

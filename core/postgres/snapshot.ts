import type { WorkspaceId } from '../domain/ids.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type { Control, PolicyRow, Snapshot, SwitchRow, TrialRow } from '../ports/rows.ts'
import type { Query } from './database.ts'
import { formerTokensOf, type StoredTokens } from './former-tokens.ts'
import { toStanding } from './trust-row-shapes.ts'

/** The versions of a workspace's and of the installation's configuration, as a transaction read them. */
export type Versions = { readonly own: Control; readonly installation: number }

/** Of the control row `c`. */
export const CONTROL_COLUMNS = `c.workspace_id, c.version, c.epoch, c.policy_version,
  coalesce((select v.version from standing_versions v where v.workspace_id = c.workspace_id), 0) as standings`

export type ControlRow = {
  readonly workspace_id: string
  readonly version: string | number
  readonly epoch: string | number
  readonly policy_version: number
  readonly standings: string | number
}

export const controlOf = ({
  version,
  epoch,
  policy_version,
  standings,
}: Omit<ControlRow, 'workspace_id'>): Control => ({
  version: Number(version),
  epoch: Number(epoch),
  policyVersion: policy_version,
  standings: Number(standings),
})

/** What the rules need to know about each workspace, kept for as long as its version and the installation's stand. */
export type Snapshots = {
  read(query: Query, workspaceId: WorkspaceId, versions: Versions): Promise<Snapshot>
  /** What was kept, unchecked: for a statement that compares the versions itself. */
  kept(workspaceId: WorkspaceId): Kept | null
  /** Past the cache, for a transaction that has just changed the configuration. */
  readFresh(query: Query, workspaceId: WorkspaceId): Promise<Snapshot>
}

export type Kept = { readonly installation: number; readonly snapshot: Snapshot }

const MOST_WORKSPACES = 10_000

export function createSnapshots(most = MOST_WORKSPACES): Snapshots {
  const kept = new Map<WorkspaceId, Kept>()
  /** Workspaces with the same policy share its document. */
  const policies = new Map<string, unknown>()
  const shared = (policy: PolicyRow | null): PolicyRow | null => {
    if (!policy) return null
    const document = policies.get(policy.hash) ?? policy.document
    if (policies.size >= most) policies.clear()
    policies.set(policy.hash, document)
    return { ...policy, document }
  }

  return {
    async read(query, workspaceId, { own, installation }) {
      const known = kept.get(workspaceId)
      const isSame =
        known?.installation === installation &&
        known.snapshot.control.version === own.version &&
        known.snapshot.control.standings === own.standings
      if (isSame) return known.snapshot
      const found = await readSnapshot(query, workspaceId)
      const snapshot = { ...found.snapshot, policy: shared(found.snapshot.policy) }
      if (kept.size >= most) kept.delete(kept.keys().next().value ?? workspaceId)
      kept.set(workspaceId, { installation: found.installation, snapshot })
      return snapshot
    },
    kept: (workspaceId) => kept.get(workspaceId) ?? null,
    readFresh: async (query, workspaceId) => (await readSnapshot(query, workspaceId)).snapshot,
  }
}

/** One statement, so that all of it is of one moment. */
const READ = `select json_build_object(
  'workspace', (select json_build_object('id', w.workspace_id, 'name', w.name, 'timeZone', w.time_zone, 'locale', w.locale,
    'currency', w.currency, 'approvalsChannel', w.approvals_channel, 'home', w.home) from workspaces w where w.workspace_id = $1),
  'control', json_build_object('version', c.version, 'epoch', c.epoch, 'policyVersion', c.policy_version, 'standings',
    coalesce((select v.version from standing_versions v where v.workspace_id = $1), 0)),
  'installation', (select i.version from control i where i.workspace_id = '*'),
  'policy', (select json_build_object('version', p.version, 'document', p.document, 'hash', p.hash, 'byName', p.by_name,
    'note', p.note, 'at', p.at) from policies p where p.workspace_id = $1 and p.version = c.policy_version),
  'trials', (select json_agg(json_build_object('id', t.id, 'version', t.version, 'when', t."when", 'document', q.document,
    'hash', q.hash, 'byName', t.by_name, 'at', t.at) order by t.id) from policy_trials t
    join policies q on q.workspace_id = t.workspace_id and q.version = t.version
    where t.workspace_id = $1 and t.ended_at is null),
  'standings', (select json_agg(to_jsonb(g) order by g.scope, g.scenario, g.agent_id) from standings g
    where g.workspace_id = $1),
  'switches', (select json_agg(json_build_object('id', s.id, 'workspaceId', s.workspace_id, 'kind', s.target_kind,
    'value', s.target_value, 'mode', s.mode, 'until', s.until,
    'reason', s.reason, 'byId', s.by_id, 'byName', s.by_name, 'at', s.at) order by s.id)
    from switches s where s.workspace_id in ('*', $1) and s.lifted_at is null),
  'members', (select json_agg(json_build_object('id', m.id, 'name', m.name, 'email', m.email, 'role', m.role,
    'slackUserId', m.slack_user_id, 'limits', m.limits, 'disabledAt', m.disabled_at,
    'tokenHands', m.token_hands, 'tokenOwnSince', m.token_own_since, 'formerTokens', m.former_tokens) order by m.id)
    from members m where m.workspace_id = $1),
  'delegations', (select json_agg(json_build_object('id', d.id, 'fromId', d.from_id, 'toId', d.to_id, 'startsAt', d.starts_at,
    'endsAt', d.ends_at, 'hands', d.hands)) from (select * from delegations o where o.workspace_id = $1 and o.ended_at is null
    order by o.ends_at desc limit 200) d),
  'agents', (select json_agg(json_build_object('id', a.id, 'name', a.name, 'kinds', a.kinds, 'channels', a.channels,
    'maxAmountMinor', a.max_amount_minor, 'ratePerHour', a.rate_per_hour, 'createdBy', a.created_by,
    'keyHands', a.key_hands) order by a.id)
    from agents a where a.workspace_id = $1 and a.disabled_at is null),
  'connections', (select json_agg(json_build_object('id', n.id, 'platform', n.platform, 'name', n.name, 'sandbox', n.sandbox)
    order by n.id) from connections n where n.workspace_id = $1)) as found
  from control c where c.workspace_id = $1`

type Found = Omit<
  Snapshot,
  'policy' | 'trials' | 'standings' | 'switches' | 'reviews' | 'members' | 'delegations' | 'agents' | 'connections'
> & {
  readonly installation: number
  readonly policy: (Omit<PolicyRow, 'at'> & { readonly at: string }) | null
  readonly trials: readonly (Omit<TrialRow, 'at'> & { readonly at: string })[] | null
  readonly standings: readonly Readonly<Record<string, unknown>>[] | null
  readonly switches:
    | readonly (Omit<SwitchRow, 'at' | 'target'> & {
        readonly at: string
        readonly kind: string
        readonly value: string | null
        readonly mode: string
        readonly until: string | null
      })[]
    | null
  readonly members:
    | readonly (Omit<Snapshot['members'][number], 'disabledAt' | 'tokenOwnSince' | 'formerTokens'> &
        StoredTokens & {
          readonly disabledAt: string | null
          readonly tokenOwnSince: string | null
        })[]
    | null
  readonly delegations:
    | readonly (Omit<Snapshot['delegations'][number], 'startsAt' | 'endsAt'> & {
        readonly startsAt: string
        readonly endsAt: string
      })[]
    | null
  readonly agents: Snapshot['agents'] | null
  readonly connections: Snapshot['connections'] | null
}

async function readSnapshot(
  query: Query,
  workspaceId: WorkspaceId,
): Promise<{ readonly installation: number; readonly snapshot: Snapshot }> {
  const [row] = await query<{ found: Found | string }>(READ, [workspaceId])
  if (!row) throw new Error(`Workspace ${workspaceId} does not exist`)
  // safe: the statement above names every member; a driver may leave JSON as text
  const found = (typeof row.found === 'string' ? JSON.parse(row.found) : row.found) as Found
  const { installation, workspace, control, policy, trials, standings, members, delegations, agents, connections } =
    found
  if (!workspace) throw new Error(`Workspace ${workspaceId} does not exist`)
  const switches = (found.switches ?? []).map(({ kind, value, at, until, ...rest }) => ({
    ...rest,
    // safe: written from a SwitchTarget
    target: (value === null ? { kind } : { kind, value }) as SwitchTarget,
    at: new Date(at),
    until: until === null ? null : new Date(until),
  }))
  const snapshot: Snapshot = {
    workspace,
    control,
    policy: policy && { ...policy, at: new Date(policy.at) },
    trials: (trials ?? []).map((trial) => ({ ...trial, at: new Date(trial.at) })),
    standings: (standings ?? []).map(toStanding),
    switches: switches.filter(({ mode }) => mode === 'stop').map(({ mode: _mode, until: _until, ...stop }) => stop),
    reviews: switches.flatMap(({ mode, until, ...row }) => (mode === 'review' && until ? [{ ...row, until }] : [])),
    members: (members ?? []).map((row) => ({
      ...row,
      disabledAt: row.disabledAt === null ? null : new Date(row.disabledAt),
      tokenOwnSince: row.tokenOwnSince === null ? null : new Date(row.tokenOwnSince),
      formerTokens: formerTokensOf(row),
    })),
    delegations: (delegations ?? []).map((row) => ({
      ...row,
      startsAt: new Date(row.startsAt),
      endsAt: new Date(row.endsAt),
    })),
    agents: agents ?? [],
    connections: connections ?? [],
  }
  return { installation, snapshot }
}

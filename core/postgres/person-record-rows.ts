import type { State } from '../domain/action-states.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import type { PeopleRows, PersonRecord } from '../ports/people.ts'
import type { queryOf } from './database.ts'
import { NAMES_ACTION, namingValues } from './names-of-person.ts'
import { fromText } from './trust-row-shapes.ts'

// $1 workspace, $2 digests
const BEHIND = `behind as materialized (
    select distinct i.person_id from person_identifiers i where i.workspace_id = $1 and i.digest = any ($2::text[])),
  theirs as materialized (
    select i.digest, i.kind, i.seen_at from person_identifiers i join behind b on b.person_id = i.person_id
    where i.workspace_id = $1)`

const RECORD = `with ${BEHIND}
  select jsonb_build_object(
    'identifiers', (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'seenAt', seen_at) order by seen_at, kind, digest), '[]') from theirs),
    'consents', (select coalesce(jsonb_agg(jsonb_build_object('channel', c.channel, 'standing', c.standing, 'source', c.source,
        'at', c.said_at, 'recordedAt', c.recorded_at) order by c.said_at, c.id), '[]')
      from consents c join behind b on b.person_id = c.person_id where c.workspace_id = $1),
    'suppressions', (select coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'channel', s.channel, 'reason', s.reason,
        'at', s.at, 'liftedAt', s.lifted_at) order by s.at, s.id), '[]')
      from suppressions s where s.workspace_id = $1
        and (s.digest = any ($2::text[]) or s.digest in (select digest from theirs))),
    'exposures', (select coalesce(jsonb_agg(jsonb_build_object('actionId', e.action_id, 'kind', a.kind, 'state', s.state,
        'channel', e.channel, 'at', e.at) order by e.at, e.action_id, e.place), '[]')
      from exposures e join behind b on b.person_id = e.person_id join actions a on a.id = e.action_id
      join action_states s on s.action_id = e.action_id where e.workspace_id = $1)) as row`

const DIGESTS = `with ${BEHIND} select digest, kind from theirs order by digest`

const NAMED_IN = `select a.id as "actionId", a.kind, s.state,
    to_char(a.proposed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
  from actions a join action_states s on s.action_id = a.id
  where a.workspace_id = $1 and ${NAMES_ACTION}
  order by a.id desc limit 100`

/** Reads and erases what is kept of one person. */
export function forgettingRows(
  query: ReturnType<typeof queryOf>,
  workspaceId: WorkspaceId,
): Pick<PeopleRows, 'recordOf' | 'digestsBehind' | 'namedIn' | 'forget'> {
  return {
    async recordOf(digests) {
      const [row] = await query<{ row: unknown }>(RECORD, [workspaceId, digests])
      // safe: built by the statement above, times as texts
      return withDates(fromText(row?.row) as unknown as Kept)
    },

    async digestsBehind(digests) {
      // safe: kinds that we wrote
      const rows = await query<{ digest: string; kind: string }>(DIGESTS, [workspaceId, digests])
      return rows as readonly { digest: string; kind: 'email' }[]
    },

    async namedIn(named) {
      if (named.texts.length === 0 && named.ids.length === 0) return []
      type Row = { actionId: ActionId; kind: string; state: State; at: string }
      const rows = await query<Row>(NAMED_IN, [workspaceId, ...namingValues(named)])
      return rows.map((row) => ({ ...row, at: new Date(row.at) }))
    },

    async forget(digests) {
      const behind = await query<{ id: string }>(
        'select distinct person_id as id from person_identifiers where workspace_id = $1 and digest = any ($2::text[])',
        [workspaceId, digests],
      )
      const ids = behind.map(({ id }) => id)
      for (const table of ['consents', 'exposures', 'person_identifiers'])
        await query(`delete from ${table} where workspace_id = $1 and person_id = any ($2::text[])`, [workspaceId, ids])
      await query('delete from people where workspace_id = $1 and id = any ($2::text[])', [workspaceId, ids])
      return ids.length
    },
  }
}

type Kept = { readonly [List in keyof PersonRecord]: readonly PersonRecord[List][number][] }

const TIMES = ['seenAt', 'at', 'recordedAt', 'liftedAt'] as const

function withDates(kept: Kept): PersonRecord {
  const dated = <Row extends object>(row: Row): Row => {
    const times = TIMES.flatMap((name) => {
      const value: unknown = Object.entries(row).find(([key]) => key === name)?.[1]
      return typeof value === 'string' ? [[name, new Date(value)]] : []
    })
    // safe: the same row, its times read
    return { ...row, ...Object.fromEntries(times) } as Row
  }
  return {
    identifiers: kept.identifiers.map(dated),
    consents: kept.consents.map(dated),
    suppressions: kept.suppressions.map(dated),
    exposures: kept.exposures.map(dated),
  }
}

import type { WorkspaceId } from '../domain/ids.ts'
import type { Standing } from '../domain/recipients/reach.ts'
import type { PeopleRows } from '../ports/people.ts'
import { budgetRows } from './budget-rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { forgettingRows } from './person-record-rows.ts'
import { redactions } from './redactions.ts'

/** Sorts before every window that is spent from: nobody who holds one of those takes this one. */
const PEOPLE = '!people'

// $1 workspace, $2 digests
const WHOSE = `select d.digest, i.person_id,
    exists (select from suppressions s where s.workspace_id = $1 and s.digest = d.digest and s.reason = 'erased'
      and s.lifted_at is null) as forgotten
  from unnest($2::text[]) as d (digest)
  left join person_identifiers i on i.workspace_id = $1 and i.digest = d.digest`

const ADD_PEOPLE = `insert into people (id, workspace_id, created_at)
  select p.id, $1, $3::timestamptz from unnest($2::text[]) as p (id)`
const ADD_IDENTIFIERS = `insert into person_identifiers (workspace_id, digest, kind, person_id, seen_at)
  select $1, i.digest, i.kind, i.person_id, $5::timestamptz
  from unnest($2::text[], $3::text[], $4::text[]) as i (digest, kind, person_id)
  on conflict (workspace_id, digest) do update set person_id = excluded.person_id`

const TABLES_OF_A_PERSON = ['person_identifiers', 'consents', 'exposures'] as const

// The newest say the same already: nothing new was said.
const RECORD_CONSENTS = `insert into consents (id, workspace_id, person_id, channel, standing, source, said_at, recorded_at, by_id)
  select c.id, $1, c.person_id, c.channel, c.standing, c.source, c.said_at::timestamptz, $8::timestamptz, $9
  from (select distinct on (person_id, channel, standing, said_at) * from unnest($2::text[], $3::text[], $4::text[], $5::text[],
    $6::text[], $7::text[]) as g (id, person_id, channel, standing, source, said_at)) c
  where not exists (select from consents k where k.workspace_id = $1 and k.person_id = c.person_id
    and k.channel = c.channel and k.standing = c.standing and k.said_at = c.said_at::timestamptz)
  returning id`

const SUPPRESS = `insert into suppressions (id, workspace_id, digest, kind, channel, reason, at, by_id)
  select s.id, $1, s.digest, s.kind, s.channel, s.reason, $7::timestamptz, $8
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as s (id, digest, kind, channel, reason)
  where not exists (select from suppressions k where k.workspace_id = $1 and k.digest = s.digest and k.lifted_at is null
    and k.reason = s.reason and (k.channel is null or k.channel = s.channel))
  returning id`

const LIFT = `update suppressions set lifted_at = $4::timestamptz, lifted_by = $5
  where workspace_id = $1 and digest = any ($2::text[]) and lifted_at is null and ($3::text is null or channel = $3)
  returning id`

// In the words of their indexes.
const ANYBODY = `select exists (select from suppressions where workspace_id || '' = $1 and lifted_at is null
  and (channel is null or channel = $2))
  or exists (select from consents where workspace_id || '' = $1 and channel = $2 and standing = 'withdrawn'
    and not starts_with(source, $3)) as any`

// $1 workspace, $2 places, $3 digests, $4 channel, $5 and $6 from and to, $7 the action itself
const STANDINGS = `with given as materialized (select * from unnest($2::int[], $3::text[]) as g (place, digest)),
  known as materialized (
    select distinct g.place, i.person_id from given g
    join person_identifiers i on i.workspace_id = $1 and i.digest = g.digest),
  theirs as (
    select k.place, i.digest from known k join person_identifiers i on i.workspace_id = $1 and i.person_id = k.person_id
    union select place, digest from given),
  stopped as (
    select distinct t.place from theirs t join suppressions s on s.workspace_id = $1 and s.digest = t.digest
    where s.lifted_at is null and (s.channel is null or s.channel = $4)),
  said as (
    select distinct on (k.place) k.place, c.standing from known k
    join consents c on c.workspace_id = $1 and c.person_id = k.person_id and c.channel = $4
    order by k.place, c.said_at desc, c.standing desc),
  had as (
    select k.place, array_to_json(array_agg((extract(epoch from e.at) * 1000)::float8)) as at from known k
    join exposures e on e.workspace_id = $1 and e.person_id = k.person_id and e.action_id <> $7
      and e.at > $5::timestamptz and e.at < $6::timestamptz
    join action_states a on a.action_id = e.action_id
    where a.state in ('ready', 'executing', 'unknown', 'executed', 'settled', 'undoing')
      or a.state = 'undone' and a.undone_at >= e.at
    group by k.place)
  select p.place, min(k.person_id) as person, bool_or(s.place is not null) as suppressed, min(c.standing) as consent,
    min(h.at::text) as at
  from (select distinct place from given) p
  left join known k on k.place = p.place left join stopped s on s.place = p.place
  left join said c on c.place = p.place left join had h on h.place = p.place
  group by p.place`

type StandingRow = {
  readonly place: number
  readonly person: string | null
  readonly suppressed: boolean
  readonly consent: string | null
  readonly at: string | null
}

const DAY_MS = 86_400_000

// Who is unknown here was told to be added before.
const EXPOSE = `insert into exposures (workspace_id, action_id, place, person_id, channel, agent_id, at)
  select $1, $2, e.place, i.person_id, e.channel, e.agent_id, e.at::timestamptz
  from unnest($3::text[], $4::text[], $5::text[], $6::text[]) with ordinality as e (digest, channel, agent_id, at, place)
  join person_identifiers i on i.workspace_id = $1 and i.digest = e.digest`

/** People outside the business, of one workspace. */
export function personRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): PeopleRows {
  const query = queryOf(tx)
  const at = now.toISOString()
  return {
    async lock() {
      await budgetRows(tx, workspaceId).lockBudget(PEOPLE)
    },

    async whose(digests) {
      type Row = { digest: string; person_id: string | null; forgotten: boolean }
      const rows = digests.length === 0 ? [] : await query<Row>(WHOSE, [workspaceId, digests])
      return {
        // safe: ids of ours
        people: new Map(rows.flatMap((row) => (row.person_id ? [[row.digest, row.person_id as never]] : []))),
        forgotten: new Set(rows.flatMap((row) => (row.forgotten ? [row.digest] : []))),
      }
    },

    async add(people, identifiers) {
      if (people.length > 0) await query(ADD_PEOPLE, [workspaceId, people, at])
      if (identifiers.length === 0) return
      const columns = (['digest', 'kind', 'personId'] as const).map((name) => identifiers.map((one) => one[name]))
      await query(ADD_IDENTIFIERS, [workspaceId, ...columns, at])
    },

    async merge(into, others) {
      for (const table of TABLES_OF_A_PERSON)
        await query(`update ${table} set person_id = $2 where workspace_id = $1 and person_id = any ($3::text[])`, [
          workspaceId,
          into,
          others,
        ])
      await query('delete from people where workspace_id = $1 and id = any ($2::text[])', [workspaceId, others])
    },

    async recordConsents(rows) {
      if (rows.length === 0) return 0
      const columns = (['id', 'personId', 'channel', 'standing', 'source'] as const).map((name) =>
        rows.map((row) => row[name]),
      )
      const said = rows.map((row) => row.at.toISOString())
      const byId = rows[0]?.byId ?? null
      return (await query(RECORD_CONSENTS, [workspaceId, ...columns, said, at, byId])).length
    },

    async suppress(rows) {
      if (rows.length === 0) return 0
      const columns = (['id', 'digest', 'kind', 'channel', 'reason'] as const).map((name) =>
        rows.map((row) => row[name]),
      )
      return (await query(SUPPRESS, [workspaceId, ...columns, at, rows[0]?.byId])).length
    },

    async isAnybodyLeftOut(channel, platform) {
      const [row] = await query<{ readonly any: boolean }>(ANYBODY, [workspaceId, channel, platform])
      return row?.any === true
    },

    async liftSuppressions(digests, channel, byId) {
      return (await query(LIFT, [workspaceId, digests, channel, at, byId])).length
    },

    async standings(recipients, { channel, at: reaches, days, actionId }) {
      const given = recipients.flatMap((digests, place) => digests.map((digest) => ({ place, digest })))
      const [from, to] = [-days, days].map((by) => new Date(reaches.getTime() + by * DAY_MS).toISOString())
      const rows =
        given.length === 0
          ? []
          : await query<StandingRow>(STANDINGS, [
              workspaceId,
              given.map(({ place }) => place),
              given.map(({ digest }) => digest),
              channel,
              from,
              to,
              actionId,
            ])
      const byPlace = new Map(rows.map((row) => [row.place, row]))
      return recipients.map((digests, place) => standingFrom(digests, byPlace.get(place)))
    },

    async replaceExposures(actionId, rows) {
      await query('delete from exposures where workspace_id = $1 and action_id = $2', [workspaceId, actionId])
      if (rows.length === 0) return
      const columns = (['digest', 'channel', 'agentId'] as const).map((name) => rows.map((row) => row[name]))
      const times = rows.map((row) => row.at.toISOString())
      await query(EXPOSE, [workspaceId, actionId, ...columns, times])
    },

    ...forgettingRows(query, workspaceId),
    ...redactions(query, workspaceId, at),
  }
}

function standingFrom(digests: readonly string[], row: StandingRow | undefined): Standing {
  const [first] = digests
  if (first === undefined || row === undefined)
    return { person: null, suppressed: false, consent: null, messagedAt: [] }
  // safe: an array of numbers by the statement
  const messagedAt = row.at === null ? [] : (JSON.parse(row.at) as number[])
  const consent = row.consent === 'given' || row.consent === 'withdrawn' ? row.consent : null
  return { person: row.person ?? first, suppressed: row.suppressed, consent, messagedAt }
}

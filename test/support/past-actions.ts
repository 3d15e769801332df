import type { Database } from '../../core/postgres/database.ts'
import type { WorkspaceId } from '../../core/domain/ids.ts'

/** What the n-th of many past actions is, from 1; the SQL below says the same. */
export const pastAction = (n: number) => ({
  body: n % 7 === 0 ? `Note ${n}: guaranteed results` : `Note ${n}`,
  rejected: n % 11 === 0,
  /** It ran by itself at level 4; the others were asked about. */
  alone: n % 5 === 0 && n % 11 !== 0,
  undone: n % 25 === 0 && n % 11 !== 0,
})

const ALONE = '(n % 5 = 0 and n % 11 <> 0)'
const UNDONE = '(n % 25 = 0 and n % 11 <> 0)'
const REJECTED = '(n % 11 = 0)'
const ID = "'act_00' || lpad(n::text, 10, '0')"

export type PastActions = {
  readonly workspaceId: WorkspaceId
  /** The id of an action that the others are made like: a note of an agent, waiting at level 2. */
  readonly like: string
  readonly from: Date
  /** Between one and the next, in seconds. */
  readonly everySeconds: number
  readonly count: number
}

/** Writes many past actions with their payloads, states and decisions as rows, as if they had been proposed and decided. */
export async function insertPastActions(database: Database, given: PastActions): Promise<void> {
  const { workspaceId, like, from, everySeconds, count } = given
  const at = `'${from.toISOString()}'::timestamptz + n * ${everySeconds} * interval '1 second'`
  const copies: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['actions', 'id', { id: ID, idempotency_key: "'past-' || n", proposed_at: at }],
    [
      'payloads',
      'action_id',
      {
        action_id: ID,
        at,
        input: `jsonb_build_object('contactId', '101', 'body',
          case when n % 7 = 0 then 'Note ' || n || ': guaranteed results' else 'Note ' || n end)`,
        level: `case when ${ALONE} then source.level || '{"inForce": 4, "boundBy": "grant", "grant": 4, "tier": "autonomous"}'
          else source.level end`,
      },
    ],
    [
      'action_states',
      'action_id',
      {
        action_id: ID,
        state: `case when ${REJECTED} then 'rejected' when ${UNDONE} then 'undone' else 'settled' end`,
        approved: `not ${ALONE} and not ${REJECTED}`,
        executed_at: `case when ${REJECTED} then null else ${at} end`,
        due_at: 'null',
        expires_at: 'null',
        remind_at: 'null',
        charges: "'[]'::jsonb",
      },
    ],
  ]
  for (const [table, key, changed] of copies) {
    const columns = await database.query(
      "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1",
      [table],
    )
    const names = columns.map(({ name }) => String(name))
    const values = names.map((name) => changed[name] ?? `source."${name}"`)
    await database.query(
      `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')})
       select ${values.join(', ')} from ${table} source, generate_series(1, ${count}) n where source.${key} = $1`,
      [like],
    )
  }
  await database.query(
    `insert into decisions (id, workspace_id, action_id, decision, by_id, by_name, via, at, payload_hash, revision,
        policy_version, severity, reason, outside, changes)
     select 'dec_00' || lpad(n::text, 10, '0'), $1, ${ID}, case when ${REJECTED} then 'reject' else 'approve' end, 'mem_past',
        'A reviewer', 'http', ${at} + interval '1 minute', '', 1, 0, null, null, false, '[]'::jsonb
     from generate_series(1, ${count}) n where not ${ALONE}`,
    [workspaceId],
  )
}

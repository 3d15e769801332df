import { type State, isFinal, STATES } from '../domain/action-states.ts'
import type { Json } from '../domain/canonical.ts'
import { ERASED, redact } from '../domain/redact.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import type { queryOf } from './database.ts'
import { asWhole, NAMES } from './person-record-rows.ts'
import { fromText } from './trust-row-shapes.ts'

const FINAL = STATES.filter(isFinal)
const PREVIEW = { title: 'Erased, because somebody in it was forgotten', done: 'something that was erased', lines: [] }

const NAMED = `select a.id, s.state from actions a join action_states s on s.action_id = a.id
  where a.workspace_id = $1 and ${NAMES}`

const INPUTS =
  'select action_id, revision, input from payloads where workspace_id = $1 and action_id = any ($2::text[])'

// $1 workspace, $2 actions, $3 revisions, $4 inputs, $5 preview
const PAYLOADS = `update payloads p set input = r.input::jsonb, facts = null, preview = $5::jsonb,
    verdict = case when p.verdict is null then null else jsonb_set(p.verdict, '{reasons}', coalesce(
      (select jsonb_agg(jsonb_set(x, '{text}', '"${ERASED}"')) from jsonb_array_elements(p.verdict -> 'reasons') x), '[]')) end
  from unnest($2::text[], $3::int[], $4::text[]) as r (id, revision, input)
  where p.workspace_id = $1 and p.action_id = r.id and p.revision = r.revision`

// $1 workspace, $2 actions
const ROWS = [
  `update actions set reason = '${ERASED}', requested_by = null, evidence = '[]', question = null
    where workspace_id = $1 and id = any ($2::text[])`,
  `update decisions set reason = case when reason is null then null else '${ERASED}' end, changes = '[]'
    where workspace_id = $1 and action_id = any ($2::text[])`,
  `update executions set before = 'null', error = null,
      receipt = case when receipt is null then null else jsonb_build_object('reference', '${ERASED}', 'after', null) end
    where workspace_id = $1 and action_id = any ($2::text[])`,
  `update action_states set remark = null where workspace_id = $1 and action_id = any ($2::text[])`,
  'delete from callback_deliveries where workspace_id = $1 and action_id = any ($2::text[])',
]

const role = (name: 'tenure_app' | 'tenure_system'): string => `select set_config('role', '${name}', true)`

/** Takes the words out of ended actions that name somebody; their rows, hashes and events stay. */
export function redactions(query: ReturnType<typeof queryOf>, workspaceId: WorkspaceId) {
  return {
    async redactNamed(texts: readonly string[]): Promise<{ readonly redacted: number; readonly open: number }> {
      if (texts.length === 0) return { redacted: 0, open: 0 }
      const named = await query<{ id: ActionId; state: State }>(NAMED, [workspaceId, texts.map(asWhole)])
      const ended = named.filter(({ state }) => FINAL.includes(state)).map(({ id }) => id)
      if (ended.length > 0) await redactAll(query, workspaceId, ended)
      return { redacted: ended.length, open: named.length - ended.length }
    },
  }
}

type InputRow = { readonly action_id: ActionId; readonly revision: number; readonly input: unknown }

async function redactAll(query: ReturnType<typeof queryOf>, workspaceId: WorkspaceId, ids: readonly ActionId[]) {
  const rows = await query<InputRow>(INPUTS, [workspaceId, ids])
  // safe: JSON by its column
  const inputs = rows.map(({ input }) => JSON.stringify(redact(fromText(input) as Json)))
  await query('delete from feedback where workspace_id = $1 and action_id = any ($2::text[])', [workspaceId, ids])
  // A workspace may change nothing of what it wrote; only this takes words out of it, in the same transaction.
  await query(role('tenure_system'), [])
  await query(PAYLOADS, [
    workspaceId,
    rows.map((row) => row.action_id),
    rows.map(({ revision }) => revision),
    inputs,
    JSON.stringify(PREVIEW),
  ])
  for (const text of ROWS) await query(text, [workspaceId, ids])
  await query(role('tenure_app'), [])
}

import { type State, isFinal, STATES } from '../domain/action-states.ts'
import type { Json } from '../domain/canonical.ts'
import { ERASED, redact } from '../domain/redact.ts'
import type { ActionId, PlanId, WorkspaceId } from '../domain/ids.ts'
import type { PeopleRows, Redacted } from '../ports/people.ts'
import type { queryOf } from './database.ts'
import {
  NAMES_ACTION,
  NAMES_PLAN,
  names,
  namingValues,
  patternsEverywhere,
  patternsInKeys,
  patternsOf,
} from './names-of-person.ts'
import { fromText } from './trust-row-shapes.ts'
import { ERASE_BESIDE, ERASE_POLICY_NOTES, eraseTitles, IS_IN_SETTINGS } from './words-beside.ts'

type Query = ReturnType<typeof queryOf>

const FINAL = STATES.filter(isFinal)
const TITLE = 'Erased, because somebody in it was forgotten'
const PREVIEW = { title: TITLE, done: 'something that was erased', lines: [] }

const NAMED = `select a.id, s.state from actions a join action_states s on s.action_id = a.id
  where a.workspace_id = $1 and ${NAMES_ACTION}`

const HAS_OPEN_STEPS = `exists (select from actions o join action_states s on s.action_id = o.id
  where o.plan_id = p.id and not s.state = any ($FINAL::text[]))`
const NAMED_PLANS = `select p.id, ${HAS_OPEN_STEPS.replace('$FINAL', '$5')} as open
  from plans p where p.workspace_id = $1 and ${NAMES_PLAN}`

// What an agent called its request by: a repeat of it is a request of its own from now on.
const KEYS = (['actions', 'plans'] as const).map(
  (table) => `update ${table} set idempotency_key = 'erased:' || id where workspace_id = $1
    and ${names('idempotency_key')}`,
)

// $1 workspace, $2 final states
const ENDED = `select u.subject as id from unfinished_erasures u where u.workspace_id = $1 and (
    exists (select from action_states s where s.action_id = u.subject and s.state = any ($2::text[]))
    or exists (select from plans p where p.id = u.subject and not ${HAS_OPEN_STEPS.replace('$FINAL', '$2')}))`

const INPUTS =
  'select action_id, revision, input from payloads where workspace_id = $1 and action_id = any ($2::text[])'

// $1 workspace, $2 actions, $3 revisions, $4 inputs, $5 preview
const PAYLOADS = `update payloads p set input = r.input::jsonb, facts = null, preview = $5::jsonb,
    verdict = case when p.verdict is null then null else jsonb_set(p.verdict, '{reasons}', coalesce(
      (select jsonb_agg(jsonb_set(x, '{text}', '"${ERASED}"')) from jsonb_array_elements(p.verdict -> 'reasons') x), '[]')) end
  from unnest($2::text[], $3::int[], $4::text[]) as r (id, revision, input)
  where p.workspace_id = $1 and p.action_id = r.id and p.revision = r.revision`

// $1 workspace, $2 actions: what a workspace may change or delete itself
const OWN_ROWS = [
  'delete from feedback where workspace_id = $1 and action_id = any ($2::text[])',
  `delete from ledger_details where workspace_id = $1 and (subject = any ($2::text[])
    or subject in (select id from exceptions where workspace_id = $1 and action_id = any ($2::text[])))`,
  `update exceptions set says = '${ERASED}' where workspace_id = $1 and action_id = any ($2::text[])`,
  'update rejected_payloads set why = null where workspace_id = $1 and action_id = any ($2::text[])',
  `update notices set body = body || '{"title": "${ERASED}", "lines": []}' where workspace_id = $1
    and body ->> 'actionId' = any ($2::text[])`,
  eraseTitles("x ->> 'actionId' = any ($2::text[])"),
]

// $1 workspace, $2 actions
const ROWS = [
  `update actions set reason = '${ERASED}', requested_by = null, evidence = '[]', question = null, labels = '{}'
    where workspace_id = $1 and id = any ($2::text[])`,
  `update decisions set reason = case when reason is null then null else '${ERASED}' end, changes = '[]'
    where workspace_id = $1 and action_id = any ($2::text[])`,
  `update executions set before = 'null', error = null,
      receipt = case when receipt is null then null else jsonb_build_object('reference', '${ERASED}', 'after', null) end
    where workspace_id = $1 and action_id = any ($2::text[])`,
  `update action_states set remark = null where workspace_id = $1 and action_id = any ($2::text[])`,
  'delete from callback_deliveries where workspace_id = $1 and action_id = any ($2::text[])',
]

// $1 workspace, $2 plans
const PLANS = `update plans set title = '${TITLE}', reason = '${ERASED}', requested_by = null
  where workspace_id = $1 and id = any ($2::text[])`

// $1 workspace, $2 actions and plans
const SHOWN = `select distinct coalesce(a.plan_id, m.subject) as id from messages m left join actions a on a.id = m.subject
  where m.workspace_id = $1 and (m.subject = any ($2::text[])
    or m.subject in (select plan_id from actions where id = any ($2::text[])))`

const role = (name: 'tenure_app' | 'tenure_system'): string => `select set_config('role', '${name}', true)`

/** Takes the words of somebody who is forgotten out of what is kept; rows, hashes and events stay. */
export function redactions(
  query: Query,
  workspaceId: WorkspaceId,
  at: string,
): Pick<PeopleRows, 'redactNamed' | 'redactEnded' | 'hasEnded' | 'isInSettings'> {
  /** A workspace may change nothing of what it wrote; only this takes words out of it, in the same transaction. */
  async function asSystem(work: () => Promise<void>): Promise<void> {
    await query(role('tenure_system'), [])
    await work()
    await query(role('tenure_app'), [])
  }

  async function erase(actions: readonly ActionId[], plans: readonly PlanId[]): Promise<Redacted> {
    if (actions.length > 0) await redactActions(actions)
    if (plans.length > 0) await asSystem(async () => void (await query(PLANS, [workspaceId, plans])))
    const shown = await query<{ id: ActionId | PlanId }>(SHOWN, [workspaceId, [...actions, ...plans]])
    return { actions: actions.length, plans: plans.length, open: 0, shown: shown.map(({ id }) => id) }
  }

  async function redactActions(ids: readonly ActionId[]): Promise<void> {
    const rows = await query<InputRow>(INPUTS, [workspaceId, ids])
    // safe: JSON by its column
    const inputs = rows.map(({ input }) => JSON.stringify(redact(fromText(input) as Json)))
    for (const text of OWN_ROWS) await query(text, [workspaceId, ids])
    await asSystem(async () => {
      const [of, revisions] = [rows.map((row) => row.action_id), rows.map(({ revision }) => revision)]
      await query(PAYLOADS, [workspaceId, of, revisions, inputs, JSON.stringify(PREVIEW)])
      for (const text of ROWS) await query(text, [workspaceId, ids])
    })
  }

  return {
    async redactNamed(named) {
      const values = namingValues(named)
      if (named.texts.length === 0 && named.ids.length === 0) return { actions: 0, plans: 0, open: 0, shown: [] }
      const patterns = patternsOf(named.texts)
      const actions = await query<{ id: ActionId; state: State }>(NAMED, [workspaceId, ...values])
      const plans = await query<{ id: PlanId; open: boolean }>(NAMED_PLANS, [
        workspaceId,
        ...patternsEverywhere(named.texts),
        FINAL,
      ])
      const open = [
        ...actions.filter(({ state }) => !FINAL.includes(state)).map(({ id }) => id),
        ...plans.filter((plan) => plan.open).map(({ id }) => id),
      ]
      await query(
        `insert into unfinished_erasures (workspace_id, subject, at)
         select $1, u.subject, $3::timestamptz from unnest($2::text[]) u (subject) on conflict do nothing`,
        [workspaceId, open, at],
      )
      for (const text of ERASE_BESIDE) await query(text, [workspaceId, ...patterns])
      await asSystem(async () => {
        for (const text of KEYS) await query(text, [workspaceId, ...patternsInKeys(named.texts)])
        await query(ERASE_POLICY_NOTES, [workspaceId, ...patterns])
      })
      const redacted = await erase(
        actions.filter(({ state }) => FINAL.includes(state)).map(({ id }) => id),
        plans.filter((plan) => !plan.open).map(({ id }) => id),
      )
      return { ...redacted, open: open.length }
    },

    async redactEnded() {
      const ended = (await query<{ id: string }>(ENDED, [workspaceId, FINAL])).map(({ id }) => id)
      if (ended.length === 0) return { actions: 0, plans: 0, open: 0, shown: [] }
      await query('delete from unfinished_erasures where workspace_id = $1 and subject = any ($2::text[])', [
        workspaceId,
        ended,
      ])
      const isPlan = (id: string): id is PlanId => id.startsWith('pln_')
      // safe: what is no plan is an action
      return await erase(ended.filter((id) => !isPlan(id)) as ActionId[], ended.filter(isPlan))
    },

    hasEnded: async () => (await query(`${ENDED} limit 1`, [workspaceId, FINAL])).length > 0,

    async isInSettings(texts) {
      const [row] = await query<{ isThere: boolean }>(IS_IN_SETTINGS, [workspaceId, ...patternsOf(texts)])
      return row?.isThere === true
    },
  }
}

type InputRow = { readonly action_id: ActionId; readonly revision: number; readonly input: unknown }

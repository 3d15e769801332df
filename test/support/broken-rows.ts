import { type State, STATES } from '../../core/domain/action-states.ts'
import { holdingIn } from '../../core/domain/money-by-state.ts'
import type { Database } from '../../core/postgres/database.ts'

/** What must never be found in a database at rest, whatever went wrong before; one sentence for each breach. */
export async function brokenRows(database: Pick<Database, 'query'>): Promise<readonly string[]> {
  const found: string[] = []
  for (const [says, text] of CHECKS) {
    for (const row of await database.query(text, [])) found.push(`${says}: ${JSON.stringify(row)}`)
  }
  return found
}

const statesHolding = (holding: 'reserved' | 'committed'): string =>
  STATES.filter((state: State) => holdingIn(state) === holding)
    .map((state) => `'${state}'`)
    .join(', ')

const CHECKS: readonly (readonly [says: string, query: string])[] = [
  [
    'the ledger has a gap',
    `select subject, count(*)::int as events, max(subject_version) as last from ledger_events
     group by workspace_id, subject having min(subject_version) <> 1 or max(subject_version) <> count(*)`,
  ],
  [
    'the last event is not the state',
    `select st.action_id, st.state, st.version, e.last from action_states st left join lateral (
       select body::jsonb->'body'->>'to' as last from ledger_events
       where workspace_id = st.workspace_id and subject = st.action_id and subject_version = st.version) e on true
     where e.last is distinct from st.state`,
  ],
  [
    'an event does not start where the one before it ended',
    `select subject, subject_version from (
       select subject, subject_version, body::jsonb->'body'->>'from' as "from",
         lag(body::jsonb->'body'->>'to') over (partition by workspace_id, subject order by subject_version) as before
       from ledger_events where subject like 'act\\_%') e where subject_version > 1 and "from" is distinct from before`,
  ],
  [
    'a budget is not the sum of what the states hold',
    `select * from (
       select workspace_id, "window", sum(reserved)::int as reserved_off, sum(committed)::int as committed_off from (
         select workspace_id, "window", reserved, committed from budgets
         union all
         select workspace_id, budget_window,
           case when state in (${statesHolding('reserved')}) then -amount_minor else 0 end,
           case when state in (${statesHolding('committed')}) then -amount_minor else 0 end
         from action_states where budget_window is not null) every_amount
       group by workspace_id, "window") sums where reserved_off <> 0 or committed_off <> 0`,
  ],
  [
    'two executions run at once, or one runs for an action that is not on its way',
    `select st.action_id, st.state, count(*)::int as running from action_states st
     join executions e on e.action_id = st.action_id and e.state = 'running'
     group by st.action_id, st.state having count(*) > 1 or st.state not in ('executing', 'undoing')`,
  ],
]

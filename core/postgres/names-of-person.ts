import type { Naming } from '../ports/people.ts'

/**
 * A pattern that finds a text where it stands alone: not `joana@…` where `ana@…` is looked for. In JSON a new line before
 * it is written with a letter.
 */
export const asWhole = (text: string): string =>
  `(?:(?<![[:alnum:]._%+-])|(?<=\\\\[bfnrt]))${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![[:alnum:]_-])`

/** Where something names a person: the values of `NAMES_ACTION` and `NAMES_PLAN` after the workspace, $2 to $6. */
export const namingValues = ({ texts, ids }: Naming): readonly unknown[] => [
  texts.map(asWhole),
  ids.map(({ platform }) => platform),
  ids.map(({ id }) => id),
  [...new Set(ids.flatMap(({ fields }) => fields))],
  [...new Set(ids.flatMap(({ kinds }) => kinds))],
]

const holdsId = (document: string): string => `exists (
  select from jsonb_each(case jsonb_typeof(${document}) when 'object' then ${document} else '{}' end) f
  where f.key = any ($5::text[]) and jsonb_exists(f.value, w.id))`

/** Of an action `a`: anything that was proposed, decided, carried out or said about it. */
export const NAMES_ACTION = `(
  concat_ws(' ', a.reason, a.requested_by, a.evidence, a.question, a.labels, a.idempotency_key) ~* any ($2::text[])
  or exists (select from payloads p where p.action_id = a.id
    and concat_ws(' ', p.input, p.facts, p.preview, p.verdict) ~* any ($2::text[]))
  or exists (select from decisions d where d.action_id = a.id and concat_ws(' ', d.reason, d.changes) ~* any ($2::text[]))
  or exists (select from executions e where e.action_id = a.id
    and concat_ws(' ', e.before, e.receipt, e.error) ~* any ($2::text[]))
  or exists (select from action_states t where t.action_id = a.id and t.remark::text ~* any ($2::text[]))
  or exists (select from exceptions x where x.action_id = a.id and x.says ~* any ($2::text[]))
  or exists (select from feedback f where f.action_id = a.id
    and concat_ws(' ', f.says, f.changes, f.advice) ~* any ($2::text[]))
  or exists (select from callback_deliveries c where c.action_id = a.id
    and concat_ws(' ', c.body, c.last_failure) ~* any ($2::text[]))
  or exists (select from unnest($3::text[], $4::text[]) w (platform, id) where w.platform = a.platform and (
    exists (select from payloads p where p.action_id = a.id and ${holdsId('p.input')})
    or exists (select from executions e where e.action_id = a.id
      and (${holdsId('e.before')} or a.kind = any ($6::text[]) and e.receipt ->> 'reference' = w.id)))))`

/** Of a plan `p`: its own words, whatever its steps name. */
export const NAMES_PLAN = `concat_ws(' ', p.title, p.reason, p.requested_by, p.idempotency_key) ~* any ($2::text[])`

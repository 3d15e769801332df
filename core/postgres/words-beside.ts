import { ERASED } from '../domain/redact.ts'
import { names } from './names-of-person.ts'

/** What people wrote beside actions, column by column: where it names somebody who is forgotten, it goes as a whole. */
export const WORDS_IN_SETTINGS = [
  ['switches', 'reason'],
  ['switches', 'lifted_reason'],
  ['grants', 'reason'],
  ['delegations', 'reason'],
] as const

export const WORDS_BESIDE = [
  ['promotions', 'reason'],
  ['standing_consents', 'withdrawn_why'],
  ['exceptions', 'says'],
] as const

const takenOut = ([table, column]: readonly [string, string]): string =>
  `update ${table} set ${column} = '${ERASED}' where workspace_id = $1 and ${names(column)}`

/** The titles of actions in a dossier, where `isTheirs` holds of one of them, `x`. */
export const eraseTitles = (isTheirs: string): string =>
  `update promotions set dossier = jsonb_set(dossier, '{worst}', (select jsonb_agg(
      case when ${isTheirs} then x || '{"title": "${ERASED}"}' else x end) from jsonb_array_elements(dossier -> 'worst') x))
    where workspace_id = $1 and exists (select from jsonb_array_elements(case jsonb_typeof(dossier -> 'worst')
      when 'array' then dossier -> 'worst' else '[]' end) x where ${isTheirs})`

/** $1 workspace, $2 and $3 the texts by `patternsOf`. A topic that is still frozen is a rule: it stays until lifted. */
export const ERASE_BESIDE: readonly string[] = [
  ...[...WORDS_IN_SETTINGS, ...WORDS_BESIDE].map(takenOut),
  `update switches set target_value = '${ERASED}' where workspace_id = $1 and target_kind = 'topic'
    and lifted_at is not null and ${names('target_value')}`,
  `update notices set body = body || '{"title": "${ERASED}", "lines": []}' where workspace_id = $1
    and ${names('body::text')}`,
  eraseTitles(names("x ->> 'title'")),
  `delete from judgements where workspace_id = $1 and ${names('says')}`,
]

/** The same by the system role: a workspace writes its policies once. */
export const ERASE_POLICY_NOTES = takenOut(['policies', 'note'])

/** $1 workspace, $2 and $3 the texts by `patternsOf`. */
export const IS_IN_SETTINGS = `select ${[
  ...WORDS_IN_SETTINGS,
  ['switches', 'target_value'] as const,
  ['policies', 'note'] as const,
]
  .map(([table, column]) => `exists (select from ${table} where workspace_id = $1 and ${names(column)})`)
  .join(' or ')} as "isThere"`

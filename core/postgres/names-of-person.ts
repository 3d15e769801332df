import type { Naming } from '../ports/people.ts'

/** What follows ends it: not `ana@example.community` where `ana@example.com` is looked for. */
const ending = (text: string): string => `${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![[:alnum:]_-])`

/**
 * A pattern that finds a text where it stands alone: not `joana@…` where `ana@…` is looked for. In JSON a new line before
 * it is written with a letter.
 */
const asWhole = (text: string): string => `(?:(?<![[:alnum:]._%+-])|(?<=\\\\[bfnrt]))${ending(text)}`

/**
 * The same in the key of a request, where an address or an international number is put behind any sign (`welcome-ana@…`):
 * only a letter or a digit before it makes it another.
 */
const asWholeInKey = (text: string): string => (/@|^\+/.test(text) ? `(?<![[:alnum:]])${ending(text)}` : asWhole(text))

/**
 * What `ilike` finds it by, and more besides: twenty times as fast as the pattern. Beyond ASCII the two do not agree on
 * what is the same in capitals, so anything stands there.
 */
const asPart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&').replace(/[^ -~]+/g, '%')}%`

/** The texts for `names`, $2 and $3. */
export const patternsOf = (texts: readonly string[]): readonly [whole: readonly string[], part: readonly string[]] => [
  texts.map(asWhole),
  texts.map(asPart),
]

/** The texts for `names` of a key, $2 and $3. */
export const patternsInKeys = (texts: readonly string[]): ReturnType<typeof patternsOf> => [
  texts.map(asWholeInKey),
  texts.map(asPart),
]

/** The texts for `NAMES_ACTION` and `NAMES_PLAN`, $2 to $4. */
export const patternsEverywhere = (texts: readonly string[]): readonly (readonly string[])[] => [
  ...patternsOf(texts),
  texts.map(asWholeInKey),
]

/** Whether words hold one of the texts, $2 and $3, as a whole. A `case` keeps the order: few are tried by the pattern. */
export const names = (words: string, whole: '$2' | '$4' = '$2'): string =>
  `case when ${words} ilike any ($3::text[]) then ${words} ~* any (${whole}::text[]) else false end`

/** Where something names a person: the values of `NAMES_ACTION` after the workspace, $2 to $8. */
export const namingValues = ({ texts, ids }: Naming): readonly unknown[] => [
  ...patternsEverywhere(texts),
  ids.map(({ platform }) => platform),
  ids.map(({ id }) => id),
  [...new Set(ids.flatMap(({ fields }) => fields))],
  [...new Set(ids.flatMap(({ kinds }) => kinds))],
]

const holdsId = (document: string): string => `exists (
  select from jsonb_each(case jsonb_typeof(${document}) when 'object' then ${document} else '{}' end) f
  where f.key = any ($7::text[]) and jsonb_exists(f.value, w.id))`

const together = (...columns: readonly string[]): string => `concat_ws(' ', ${columns.join(', ')})`

/** Of an action `a`: anything that was proposed, decided, carried out or said about it. */
export const NAMES_ACTION = `(
  ${names(together('a.reason', 'a.requested_by', 'a.evidence', 'a.question', 'a.labels'))}
  or ${names('a.idempotency_key', '$4')}
  or exists (select from payloads p where p.action_id = a.id
    and ${names(together('p.input', 'p.facts', 'p.preview', 'p.verdict'))})
  or exists (select from decisions d where d.action_id = a.id and ${names(together('d.reason', 'd.changes'))})
  or exists (select from executions e where e.action_id = a.id and ${names(together('e.before', 'e.receipt', 'e.error'))})
  or exists (select from action_states t where t.action_id = a.id and ${names('t.remark::text')})
  or exists (select from exceptions x where x.action_id = a.id and ${names('x.says')})
  or exists (select from feedback f where f.action_id = a.id and ${names(together('f.says', 'f.changes', 'f.advice'))})
  or exists (select from callback_deliveries c where c.action_id = a.id and ${names(together('c.body', 'c.last_failure'))})
  or exists (select from unnest($5::text[], $6::text[]) w (platform, id) where w.platform = a.platform and (
    exists (select from payloads p where p.action_id = a.id and ${holdsId('p.input')})
    or exists (select from executions e where e.action_id = a.id
      and (${holdsId('e.before')} or a.kind = any ($8::text[]) and e.receipt ->> 'reference' = w.id)))))`

/** Of a plan `p`: its own words, whatever its steps name. */
export const NAMES_PLAN = `(${names(together('p.title', 'p.reason', 'p.requested_by'))}
  or ${names('p.idempotency_key', '$4')})`

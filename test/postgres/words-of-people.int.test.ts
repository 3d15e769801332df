import { beforeEach, describe, expect, it, test } from 'vitest'
import { ERASED } from '../../core/domain/redact.ts'
import { readColumns, insertText } from '../support/rows.ts'
import { useWorld } from '../support/use-world.ts'
import { ERASED_COLUMNS, HOLDS_NOBODY, ROWS_OF_A_PERSON } from '../support/words-of-people.ts'
import { value } from '../support/world.ts'

const its = useWorld()
const ana = 'ana.forgotten@example.com'
const SAID = `What ${ana} wrote.`

it('every column that can hold words is known to be erased, or to hold nobody', async () => {
  const rows = await its.database.query(
    `select table_name, column_name from information_schema.columns
     where table_schema = 'public' and column_name <> 'workspace_id'
       and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying', 'USER-DEFINED', 'bytea') order by 1, 2`,
    [],
  )
  const found = rows.map((row) => `${String(row['table_name'])}.${String(row['column_name'])}`)
  const listed = [ERASED_COLUMNS, ...Object.values(HOLDS_NOBODY)].flatMap((tables) =>
    Object.entries(tables).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
  )
  const isOfAPerson = (column: string) => ROWS_OF_A_PERSON.some((table) => column.startsWith(`${table}.`))
  expect(found.filter((column) => !isOfAPerson(column))).toEqual(listed.toSorted())
  expect(new Set(listed).size).toBe(listed.length)
})

describe('what names somebody who is forgotten', () => {
  const COLUMNS = Object.entries(ERASED_COLUMNS).flatMap(([table, columns]) =>
    columns.map((column): [string, string] => [table, column]),
  )
  /** Of the columns whose documents have a shape that is read again. */
  const SHAPED: Readonly<Record<string, unknown>> = {
    'payloads.verdict': { outcome: 'pass', reasons: [{ rule: 'words', outcome: 'ask', text: SAID }] },
    'payloads.preview': { title: SAID, done: SAID, lines: [] },
    'notices.body': { title: SAID, lines: [SAID] },
    'promotions.dossier': { worst: [{ actionId: 'act_other', title: SAID }] },
    'actions.evidence': [{ label: SAID, url: 'https://example.com' }],
    'decisions.changes': [{ label: SAID, was: SAID, is: '' }],
    'feedback.changes': [{ label: SAID, was: SAID, is: '' }],
  }

  beforeEach(async () => {
    const { world, database } = its
    const columns = await readColumns(database)
    for (const table of ['actions', ...Object.keys(ERASED_COLUMNS).filter((one) => one !== 'actions')]) {
      const given: Record<string, string> = {
        ...(table === 'action_states' ? { state: 'settled' } : {}),
        ...(table === 'switches' ? { target_kind: 'topic', lifted_at: '2026-03-04T17:00:00Z' } : {}),
        ...(table === 'exceptions' || table === 'callback_deliveries' || table === 'feedback'
          ? { action_id: 'act_1' }
          : {}),
        ...(table === 'payloads' ? { preview: '{"title":"x","done":"x","lines":[]}' } : {}),
      }
      await database.query(insertText(columns, table, world.workspaceId, '1', given), [])
    }
  })

  test.each(COLUMNS)('%s.%s', async (table, column) => {
    const { world, database } = its
    const [type] = await database.query(
      'select data_type from information_schema.columns where table_name = $1 and column_name = $2',
      [table, column],
    )
    const isJson = type?.['data_type'] === 'jsonb'
    const said = isJson ? JSON.stringify(SHAPED[`${table}.${column}`] ?? { said: SAID }) : SAID
    const changed = await database.query(
      `update ${table} set ${column} = $1${isJson ? '::text::jsonb' : ''} where workspace_id = $2 returning 1`,
      [said, world.workspaceId],
    )
    expect(changed.length).toBeGreaterThan(0)
    expect(await tablesWith(ana)).toEqual([table])
    const identifiers = [{ kind: 'email' as const, value: ana.toUpperCase() }]
    const erased = value(await world.gate.erasePerson(world.owner, identifiers))
    expect(erased.open).toBe(0)
    expect(await tablesWith(ana)).toEqual([])
    expect(value(await world.gate.erasePerson(world.owner, identifiers))).toMatchObject({ actions: 0, details: 0 })
  })

  it('and nothing that names somebody else', async () => {
    const { world, database } = its
    await database.query("update plans set title = 'joana.forgotten@example.com' where workspace_id = $1", [
      world.workspaceId,
    ])
    await database.query('update grants set reason = $1 where workspace_id = $2', [`x${ana}`, world.workspaceId])
    value(await world.gate.erasePerson(world.owner, [{ kind: 'email', value: ana }]))
    expect(await tablesWith(ERASED)).toEqual([])
  })

  /** Everywhere, also where nobody would look. */
  async function tablesWith(text: string): Promise<readonly string[]> {
    const tables = await its.database.query(
      "select tablename from pg_tables where schemaname = 'public' order by 1",
      [],
    )
    const names = tables.map(({ tablename }) => String(tablename))
    const ask = names.map(
      (name) => `select '${name}' as name where exists (select from ${name} t where t::text ilike $1)`,
    )
    const rows = await its.database.query(ask.join(' union all '), [`%${text}%`])
    return rows.map(({ name }) => String(name))
  }
})

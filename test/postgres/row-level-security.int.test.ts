import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Database, rowsOf } from '../../core/postgres/database.ts'
import { asRole, type Role } from '../../core/postgres/transaction.ts'
import { embeddedDatabase, serverDatabase } from '../support/databases.ts'
import { type Columns, insertText, readColumns, refusedWith } from '../support/rows.ts'

const OURS = 'wks_a'
const THEIRS = 'wks_b'
const NOT_PERMITTED = '42501'
/** Tables that belong to no workspace. */
const SHARED = ['canaries', 'seen_requests', 'tenure_migrations']
/** What the sweep has no business with. */
const KEPT_FROM_THE_SWEEP = [
  'callback_secrets',
  'consents',
  'delegations',
  'exposures',
  'judgements',
  'notices',
  'outcomes',
  'people',
  'person_identifiers',
  'policy_confirmations',
  'policy_trials',
  'promotions',
  'rejected_payloads',
  'sent_texts',
  'standing_consents',
  'standing_versions',
  'suppressions',
  'trust_days',
  'trust_scopes',
]
/** Written once and never again, by anybody. */
const APPEND_ONLY = [
  'ledger_events',
  'actions',
  'payloads',
  'decisions',
  'ledger_seals',
  'outcomes',
  'policy_confirmations',
  'sent_texts',
]

describe.each([
  ['a server', serverDatabase],
  ['the embedded database', embeddedDatabase],
])('row-level security on %s', (_name, open) => {
  let database: Database
  let columns: Columns
  let tables: readonly string[]
  let ofWorkspaces: readonly string[]

  /** Runs one statement in a transaction of its own and gives its rows. */
  const as = <Row>(role: Role, workspaceId: string, text: string): Promise<readonly Row[]> =>
    asRole(
      database.drizzle,
      role,
      workspaceId,
      (now) => now,
      async (tx) => rowsOf<Row>(await tx.execute(sql.raw(text))),
    )
  const countOf = async (role: Role, workspaceId: string, table: string, where = 'true'): Promise<number> =>
    (await as<{ n: number }>(role, workspaceId, `select count(*)::int as n from ${table} where ${where}`))[0]?.n ?? NaN
  /** The same question to many tables, as an object, so that a failure names the table. */
  async function each<T>(among: readonly string[], ask: (table: string) => Promise<T>): Promise<Record<string, T>> {
    const answers: Record<string, T> = {}
    for (const table of among) answers[table] = await ask(table)
    return answers
  }
  const all = <T>(among: readonly string[], answer: T) => Object.fromEntries(among.map((table) => [table, answer]))

  beforeAll(async () => {
    database = await open()
    columns = await readColumns(database)
    tables = [...columns.keys()]
    ofWorkspaces = tables.filter((table) => !SHARED.includes(table))
    for (const workspaceId of [OURS, THEIRS]) {
      for (const table of ofWorkspaces) {
        await database.query(insertText(columns, table, workspaceId, workspaceId), [])
      }
    }
    await database.query(insertText(columns, 'switches', '*', 'installation'), [])
    await database.query(insertText(columns, 'seen_requests', '', 'one'), [])
  })
  afterAll(async () => {
    await database.close()
  })

  it('is forced, with a policy, on every table but that of the migrations', async () => {
    const rows = await database.query(
      `select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced, count(p.polname)::int > 0 as policies
       from pg_class c left join pg_policy p on p.polrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') group by 1, 2 order by 1`,
      [],
    )
    expect(rows.map((row) => row['relname'])).toEqual([...tables].toSorted())
    const open = rows.filter((row) => row['forced'] !== true || row['policies'] !== true)
    expect(open.map((row) => row['relname'])).toEqual(['tenure_migrations'])
  })

  it('binds two roles that cannot log in and pass no policy by', async () => {
    const roles = await database.query(
      `select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname like 'tenure%' order by 1`,
      [],
    )
    const powerless = { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false }
    expect(roles).toEqual([
      { rolname: 'tenure_app', ...powerless },
      { rolname: 'tenure_system', ...powerless },
    ])
  })

  it('ends with the transaction, the role too', async () => {
    await as('tenure_app', OURS, 'select 1')
    const [row] = await database.query(
      `select current_user <> 'tenure_app' as free, coalesce(current_setting('tenure.workspaces', true), '') as workspaces`,
      [],
    )
    expect(row).toEqual({ free: true, workspaces: '' })
  })

  it('has a row of each of two workspaces to hide', async () => {
    const seen = ofWorkspaces.filter((table) => !KEPT_FROM_THE_SWEEP.includes(table))
    const counts = await each(seen, (table) => countOf('tenure_system', '', table, `workspace_id <> '*'`))
    expect(counts).toEqual(all(seen, 2))
    expect(await each(KEPT_FROM_THE_SWEEP, (table) => refusedWith(countOf('tenure_system', '', table)))).toEqual(
      all(KEPT_FROM_THE_SWEEP, NOT_PERMITTED),
    )
  })

  test.each(['', 'wks_none', '%', '*', 'wks_a '])('shows nobody’s rows for the workspace %j', async (workspaceId) => {
    const counts = await each(ofWorkspaces, (table) => countOf('tenure_app', workspaceId, table, `workspace_id <> '*'`))
    expect(counts).toEqual(all(ofWorkspaces, 0))
  })

  it('shows a workspace its own rows only', async () => {
    const own = await each(ofWorkspaces, (table) => countOf('tenure_app', OURS, table, `workspace_id = '${OURS}'`))
    const others = await each(ofWorkspaces, (table) => countOf('tenure_app', OURS, table, `workspace_id = '${THEIRS}'`))
    expect(own).toEqual(all(ofWorkspaces, 1))
    expect(others).toEqual(all(ofWorkspaces, 0))
  })

  it('lets nobody read what belongs to no workspace', async () => {
    expect(await each(SHARED, (table) => refusedWith(countOf('tenure_app', OURS, table)))).toEqual(
      all(SHARED, NOT_PERMITTED),
    )
    expect(await countOf('tenure_system', '', 'seen_requests')).toBe(1)
  })

  it('lets a workspace insert nothing for another one', async () => {
    const refused = await each(ofWorkspaces, (table) =>
      refusedWith(as('tenure_app', OURS, insertText(columns, table, THEIRS, 'forged'))),
    )
    expect(refused).toEqual(all(ofWorkspaces, NOT_PERMITTED))
  })

  /** Every column of another workspace's row that the role may change at all, set to itself. */
  async function changeable(table: string): Promise<readonly string[]> {
    const rows = await database.query(
      `select attname from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
       and attidentity = '' and has_column_privilege('tenure_app', attrelid, attnum, 'update')`,
      [],
    )
    return rows.map((row) => `"${String(row['attname'])}"`)
  }

  it('lets a workspace change and delete its own rows only, where it may at all', async () => {
    const changed = await each(ofWorkspaces, async (table) => {
      const names = await changeable(table)
      if (names.length === 0) return 'nothing'
      const set = names.map((name) => `${name} = ${name}`).join(', ')
      const rows = await as<{ workspace_id: string }>(
        'tenure_app',
        OURS,
        `update ${table} set ${set} where workspace_id <> '*' returning workspace_id`,
      )
      return rows.map((row) => row.workspace_id).join()
    })
    const never = [...APPEND_ONLY, 'people', 'plans', 'policies', 'ledger_details', 'judgements', 'unfinished_erasures']
    expect(changed).toEqual({ ...all(ofWorkspaces, OURS), ...all(never, 'nothing') })

    const recomputed = ['standings', 'trust_cells', 'trust_days', 'trust_scopes']
    const forgotten = ['people', 'person_identifiers', 'consents', 'exposures']
    const deletable = [
      'feedback',
      'messages',
      'rate_limits',
      'ledger_details',
      'rejected_payloads',
      'judgements',
      'unfinished_erasures',
      ...recomputed,
      ...forgotten,
    ]
    const deleted = await each(ofWorkspaces, async (table) => {
      const text = `delete from ${table} where workspace_id = '${THEIRS}' returning 1`
      return deletable.includes(table)
        ? (await as('tenure_app', OURS, text)).length
        : await refusedWith(as('tenure_app', OURS, text))
    })
    expect(deleted).toEqual({ ...all(ofWorkspaces, NOT_PERMITTED), ...all(deletable, 0) })
  })

  it('lets a workspace hand none of its rows to another one', async () => {
    const refused = await each(ofWorkspaces, (table) =>
      refusedWith(
        as('tenure_app', OURS, `update ${table} set workspace_id = '${THEIRS}' where workspace_id = '${OURS}'`),
      ),
    )
    expect(refused).toEqual(all(ofWorkspaces, NOT_PERMITTED))
  })

  describe('the installation’s own rows', () => {
    const everywhere = `where workspace_id = '*'`

    it('are read by every workspace', async () => {
      expect(await countOf('tenure_app', OURS, 'control', `workspace_id = '*'`)).toBe(1)
      expect(await countOf('tenure_app', OURS, 'switches', `workspace_id = '*'`)).toBe(1)
    })

    it('can be locked for share: the control row, which every claim holds', async () => {
      const locked = await as('tenure_app', OURS, `select workspace_id from control ${everywhere} for share`)
      expect(locked).toEqual([{ workspace_id: '*' }])
    })

    test.each([
      ['stop nothing more', `update control set version = version + 1 ${everywhere}`],
      ['take the control row', `update control set workspace_id = '${OURS}' ${everywhere}`],
      ['delete the control row', `delete from control ${everywhere}`],
      ['delete a stop', `delete from switches ${everywhere}`],
      [
        'stop everything',
        `insert into switches (id, workspace_id, target_kind, by_id, by_name, at) values ('swt_x', '*', 'all', 'x', 'x', now())`,
      ],
      [
        'make a second control row',
        `insert into control (workspace_id) values ('*') on conflict (workspace_id) do update set version = 9`,
      ],
    ])('a workspace cannot %s', async (_what, text) => {
      expect(await refusedWith(as('tenure_app', OURS, text))).toBe(NOT_PERMITTED)
    })

    test.each([
      ['lift a stop', `update switches set lifted_at = now() ${everywhere} returning 1`],
      ['take a stop', `update switches set workspace_id = '${OURS}', lifted_at = now() ${everywhere} returning 1`],
    ])('a workspace does not even reach the row to %s', async (_what, text) => {
      expect(await as('tenure_app', OURS, text)).toEqual([])
    })

    it('are as they were', async () => {
      expect(await database.query(`select * from control ${everywhere}`, [])).toMatchObject([
        { epoch: expect.anything() },
      ])
      const [row] = await as<object>(
        'tenure_system',
        '',
        `select version::int, epoch::int, policy_version from control ${everywhere}`,
      )
      // Two, because the stop that lies there was put on.
      expect(row).toEqual({ version: 2, epoch: 1, policy_version: 0 })
      const [stop] = await as<object>('tenure_system', '', `select id, lifted_at from switches ${everywhere}`)
      expect(stop).toEqual({ id: 'id_installation', lifted_at: null })
    })

    it('are changed by the sweeper’s role', async () => {
      expect(
        await as('tenure_system', '', `update control set version = version ${everywhere} returning 1`),
      ).toHaveLength(1)
      expect(
        await as('tenure_system', '', `update switches set reason = reason ${everywhere} returning 1`),
      ).toHaveLength(1)
    })
  })

  const verbs: readonly (readonly [string, (table: string) => string])[] = [
    ['update', (table) => `update ${table} set workspace_id = workspace_id`],
    ['delete', (table) => `delete from ${table}`],
    ['truncate', (table) => `truncate ${table} cascade`],
  ]
  const forbidden = (['tenure_app', 'tenure_system'] as const).flatMap((role) =>
    verbs.map(([verb, text]) => [role, verb, text] as const),
  )
  test.each(forbidden)('%s can %s nothing of what is written once', async (role, _verb, text) => {
    expect(await each(APPEND_ONLY, (table) => refusedWith(as(role, OURS, text(table))))).toEqual(
      all(APPEND_ONLY, NOT_PERMITTED),
    )
  })

  it('lets the sweeper write no history', async () => {
    // But for seals, which it signs with a key that is not in the database.
    const history = APPEND_ONLY.filter((table) => table !== 'ledger_seals')
    const refused = await each(history, (table) =>
      refusedWith(as('tenure_system', '', insertText(columns, table, OURS, 'forged'))),
    )
    expect(refused).toEqual(all(history, NOT_PERMITTED))
  })

  it('lets a workspace write no seals', async () => {
    const forged = insertText(columns, 'ledger_seals', OURS, 'forged')
    expect(await refusedWith(as('tenure_app', OURS, forged))).toBe(NOT_PERMITTED)
  })

  test.each(['ledger_events', 'ledger_seals'])(
    'refuses a change of %s by whoever passes every policy',
    async (table) => {
      for (const text of [`update ${table} set workspace_id = workspace_id`, `delete from ${table}`])
        expect(await refusedWith(database.query(text, []))).toBe(NOT_PERMITTED)
    },
  )
})

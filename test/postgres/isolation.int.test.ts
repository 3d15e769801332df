import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import type { SideJob } from '../../core/ports/approvals.ts'
import type { Store } from '../../core/ports/store.ts'
import type { Transaction } from '../../core/ports/transaction.ts'
import { type Database, rowsOf } from '../../core/postgres/database.ts'
import { createSideJobs, type SideJobs } from '../../core/postgres/side-jobs.ts'
import { createStore } from '../../core/postgres/store.ts'
import { asRole, type Role } from '../../core/postgres/transaction.ts'
import { embeddedDatabase, serverDatabase } from '../support/databases.ts'
import { type Columns, insertText, readColumns, refusedWith } from '../support/rows.ts'
import { idOf } from '../support/views.ts'

const OURS = idOf('wks', 'wks_a')
const THEIRS = idOf('wks', 'wks_b')
const NOT_PERMITTED = '42501'

/** Tables outside the rule “forced, with a policy”, each with its reason. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'public.tenure_migrations': 'names of migrations; no role of ours may read it',
  'pgboss.job': 'row-level security without force: the worker is the owner',
  'pgboss.job_common': 'row-level security without force: the worker is the owner',
  'pgboss.queue': 'names and limits of queues; tenure_app only reads it',
  'pgboss.schedule': 'closed to tenure_app',
  'pgboss.subscription': 'closed to tenure_app',
  'pgboss.version': 'closed to tenure_app',
  'pgboss.bam': 'closed to tenure_app',
  'pgboss.warning': 'closed to tenure_app',
  'pgboss.job_dependency': 'closed to tenure_app',
  'pgboss.queue_stats': 'closed to tenure_app',
}

describe.each([
  ['a server', serverDatabase],
  ['the embedded database', embeddedDatabase],
])('isolation on %s', (_name, open) => {
  let database: Database
  let sideJobs: SideJobs
  let store: Store
  let columns: Columns

  const as = <Row>(role: Role, workspaceId: string, text: string): Promise<readonly Row[]> =>
    asRole(
      database.drizzle,
      role,
      workspaceId,
      (now) => now,
      async (tx) => rowsOf<Row>(await tx.execute(sql.raw(text))),
    )
  const card = (workspaceId: typeof OURS, subject: string): SideJob => ({
    queue: 'card',
    workspaceId,
    subject: idOf('act', subject),
  })

  beforeAll(async () => {
    database = await open()
    sideJobs = await createSideJobs(database)
    store = createStore(database)
    columns = await readColumns(database)
    for (const workspaceId of [OURS, THEIRS]) {
      for (const table of columns.keys())
        if (!['seen_requests', 'tenure_migrations'].includes(table))
          await database.query(insertText(columns, table, workspaceId, workspaceId), [])
      await store.transact(workspaceId, async (tx) => {
        await tx.enqueue(card(workspaceId, `act_${workspaceId.slice(4)}`))
        return ok(undefined)
      })
    }
  })
  afterAll(async () => {
    await sideJobs.close()
    await database.close()
  })

  it('every table of every schema forces a policy, or is on the list with its reason', async () => {
    const rows = await database.query(
      `select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity
          and exists (select from pg_policy p where p.polrelid = c.oid) as forced
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
         and n.nspname not like 'pg_toast%' and n.nspname not like 'pg_temp%' and not (c.relispartition and n.nspname = 'pgboss' and c.relname like 'queue_stats%')
       order by 1`,
      [],
    )
    const open = rows.filter((row) => row['forced'] !== true).map((row) => String(row['name']))
    expect(open.filter((name) => OUTSIDE[name] === undefined)).toEqual([])
  })

  it('no policy lets tenure_app past its workspace, but for the installation’s own rows', async () => {
    const rows = await database.query(
      `select schemaname || '.' || tablename as name, cmd, coalesce(qual, '') as qual, coalesce(with_check, qual, '') as checked
       from pg_policies where 'tenure_app' = any(roles) or 'public' = any(roles)`,
      [],
    )
    expect(rows.length).toBeGreaterThan(20)
    const past = rows.filter(
      (row) => !String(row['checked']).includes('tenure_workspaces') || /\bor\b/i.test(String(row['qual'])),
    )
    // The canaries hold nothing of anybody.
    expect(past.map((row) => `${String(row['name'])} ${String(row['cmd'])}`).toSorted()).toEqual([
      'public.canaries ALL',
      'public.control ALL',
      'public.switches SELECT',
    ])
  })

  it('no function of ours runs with another’s rights, and no view, rule or unknown trigger stands between', async () => {
    const functions = await database.query(
      `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('public', 'pgboss')`,
      [],
    )
    const rules = await database.query(
      `select rulename as name from pg_rules where schemaname = 'public'
       union select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
         where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`,
      [],
    )
    expect(functions).toEqual([])
    // One refuses changes of the ledger, two count the versions of the configuration and of the standings.
    expect(rules.map(({ name }) => String(name)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'append_only',
      'configured',
      'standing_changed',
    ])
  })

  it('no foreign key carries a change from one row to another', async () => {
    const rows = await database.query(
      `select conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
       and (confdeltype <> 'a' or confupdtype <> 'a')`,
      [],
    )
    expect(rows).toEqual([])
  })

  it('a sequence gives numbers and nothing else', async () => {
    const rows = await database.query(
      `select c.oid::regclass::text as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace`,
      [],
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name } of rows) {
      for (const role of ['tenure_app', 'tenure_system'] as const) {
        expect(await refusedWith(as(role, OURS, `select setval('${String(name)}', 1)`))).toBe(NOT_PERMITTED)
        expect(await refusedWith(as(role, OURS, `select last_value from ${String(name)}`))).toBe(NOT_PERMITTED)
      }
    }
  })

  test.each(['wks_a,wks_b', ',wks_b', 'wks_b,'])(
    'no workspace is named %j: a list would be two',
    async (workspaceId) => {
      await expect(as('tenure_app', workspaceId, 'select 1')).rejects.toThrow('one workspace')
    },
  )

  describe('side jobs', () => {
    const jobs = (workspaceId: string) =>
      as<{ workspace: string }>('tenure_app', workspaceId, `select data->>'workspaceId' as workspace from pgboss.job`)

    it('a workspace sees its own, nobody without one sees any', async () => {
      expect(await jobs(OURS)).toEqual([{ workspace: OURS }])
      expect(await jobs(THEIRS)).toEqual([{ workspace: THEIRS }])
      expect(await jobs('')).toEqual([])
    })

    it('a workspace puts none into another one’s name, and changes or deletes none at all', async () => {
      for (const table of ['pgboss.job', 'pgboss.job_common']) {
        const forged = `insert into ${table} (name, data) values ('card', '{"workspaceId": "${THEIRS}"}')`
        expect(await refusedWith(as('tenure_app', OURS, forged))).toBe(NOT_PERMITTED)
        const nameless = `insert into ${table} (name, data) values ('card', '{}')`
        expect(await refusedWith(as('tenure_app', OURS, nameless))).toBe(NOT_PERMITTED)
        expect(await refusedWith(as('tenure_app', OURS, `update ${table} set data = data`))).toBe(NOT_PERMITTED)
        expect(await refusedWith(as('tenure_app', OURS, `delete from ${table}`))).toBe(NOT_PERMITTED)
        expect(await refusedWith(as('tenure_app', OURS, `truncate ${table} cascade`))).toBe(NOT_PERMITTED)
      }
      const wrong = store.transact(OURS, async (tx) => {
        await tx.enqueue(card(THEIRS, 'act_forged'))
        return ok(undefined)
      })
      expect(await refusedWith(wrong)).toBe(NOT_PERMITTED)
    })

    it('of pg-boss’s other tables it reads the queues only', async () => {
      const rows = await database.query(
        `select c.oid::regclass::text as name, has_table_privilege('tenure_app', c.oid, 'select') as reads,
           has_table_privilege('tenure_app', c.oid, 'insert, update, delete, truncate') as writes
         from pg_class c where c.relnamespace = 'pgboss'::regnamespace and c.relkind in ('r', 'p')`,
        [],
      )
      expect(
        rows
          .filter((row) => row['reads'])
          .map((row) => String(row['name']))
          .toSorted(),
      ).toEqual(['pgboss.job', 'pgboss.job_common', 'pgboss.queue'])
      expect(
        rows
          .filter((row) => row['writes'])
          .map((row) => String(row['name']))
          .toSorted(),
      ).toEqual(['pgboss.job', 'pgboss.job_common'])
    })

    it('the worker gets those of every workspace', async () => {
      const ran: string[] = []
      await sideJobs.runWaiting(async (job) => {
        ran.push(job.workspaceId)
        return { kind: 'done' }
      })
      expect(ran.toSorted()).toEqual([OURS, THEIRS])
    })
  })

  /** What would end a literal, a comment or a parameter, and do harm after it. */
  const HOSTILE = [
    `'; select set_config('tenure.workspaces', '${THEIRS}', true); --`,
    `'); reset role; delete from agents; --`,
    `' or '1'='1`,
    `\\'; select set_config('role', 'none', true); --`,
    `$1`,
    `$$; reset role; $$`,
    `"; drop table agents; --`,
    `*/ or true /*`,
    `%`,
    `_`,
    `{"$ne": null}`,
    `${THEIRS}`,
    `*`,
    `${OURS},${THEIRS}`,
    `\u2019; reset role; --`,
  ]

  test.each(HOSTILE)('text is a value in every port of the store: %s', async (text) => {
    const digest = () =>
      database.query(
        `select (select md5(string_agg(t::text, '|' order by t::text)) from agents t where workspace_id = $1) as agents,
           (select md5(string_agg(t::text, '|' order by t::text)) from actions t where workspace_id = $1) as actions,
           (select md5(string_agg(t::text, '|' order by t::text)) from callback_endpoints t where workspace_id = $1) as callbacks,
           (select md5(string_agg(t::text, '|' order by t::text)) from members t where workspace_id = $1) as members`,
        [THEIRS],
      )
    const before = await digest()
    // safe: the ports are given what no parser would let through
    const bad = text as never
    const attempts: readonly (readonly [string, (tx: Transaction) => Promise<unknown>, unknown])[] = [
      ['loadAction', (tx) => tx.loadAction(bad), null],
      ['loadPlanActions', (tx) => tx.loadPlanActions(bad), []],
      ['listActions kind', (tx) => tx.listActions({ kind: bad, limit: 5 }), []],
      ['listActions state', (tx) => tx.listActions({ states: [bad], limit: 5 }), []],
      ['listActions proposer', (tx) => tx.listActions({ proposerId: bad, limit: 5 }), []],
      ['findByKey', (tx) => tx.findByKey(bad, bad), null],
      ['findPlanByKey', (tx) => tx.findPlanByKey(bad, bad), null],
      ['loadPlan', (tx) => tx.loadPlan(bad), null],
      ['listBudgets', (tx) => tx.listBudgets([bad]), []],
      ['listDecisions', (tx) => tx.listDecisions([bad]), []],
      ['listExecutions', (tx) => tx.listExecutions([bad]), []],
      ['listExceptions', (tx) => tx.listExceptions([bad]), []],
      ['openExceptions', (tx) => tx.openExceptions([bad]), []],
      ['loadException', (tx) => tx.loadException(bad), null],
      ['resolveException', (tx) => tx.resolveException(bad, bad, bad), false],
      ['liftSwitch', (tx) => tx.liftSwitch(bad, bad, bad), null],
      ['executingUnder', (tx) => tx.executingUnder({ kind: 'agent', value: bad }), []],
      ['thaw', (tx) => tx.thaw({ kind: 'agent', value: bad }, new Date(0)), 0],
      ['loadMember', (tx) => tx.loadMember(bad), null],
      ['memberBySlackUser', (tx) => tx.memberBySlackUser(bad), null],
      ['linkMember', (tx) => tx.linkMember(bad, bad), false],
      ['useLinkCode', (tx) => tx.useLinkCode(bad), null],
      ['loadAgent', (tx) => tx.loadAgent(bad), null],
      ['setAgentKey', (tx) => tx.setAgentKey(bad, bad, bad, bad), null],
      ['updateAgent', (tx) => tx.updateAgent(bad, { ratePerHour: 1 }), null],
      ['updateMember', (tx) => tx.updateMember(bad, { role: 'owner' }), null],
      ['endDelegation', (tx) => tx.endDelegation(bad, bad), undefined],
      ['disableAgent', (tx) => tx.disableAgent(bad), null],
      ['connectionWithCredentials', (tx) => tx.connectionWithCredentials(bad), null],
      ['updateCredentials', (tx) => tx.updateCredentials(bad, bad), null],
      ['deleteFeedback', (tx) => tx.deleteFeedback(bad), null],
      ['listFeedback', (tx) => tx.listFeedback({ proposerId: bad, limit: 5 }), []],
      ['nextSubjectVersion', (tx) => tx.nextSubjectVersion(bad), 1],
      ['takeToken', (tx) => tx.takeToken(bad, { intervalMs: 1000, burst: 5 }), null],
      ['lockBudget', async (tx) => (await tx.lockBudget(bad)).window, text],
      ['endpoint', (tx) => tx.callbacks.loadEndpoint(bad), null],
      ['endpoints', (tx) => tx.callbacks.listEndpoints(bad), []],
      ['delivery', (tx) => tx.callbacks.loadDelivery(bad, true), null],
      ['deliveries', (tx) => tx.callbacks.listDeliveries(bad, { limit: 5 }), []],
      ['replay', (tx) => tx.callbacks.replay(bad, { deliveries: bad }), 0],
      ['secret', (tx) => tx.callbacks.loadSecret(bad), null],
    ]
    for (const [port, attempt, expected] of attempts) {
      const answer = await store.transact<unknown, never>(OURS, async (tx) => {
        const got = await attempt(tx)
        // Still who it was, after whatever the text said.
        const own = await tx.listAgents()
        return ok([got, own.map(({ workspaceId }) => workspaceId)])
      })
      expect([port, answer]).toEqual([port, ok([expected, [OURS]])])
    }
    expect(await store.workspaceOfSlackTeam(text)).toBeNull()
    expect(await store.authenticateAgent(OURS, text)).toBeNull()
    expect(await store.authenticateMember(OURS, text)).toBeNull()
    expect(await digest()).toEqual(before)
  })
})

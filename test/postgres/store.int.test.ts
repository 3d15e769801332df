import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { State } from '../../core/domain/action-states.ts'
import { err, ok } from '../../core/domain/result.ts'
import type { SwitchTarget } from '../../core/domain/switches.ts'
import type { SwitchRow } from '../../core/ports/rows.ts'
import type { DueItem, Store } from '../../core/ports/store.ts'
import type { Database } from '../../core/postgres/database.ts'
import { takeDue } from '../../core/postgres/due-rows.ts'
import { createSideJobs, type SideJobs } from '../../core/postgres/side-jobs.ts'
import { createStore } from '../../core/postgres/store.ts'
import { asRole } from '../../core/postgres/transaction.ts'
import { pooledDatabase } from '../support/databases.ts'
import { type Columns, insertText, readColumns, refusedWith } from '../support/rows.ts'
import { idOf } from '../support/views.ts'

const START = new Date('2026-03-04T17:00:00.000Z')
const HIDE_MS = 60_000
const OURS = idOf('wks', 'wks_a')
const THEIRS = idOf('wks', 'wks_b')
let database: Database
let sideJobs: SideJobs
let store: Store
let columns: Columns
let now = START

const at = (ms: number): Date => new Date(START.getTime() + ms)
const pass = (ms: number): void => {
  now = new Date(now.getTime() + ms)
}

beforeAll(async () => {
  // Through a pooler at its worst: what holds there holds on a server of one's own.
  database = await pooledDatabase()
  sideJobs = await createSideJobs(database)
  store = createStore(database, () => now)
  columns = await readColumns(database)
})
beforeEach(async () => {
  now = START
  await database.query(
    'truncate actions, action_states, payloads, decisions, executions, switches, control, budgets, ledger_events, grants cascade',
    [],
  )
  await database.query('delete from pgboss.job', [])
  for (const workspaceId of ['*', OURS, THEIRS])
    await database.query('insert into control (workspace_id) values ($1)', [workspaceId])
})
afterAll(async () => {
  await sideJobs.close()
  await database.close()
})

/** An action whose state row has these clocks; due at the first of them unless told. */
async function action(
  key: string,
  state: State,
  clocks: Readonly<Record<string, Date>>,
  workspaceId: string = OURS,
): Promise<void> {
  const given = {
    kind: 'mailchimp.campaign.send',
    platform: 'mailchimp',
    category: 'email_campaign',
    agent_id: 'agt_1',
  }
  await database.query(insertText(columns, 'actions', workspaceId, key, given), [])
  await database.query(insertText(columns, 'payloads', workspaceId, key, { scope: 'email_campaign.small' }), [])
  const times = Object.fromEntries(Object.entries(clocks).map(([name, time]) => [name, time.toISOString()]))
  const due = Object.values(times).toSorted()[0]
  await database.query(
    insertText(columns, 'action_states', workspaceId, key, {
      state,
      scope_epoch: '0',
      ...(due === undefined ? {} : { due_at: due }),
      ...times,
    }),
    [],
  )
}

const keys = (items: readonly DueItem[]): readonly string[] => items.map(({ actionId }) => actionId).toSorted()
const stop = (target: SwitchTarget, workspaceId: SwitchRow['workspaceId'] = OURS, id = 'swt_1'): SwitchRow => ({
  id: idOf('swt', id),
  workspaceId,
  target,
  reason: null,
  byId: 'mem_1',
  byName: 'Owner',
  at: now,
})
const told = (row: SwitchRow, subjectVersion: number) => ({
  subject: row.id,
  subjectVersion,
  type: subjectVersion === 1 ? 'stopped' : 'resumed',
  body: {},
})
const stopped = (row: SwitchRow) =>
  store.transact(OURS, async (tx) => {
    await tx.insertSwitch(row)
    return ok(undefined)
  })

describe('takeDue', () => {
  it('gives what is due of all workspaces, with what to do', async () => {
    await action('1', 'ready', { run_at: at(0) })
    await action('2', 'awaiting_approval', { expires_at: at(5_000), remind_at: at(-5_000) }, THEIRS)
    await action('3', 'awaiting_approval', { expires_at: at(-1), remind_at: at(-5_000) })
    await action('4', 'executed', { undo_until: at(0) })
    await action('5', 'ready', { run_at: at(1) })
    await action('6', 'unknown', { run_at: at(-1) })
    await action('7', 'executing', { lease_until: at(-1) })
    await action('8', 'settled', {})
    const found = await store.takeDue(50, HIDE_MS)
    expect(found.toSorted((a, b) => a.actionId.localeCompare(b.actionId))).toEqual([
      { workspaceId: OURS, actionId: 'act_1', work: 'execute' },
      { workspaceId: THEIRS, actionId: 'act_2', work: 'remind' },
      { workspaceId: OURS, actionId: 'act_3', work: 'expire' },
      { workspaceId: OURS, actionId: 'act_4', work: 'settle' },
      { workspaceId: OURS, actionId: 'act_6', work: 'look_up' },
      { workspaceId: OURS, actionId: 'act_7', work: 'lapse' },
    ])
  })

  it('hides what it gave until the time is over', async () => {
    await action('1', 'ready', { run_at: at(0) })
    expect(keys(await store.takeDue(50, HIDE_MS))).toEqual(['act_1'])
    expect(await store.takeDue(50, HIDE_MS)).toEqual([])
    pass(HIDE_MS - 1)
    expect(await store.takeDue(50, HIDE_MS)).toEqual([])
    pass(1)
    expect(keys(await store.takeDue(50, HIDE_MS))).toEqual(['act_1'])
  })

  it('gives no more than asked, what has waited longest first', async () => {
    for (let n = 1; n <= 6; n += 1) await action(String(n), 'ready', { run_at: at(-n * 1_000) })
    expect(keys(await store.takeDue(4, HIDE_MS))).toEqual(['act_3', 'act_4', 'act_5', 'act_6'])
    expect(keys(await store.takeDue(4, HIDE_MS))).toEqual(['act_1', 'act_2'])
  })

  it('gives the rest while another one has taken but not yet committed', async () => {
    for (let n = 1; n <= 6; n += 1) await action(String(n), 'ready', { run_at: at(-n * 1_000) })
    await asRole(
      database.drizzle,
      'tenure_system',
      '',
      () => now,
      async (tx) => {
        expect(keys(await takeDue(tx, now, 4, HIDE_MS))).toEqual(['act_3', 'act_4', 'act_5', 'act_6'])
        expect(keys(await store.takeDue(50, HIDE_MS))).toEqual(['act_1', 'act_2'])
      },
    )
    expect(await store.takeDue(50, HIDE_MS)).toEqual([])
  })

  it('shares rows among many without giving one twice', async () => {
    for (let n = 10; n < 50; n += 1) await action(String(n), 'ready', { run_at: at(-n) })
    const shares = await Promise.all(Array.from({ length: 8 }, () => store.takeDue(10, HIDE_MS)))
    const given = [...keys(shares.flat()), ...keys(await store.takeDue(50, HIDE_MS))]
    expect(given).toHaveLength(40)
    expect(new Set(given).size).toBe(40)
  })

  const targets: readonly (readonly [SwitchTarget, SwitchRow['workspaceId'], boolean])[] = [
    [{ kind: 'all' }, '*', true],
    [{ kind: 'workspace' }, OURS, true],
    [{ kind: 'workspace' }, THEIRS, false],
    [{ kind: 'agent', value: 'agt_1' }, OURS, true],
    [{ kind: 'agent', value: 'agt_2' }, OURS, false],
    [{ kind: 'category', value: 'email_campaign' }, OURS, true],
    [{ kind: 'category', value: 'crm_update' }, OURS, false],
    [{ kind: 'platform', value: 'mailchimp' }, OURS, true],
    [{ kind: 'platform', value: 'mailchimp' }, '*', true],
    [{ kind: 'platform', value: 'hubspot' }, '*', false],
    [{ kind: 'kind', value: 'mailchimp.campaign.send' }, OURS, true],
    [{ kind: 'kind', value: 'mailchimp.campaign' }, OURS, false],
  ]
  test.each(targets)('a stop of %j in %s freezes it: %s', async (target, workspaceId, frozen) => {
    await action('1', 'ready', { run_at: at(0) })
    const row = stop(target, workspaceId)
    if (workspaceId === '*') await store.stopInstallation(row, told(row, 1), OURS)
    else
      await store.transact(workspaceId, async (tx) => {
        await tx.insertSwitch(row)
        return ok(undefined)
      })
    expect(keys(await store.takeDue(50, HIDE_MS))).toEqual(frozen ? [] : ['act_1'])
  })

  it('goes on watching what is on its way at the platform', async () => {
    const states: readonly (readonly [State, string])[] = [
      ['proposed', 'run_at'],
      ['awaiting_approval', 'remind_at'],
      ['changes_requested', 'expires_at'],
      ['scheduled', 'run_at'],
      ['held', 'run_at'],
      ['ready', 'run_at'],
      ['executed', 'undo_until'],
      ['executing', 'lease_until'],
      ['unknown', 'run_at'],
      ['undoing', 'lease_until'],
    ]
    for (const [state, clock] of states) await action(state, state, { [clock]: at(-1) })
    await stopped(stop({ kind: 'workspace' }))
    expect(keys(await store.takeDue(50, HIDE_MS))).toEqual(['act_executing', 'act_undoing', 'act_unknown'])
  })

  it('is due again once the stop was lifted', async () => {
    await action('1', 'ready', { run_at: at(0) })
    const row = stop({ kind: 'all' }, '*')
    await store.stopInstallation(row, told(row, 1), OURS)
    expect(await store.takeDue(50, HIDE_MS)).toEqual([])
    expect(await store.liftInstallationStop(row.id, 'Owner', null, told(row, 2), OURS)).toEqual(row)
    expect(await store.liftInstallationStop(row.id, 'Owner', null, told(row, 2), OURS)).toBeNull()
    expect(keys(await store.takeDue(50, HIDE_MS))).toEqual(['act_1'])
  })

  it('fills up with what was let through under an epoch that has passed', async () => {
    await action('1', 'ready', { run_at: at(60_000) })
    await action('2', 'held', { run_at: at(60_000) })
    await action('3', 'executed', { undo_until: at(60_000) })
    expect(await store.takeDue(50, HIDE_MS)).toEqual([])
    await store.transact(OURS, async (tx) => {
      await tx.bumpEpoch()
      return ok(undefined)
    })
    expect((await store.takeDue(50, HIDE_MS)).map(({ actionId, work }) => `${actionId} ${work}`).toSorted()).toEqual([
      'act_1 recall',
      'act_2 recall',
    ])
    expect(await store.takeDue(1, HIDE_MS)).toHaveLength(1)
  })

  it('says how long it is until the next one', async () => {
    expect(await store.nextDueInMs()).toBeNull()
    await action('1', 'settled', {})
    expect(await store.nextDueInMs()).toBeNull()
    await action('2', 'ready', { run_at: at(90_000) })
    await action('3', 'executed', { undo_until: at(1_500) })
    expect(await store.nextDueInMs()).toBe(1_500)
    pass(2_000)
    expect(await store.nextDueInMs()).toBe(-500)
  })
})

/** As the database says it of a row that somebody else moved. */
const moved = () => Object.assign(new Error('moved'), { code: 'TE002' })

describe('transact', () => {
  const write = (fail: () => unknown) =>
    store.transact<string, string>(OURS, async (tx) => {
      await tx.lockBudget('day:2026-03-04')
      await tx.changeBudget('day:2026-03-04', { reserved: 100, committed: 0 })
      await tx.appendEvent({ subject: 'pol_1', subjectVersion: 1, type: 'changed', body: null })
      await tx.enqueue({ queue: 'card', workspaceId: OURS, subject: idOf('act', 'act_1') })
      fail()
      return ok('done')
    })
  const written = async (): Promise<Record<string, unknown> | undefined> =>
    (
      await database.query(
        `select (select count(*)::int from budgets) as budgets, (select count(*)::int from ledger_events) as events,
                (select count(*)::int from pgboss.job) as jobs`,
        [],
      )
    )[0]
  const nothing = { budgets: 0, events: 0, jobs: 0 }
  const everything = { budgets: 1, events: 1, jobs: 1 }

  it('commits a value with everything beside it', async () => {
    expect(await write(() => undefined)).toEqual(ok('done'))
    expect(await written()).toEqual(everything)
  })

  it('rolls everything back for an error value, and gives it as it is', async () => {
    let attempts = 0
    const result = await store.transact<string, { kind: string }>(OURS, async (tx) => {
      attempts += 1
      await tx.lockBudget('day:2026-03-04')
      await tx.appendEvent({ subject: 'pol_1', subjectVersion: 1, type: 'changed', body: null })
      await tx.enqueue({ queue: 'card', workspaceId: OURS, subject: idOf('act', 'act_1') })
      return err({ kind: 'not_permitted' })
    })
    expect(result).toEqual(err({ kind: 'not_permitted' }))
    expect(attempts).toBe(1)
    expect(await written()).toEqual(nothing)
  })

  it('tries again from the start when somebody else was first', async () => {
    let attempts = 0
    const result = await write(() => {
      attempts += 1
      if (attempts < 5) throw moved()
    })
    expect(result).toEqual(ok('done'))
    expect(attempts).toBe(5)
    expect(await written()).toEqual(everything)
  })

  test.each([
    ['a conflict', 5, moved],
    ['a serialization failure', 5, () => Object.assign(new Error('x'), { code: '40001' })],
    [
      'a deadlock, wrapped by the driver',
      5,
      () => new Error('y', { cause: Object.assign(new Error('x'), { code: '40P01' }) }),
    ],
    ['a unique violation', 1, () => Object.assign(new Error('x'), { code: '23505' })],
    ['a bug', 1, () => new TypeError('x')],
  ])('gives up on %s after %i attempts and leaves nothing', async (_name, expected, failure) => {
    let attempts = 0
    const thrown = failure()
    const writing = write(() => {
      attempts += 1
      throw thrown
    })
    await expect(writing).rejects.toBe(thrown)
    expect(attempts).toBe(expected)
    expect(await written()).toEqual(nothing)
  })

  it('brings both through when two lock each other out', async () => {
    for (const window of ['a', 'b'])
      await store.transact(OURS, async (tx) => {
        await tx.lockBudget(window)
        return ok(undefined)
      })
    let waiting = 2
    let release: () => void = () => undefined
    const both = new Promise<void>((resolve) => {
      release = resolve
    })
    const cross = (first: string, second: string) =>
      store.transact<void, never>(OURS, async (tx) => {
        await tx.lockBudget(first)
        waiting -= 1
        if (waiting === 0) release()
        await both
        await tx.lockBudget(second)
        await tx.changeBudget(second, { reserved: 1, committed: 0 })
        return ok(undefined)
      })
    expect(await Promise.all([cross('a', 'b'), cross('b', 'a')])).toEqual([ok(undefined), ok(undefined)])
    const budgets = await store.read(OURS, (tx) => tx.listBudgets(['a', 'b']))
    expect(budgets.map(({ reserved }) => reserved)).toEqual([1, 1])
  })

  it('moves a row only from the version that was read', async () => {
    await action('1', 'ready', { run_at: at(0) })
    const stale = store.transact(OURS, async (tx) => {
      const stored = await tx.loadAction(idOf('act', 'act_1'))
      if (!stored) throw new Error('It is there')
      await tx.updateState(stored.action.id, stored.state.version + 1, { ...stored.state, version: 3 })
      return ok(undefined)
    })
    expect(await refusedWith(stale)).toBe('TE002')
    expect(await database.query('select version from action_states', [])).toEqual([{ version: 1 }])
  })

  it('lets no two events have one place in a subject’s history', async () => {
    await write(() => undefined)
    expect(await refusedWith(write(() => undefined))).toBe('23505')
    expect(await store.read(OURS, (tx) => tx.nextSubjectVersion('pol_1'))).toBe(2)
    expect(await store.read(OURS, (tx) => tx.nextSubjectVersion('pol_2'))).toBe(1)
    expect(await store.read(THEIRS, (tx) => tx.nextSubjectVersion('pol_1'))).toBe(1)
  })

  it('sees one time throughout, and the workspace that it is for', async () => {
    const times = await store.read(OURS, (tx) => Promise.resolve([tx.now, tx.workspaceId]))
    expect(times).toEqual([START, OURS])
    expect(await store.databaseNow()).toEqual(START)
  })
})

describe('budget counters', () => {
  it('add up under any number of writers', async () => {
    await Promise.all(
      Array.from({ length: 32 }, () =>
        store.transact(OURS, async (tx) => {
          const before = await tx.lockBudget('day:2026-03-04')
          if (before.reserved >= 2_000) return err('full')
          await tx.changeBudget('day:2026-03-04', { reserved: 100, committed: 1 })
          return ok(undefined)
        }),
      ),
    )
    expect(await store.read(OURS, (tx) => tx.listBudgets(['day:2026-03-04', 'day:2026-03-05']))).toEqual([
      { window: 'day:2026-03-04', reserved: 2_000, committed: 20, carried: 0, spent: 0 },
    ])
  })
})

import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { State } from '../../core/domain/action-states.ts'
import type { Store } from '../../core/ports/store.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createSideJobs, type SideJobs } from '../../core/postgres/side-jobs.ts'
import { createStore } from '../../core/postgres/store.ts'
import { pooledDatabase } from './databases.ts'
import { type Columns, insertText, readColumns } from './rows.ts'
import { idOf } from './views.ts'
import { START } from './world.ts'

export const OURS = idOf('wks', 'wks_a')
export const THEIRS = idOf('wks', 'wks_b')

type Opened = {
  readonly database: Database
  readonly sideJobs: SideJobs
  readonly store: Store
  readonly columns: Columns
}

/** A store for one file, emptied for each test, with two workspaces and a clock of its own. */
export function useStore() {
  let now = START
  let opened: Opened | undefined
  const current = (): Opened => {
    if (opened === undefined) throw new Error('There is no store outside a test')
    return opened
  }
  beforeAll(async () => {
    // Through a pooler at its worst: what holds there holds on a server of one's own.
    const database = await pooledDatabase()
    opened = {
      database,
      sideJobs: await createSideJobs(database),
      store: createStore(database, () => now),
      columns: await readColumns(database),
    }
  })
  beforeEach(async () => {
    now = START
    const { database } = current()
    await database.query(
      'truncate actions, action_states, payloads, decisions, executions, switches, control, budgets, ledger_events, grants cascade',
      [],
    )
    await database.query('delete from pgboss.job', [])
    for (const workspaceId of ['*', OURS, THEIRS])
      await database.query('insert into control (workspace_id) values ($1)', [workspaceId])
  })
  afterAll(async () => {
    await opened?.sideJobs.close()
    await opened?.database.close()
  })
  return {
    get store() {
      return current().store
    },
    get database() {
      return current().database
    },
    get now() {
      return now
    },
    pass: (ms: number): void => {
      now = new Date(now.getTime() + ms)
    },
    /** Writes an action whose state row has these clocks; due at the first of them. */
    async action(
      key: string,
      state: State,
      clocks: Readonly<Record<string, Date>>,
      workspaceId: string = OURS,
    ): Promise<void> {
      const { database, columns } = current()
      const insert = (table: string, given: Readonly<Record<string, string>>) =>
        database.query(insertText(columns, table, workspaceId, key, given), [])
      await insert('actions', {
        kind: 'mailchimp.campaign.send',
        platform: 'mailchimp',
        category: 'email_campaign',
        agent_id: 'agt_1',
      })
      await insert('payloads', { scope: 'email_campaign.small' })
      const times = Object.fromEntries(Object.entries(clocks).map(([name, time]) => [name, time.toISOString()]))
      const due = Object.values(times).toSorted()[0]
      await insert('action_states', {
        state,
        scope_epoch: '0',
        ...(due === undefined ? {} : { due_at: due }),
        ...times,
      })
    },
  }
}

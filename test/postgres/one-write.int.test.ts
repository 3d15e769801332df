import { describe, expect, it, test } from 'vitest'
import type { Database } from '../../core/postgres/database.ts'
import { embeddedDatabase, serverDatabase } from '../support/databases.ts'
import { useWorld } from '../support/use-world.ts'

describe('what a transaction writes', () => {
  const its = useWorld()

  it('has every column of the row that moves: what is kept comes back as it was', async () => {
    const { world } = its
    const action = await world.propose({
      kind: 'hubspot.contact.update',
      input: { contactId: '101', phone: '+1 555 0100' },
    })
    const at = (minutes: number) => new Date(world.now().getTime() + minutes * 60_000)
    const moved = {
      state: 'unknown',
      version: 2,
      revision: 1,
      expiresAt: at(1),
      remindAt: at(2),
      reminders: 3,
      escalated: true,
      snoozedUntil: at(4),
      runAt: at(5),
      leaseUntil: at(6),
      undoUntil: at(7),
      attempt: 8,
      tries: 9,
      lookUps: 10,
      workspaceEpoch: 11,
      scopeEpoch: 12,
      acceptedOutcome: 'warn',
      approved: true,
      charges: [{ window: 'day:2026-03-05', amountMinor: 13 }],
      amountMinor: 13,
      remark: { note: 'It came back', differences: [], preflight: ['once'] },
      supersededBy: action.id,
      executedAt: at(14),
      undoneAt: at(15),
    } as const
    const columns = await world.query(
      "select column_name from information_schema.columns where table_name = 'action_states'",
    )
    // The ids, and the clock that follows from the others.
    expect(Object.keys(moved)).toHaveLength(columns.length - 3)
    await world.store.transact(world.workspaceId, async (tx) => {
      await tx.updateState(action.id, 1, moved)
      return { ok: true, value: undefined }
    })
    const stored = await world.store.read(world.workspaceId, (tx) => tx.loadAction(action.id))
    expect(stored?.state).toMatchObject(moved)
  })

  it('is seen by what the same transaction reads, and by nobody when it is refused', async () => {
    const { world } = its
    const action = await world.propose({
      kind: 'hubspot.contact.update',
      input: { contactId: '101', phone: '+1 555 0100' },
    })
    const result = await world.store.transact<never, string>(world.workspaceId, async (tx) => {
      const stored = await tx.loadAction(action.id)
      if (!stored) throw new Error('It is there')
      await tx.updateState(action.id, 1, { ...stored.state, version: 2, reminders: 7 })
      // A second move in one transaction, too.
      await tx.updateState(action.id, 2, { ...stored.state, version: 3, reminders: 8 })
      expect((await tx.loadAction(action.id))?.state).toMatchObject({ version: 3, reminders: 8 })
      return { ok: false, error: 'changed its mind' }
    })
    expect(result).toEqual({ ok: false, error: 'changed its mind' })
    expect(await world.stateRow(action.id)).toMatchObject({ version: 1, reminders: 0 })
  })

  it('of two that move one row the second starts again, from what the first left', async () => {
    const { world } = its
    const action = await world.propose({
      kind: 'hubspot.contact.update',
      input: { contactId: '101', phone: '+1 555 0100' },
    })
    const seen: number[] = []
    const remind = () =>
      world.store.transact<void, never>(world.workspaceId, async (tx) => {
        const stored = await tx.loadAction(action.id)
        if (!stored) throw new Error('It is there')
        seen.push(stored.state.version)
        const { version, reminders } = stored.state
        await tx.updateState(action.id, version, { ...stored.state, version: version + 1, reminders: reminders + 1 })
        return { ok: true, value: undefined }
      })
    await Promise.all([remind(), remind(), remind()])
    expect(await world.stateRow(action.id)).toMatchObject({ version: 4, reminders: 3 })
    expect(seen.length).toBeGreaterThanOrEqual(3)
  })
})

/** What a snapshot holds, each with a change that must not go unnoticed. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['a workspace', "update workspaces set approvals_channel = 'C9' where workspace_id = $1"],
  [
    'a new policy',
    "insert into policies (workspace_id, version, document, hash, by_name, at) values ($1, 9, '{}', 'h', 'x', now())",
  ],
  [
    'a grant',
    "insert into grants (workspace_id, scope, level, by_id, by_name, at) values ($1, 'x.small', 2, 'mem_1', 'x', now())",
  ],
  [
    'a stop',
    "insert into switches (id, workspace_id, target_kind, by_id, by_name, at) values ('swt_1', $1, 'workspace', 'mem_1', 'x', now())",
  ],
  [
    'a stop of everything',
    "insert into switches (id, workspace_id, target_kind, by_id, by_name, at) select 'swt_2', '*', 'all', 'mem_1', $1, now()",
  ],
  ['a disabled agent', 'update agents set disabled_at = now() where workspace_id = $1'],
  ['an agent’s kinds', "update agents set kinds = '{x}' where workspace_id = $1"],
  ['an agent that is gone', 'delete from agents where workspace_id = $1'],
  ['a connection’s name', 'update connections set name = id where workspace_id = $1'],
  ['a connection that is gone', 'delete from connections where workspace_id = $1'],
]

describe.each([
  ['on a server', serverDatabase],
  ['on the embedded database', embeddedDatabase],
])('a kept snapshot %s', (_name, open: () => Promise<Database>) => {
  const its = useWorld({}, open)
  const snapshot = () => its.world.store.read(its.world.workspaceId, (tx) => tx.snapshot())

  test.each(CHANGES)('is read anew after %s changed', async (_of, statement) => {
    const before = await snapshot()
    expect(await snapshot()).toBe(before)
    await its.world.query(statement, [its.world.workspaceId])
    expect(await snapshot()).not.toBe(before)
  })

  it('stays while actions come and go', async () => {
    const before = await snapshot()
    await its.world.approve(
      await its.world.propose({ kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0100' } }),
    )
    expect(await snapshot()).toBe(before)
  })

  it('shows a transaction its own changes, and the others theirs once it committed', async () => {
    const { world } = its
    await snapshot()
    await world.letEarn('crm_update.small', 3)
    const { standings } = await snapshot()
    expect(standings.filter(({ scope, level }) => scope === 'crm_update.small' && level === 3)).not.toEqual([])
  })
})

it('writes nothing outside a workspace, whoever the login is', async () => {
  const database = await serverDatabase()
  await expect(database.query(`select tenure_write('{}', true)`, [])).rejects.toMatchObject({ code: 'TE004' })
  await database.close()
})

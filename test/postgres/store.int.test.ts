import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../core/domain/result.ts'
import { at } from '../support/at.ts'
import { refusedWith } from '../support/rows.ts'
import { OURS, THEIRS, useStore } from '../support/use-store.ts'
import { idOf } from '../support/views.ts'
import { START } from '../support/world.ts'

const its = useStore()

/** As the database says it of a row that somebody else moved. */
const moved = () => Object.assign(new Error('moved'), { code: 'TE002' })

describe('transact', () => {
  const write = (fail: () => unknown) =>
    its.store.transact<string, string>(OURS, async (tx) => {
      await tx.lockBudget('day:2026-03-04')
      await tx.changeBudget('day:2026-03-04', { reserved: 100, committed: 0 })
      await tx.appendEvent({ subject: 'pol_1', subjectVersion: 1, type: 'changed', body: null })
      await tx.enqueue({ queue: 'card', workspaceId: OURS, subject: idOf('act', 'act_1') })
      fail()
      return ok('done')
    })
  const written = async (): Promise<Record<string, unknown> | undefined> =>
    (
      await its.database.query(
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
    const result = await its.store.transact<string, { kind: string }>(OURS, async (tx) => {
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
    ['a conflict', 10, moved],
    ['a serialization failure', 10, () => Object.assign(new Error('x'), { code: '40001' })],
    [
      'a deadlock, wrapped by the driver',
      10,
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
      await its.store.transact(OURS, async (tx) => {
        await tx.lockBudget(window)
        return ok(undefined)
      })
    let waiting = 2
    let release: () => void = () => undefined
    const both = new Promise<void>((resolve) => {
      release = resolve
    })
    const cross = (first: string, second: string) =>
      its.store.transact<void, never>(OURS, async (tx) => {
        await tx.lockBudget(first)
        waiting -= 1
        if (waiting === 0) release()
        await both
        await tx.lockBudget(second)
        await tx.changeBudget(second, { reserved: 1, committed: 0 })
        return ok(undefined)
      })
    expect(await Promise.all([cross('a', 'b'), cross('b', 'a')])).toEqual([ok(undefined), ok(undefined)])
    const budgets = await its.store.read(OURS, (tx) => tx.listBudgets(['a', 'b']))
    expect(budgets.map(({ reserved }) => reserved)).toEqual([1, 1])
  })

  it('moves a row only from the version that was read', async () => {
    await its.action('1', 'ready', { run_at: at(0) })
    const stale = its.store.transact(OURS, async (tx) => {
      const stored = await tx.loadAction(idOf('act', 'act_1'))
      if (!stored) throw new Error('It is there')
      await tx.updateState(stored.action.id, stored.state.version + 1, { ...stored.state, version: 3 })
      return ok(undefined)
    })
    expect(await refusedWith(stale)).toBe('TE002')
    expect(await its.database.query('select version from action_states', [])).toEqual([{ version: 1 }])
  })

  it('lets no two events have one place in a subject’s history', async () => {
    await write(() => undefined)
    expect(await refusedWith(write(() => undefined))).toBe('23505')
    expect(await its.store.read(OURS, (tx) => tx.nextSubjectVersion('pol_1'))).toBe(2)
    expect(await its.store.read(OURS, (tx) => tx.nextSubjectVersion('pol_2'))).toBe(1)
    expect(await its.store.read(THEIRS, (tx) => tx.nextSubjectVersion('pol_1'))).toBe(1)
  })

  it('sees one time throughout, and the workspace that it is for', async () => {
    const times = await its.store.read(OURS, (tx) => Promise.resolve([tx.now, tx.workspaceId]))
    expect(times).toEqual([START, OURS])
    expect(await its.store.databaseNow()).toEqual(START)
  })
})

describe('budget counters', () => {
  it('add up under any number of writers', async () => {
    await Promise.all(
      Array.from({ length: 32 }, () =>
        its.store.transact(OURS, async (tx) => {
          const before = await tx.lockBudget('day:2026-03-04')
          if (before.reserved >= 2_000) return err('full')
          await tx.changeBudget('day:2026-03-04', { reserved: 100, committed: 1 })
          return ok(undefined)
        }),
      ),
    )
    expect(await its.store.read(OURS, (tx) => tx.listBudgets(['day:2026-03-04', 'day:2026-03-05']))).toEqual([
      { window: 'day:2026-03-04', reserved: 2_000, committed: 20, carried: 0, spent: 0 },
    ])
  })
})

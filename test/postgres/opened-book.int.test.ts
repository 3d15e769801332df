import { expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { NO_SUMS } from '../../core/domain/trust/day-sums.ts'
import { scopeWindow, type TrustDay } from '../../core/domain/trust/scope-score.ts'
import { dayOf } from '../../core/domain/trust/score-window.ts'
import { startHistory } from '../../core/domain/trust/cell-history.ts'
import { startCell } from '../../core/domain/trust/cell-state.ts'
import { firstScope, type TrustBook, withDay } from '../../core/domain/trust/trust-book.ts'
import { cellOf, wordingOf } from '../../core/gate/trust-cell.ts'
import type { StoredAction } from '../../core/ports/rows.ts'
import type { Store } from '../../core/ports/store.ts'
import type { Transaction } from '../../core/ports/transaction.ts'
import { createKnownTime } from '../../core/postgres/known-time.ts'
import { createSnapshots } from '../../core/postgres/snapshot.ts'
import { createStore } from '../../core/postgres/store.ts'
import { useWorld } from '../support/use-world.ts'

const DAY_MS = 86_400_000
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }
const LOCKS = `select count(*) as n from pg_locks l join pg_database d on d.oid = l.database
  where l.locktype = 'advisory' and d.datname = current_database()`
const its = useWorld()

/** A store that knows the time, on which the days go by as told, one an answer; the last one stays. */
function storeOf(...days: readonly number[]): Store {
  const time = createKnownTime()
  time.heard(Date.now())
  const left = [...days]
  const timeOf = () => new Date((left.length > 1 ? (left.shift() ?? 0) : (left[0] ?? 0)) * DAY_MS)
  return createStore(its.database, timeOf, { snapshots: createSnapshots(), time })
}

const today = (): number => dayOf(its.world.now().getTime())

/** What a transaction that moves an action of the agent does with it. */
async function onAction<T>(
  store: Store,
  counts: boolean,
  work: (tx: Transaction, stored: StoredAction) => Promise<T>,
): Promise<T> {
  const action = await its.world.propose(note)
  const result = await store.transact<T, never>(
    its.world.workspaceId,
    async (tx) => {
      const stored = await tx.loadToMove(action.id)
      if (!stored) throw new Error('It was proposed just now')
      return ok(await work(tx, stored))
    },
    { id: action.id, counts },
  )
  if (!result.ok) throw new Error('It refuses nothing')
  return result.value
}

const open = async (tx: Transaction, stored: StoredAction): Promise<TrustBook> =>
  await tx.trust.open(
    { ...cellOf(stored), agentId: stored.action.proposerId },
    { windows: [], actionIds: [stored.action.id], categories: ['crm_update'] },
  )

/** Keeps decisions of the agent's cell: how many on which day before today. */
const keep = async (perDay: readonly (readonly [back: number, decisions: number])[]): Promise<void> =>
  await onAction(storeOf(today()), false, async (tx, stored) => {
    const key = cellOf(stored)
    const cell = {
      ...key,
      agentId: stored.action.proposerId,
      wording: wordingOf(stored.action),
      wordingChanges: 1,
      version: 1,
      countedAtMs: tx.now.getTime(),
      history: startHistory(startCell(null)),
    }
    await tx.trust.write({ scopes: [firstScope(key.scope, today())] })
    for (const [back, decisions] of perDay) {
      const sums = { ...NO_SUMS, decisions, approvalQuarters: 4 * decisions, qualityQuarterMicros: 999_983 * decisions }
      const day = { ...key, wordingChanges: back % 2, day: today() - back, sums }
      await tx.trust.write({ cell, day })
    }
  })

test.each<[string, readonly (readonly [number, number])[]]>([
  ['nothing', []],
  [
    'few, and older ones',
    [
      [0, 3],
      [1, 4],
      [89, 2],
      [90, 9],
      [120, 30],
      [121, 30],
      [364, 7],
      [365, 5],
    ],
  ],
  [
    'fifty, of which one may be taken away',
    [
      [0, 20],
      [89, 30],
      [90, 9],
      [200, 1],
    ],
  ],
  [
    'enough',
    [
      [0, 20],
      [3, 31],
      [90, 9],
    ],
  ],
  [
    'only old ones',
    [
      [91, 20],
      [300, 60],
    ],
  ],
])('the days of a book make the same window as all days: %s', async (_name, perDay) => {
  await keep(perDay)
  const { book, all, key } = await onAction(storeOf(today()), false, async (tx, stored) => {
    const [scope] = await tx.trust.readScopes(null)
    return { book: await open(tx, stored), all: scope, key: cellOf(stored) }
  })
  const added = (decisions: number): TrustDay => ({
    ...key,
    wordingChanges: 0,
    day: today(),
    sums: { ...NO_SUMS, decisions, approvalQuarters: 4 * decisions },
  })
  for (const change of [added(0), added(1), added(-1), { ...added(-1), day: today() - 1 }])
    expect(scopeWindow(withDay(book.days, change), book.cells, today())).toEqual(
      scopeWindow(withDay(all?.days ?? [], change), all?.cells ?? [], today()),
    )
  expect(book.days.filter(({ day }) => day > today() - 90).length).toBeLessThanOrEqual(2)
})

it('comes with the opening, under the locks of a count', async () => {
  await keep([
    [0, 20],
    [100, 9],
  ])
  const apart = await onAction(storeOf(today()), false, open)
  const { locks, book } = await onAction(storeOf(today()), true, async (tx, stored) => {
    const held = await its.database.query(LOCKS, [])
    return { locks: Number(held[0]?.['n']), book: await open(tx, stored) }
  })
  expect(locks).toBe(1)
  expect(book).toEqual(apart)
})

it('is read anew where the day has turned meanwhile', async () => {
  await keep([
    [0, 20],
    [89, 40],
    [100, 9],
  ])
  const turned = await onAction(storeOf(today(), today() + 1), true, open)
  expect(turned.days).toEqual(
    await onAction(storeOf(today() + 1), false, async (tx, stored) => (await open(tx, stored)).days),
  )
  expect(turned.days.map(({ day }) => day)).toContain(today() - 89)
})

it('is given once: after a change of trust it is read anew', async () => {
  await keep([[0, 20]])
  const [first, second] = await onAction(storeOf(today()), true, async (tx, stored) => {
    const before = await open(tx, stored)
    const [cell] = before.versions
    if (cell) await tx.trust.write({ cell: { ...cell, version: 7 } })
    return [before, await open(tx, stored)]
  })
  expect(first?.versions.map(({ version }) => version)).toEqual([1])
  expect(second?.versions.map(({ version }) => version)).toEqual([7])
})

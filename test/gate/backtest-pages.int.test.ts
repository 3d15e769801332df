import { expect, it } from 'vitest'
import { backtestPolicy, type BacktestLine } from '../../core/gate/backtest-policy.ts'
import type { PastActionRows } from '../../core/ports/past-actions.ts'
import type { Store } from '../../core/ports/store.ts'
import { insertPastActions, pastAction } from '../support/past-actions.ts'
import { useWorld } from '../support/use-world.ts'
import { value } from '../support/world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const COUNT = 3_000
const EVERY_SECONDS = 600
const CAP = 100

const its = useWorld()

/** The store, with how many pages were read, and how many transactions. */
function counting(store: Store) {
  const read = { pages: 0, largest: 0, transactions: 0 }
  const counted: Store = {
    ...store,
    read: (workspaceId, work) => {
      read.transactions += 1
      return store.read(workspaceId, (tx) => {
        const page: PastActionRows['page'] = async (stretch) => {
          const rows = await tx.past.page(stretch)
          read.pages += 1
          read.largest = Math.max(read.largest, rows.length)
          return rows
        }
        // safe: the transaction with one method of it counted
        return work(Object.assign(Object.create(tx), { past: { ...tx.past, page } }) as typeof tx)
      })
    },
  }
  return { counted, read }
}

/** The same by plain loops over what the rows were made from. */
function naively(from: Date) {
  const found = { would: { ran: 0, asked: 0, blocked: 0, observed: 0 }, letThrough: 0, heldBack: 0 }
  const spentOn = new Map<string, number>()
  for (let n = 1; n <= COUNT; n += 1) {
    const { body, rejected, alone, undone } = pastAction(n)
    const day = new Date(from.getTime() + n * EVERY_SECONDS * 1000).toLocaleDateString('en-CA', {
      timeZone: 'America/Denver',
    })
    const isBlocked = body.includes('guaranteed') || (spentOn.get(day) ?? 0) + 2 > CAP
    const course = isBlocked ? 'blocked' : alone ? 'ran' : 'asked'
    found.would[course] += 1
    if (course === 'ran' && undone) found.letThrough += 1
    if (course !== 'ran' && (undone || rejected)) found.heldBack += 1
    if (course === 'ran' || (course === 'asked' && !rejected && !undone)) spentOn.set(day, (spentOn.get(day) ?? 0) + 2)
  }
  return found
}

it('reads page by page, each in a transaction of its own, and comes to what plain loops come to', async () => {
  const { world, database } = its
  const source = await world.propose({ kind: 'hubspot.note.create', input: { contactId: '101', body: 'Note' } })
  const from = world.now()
  await insertPastActions(database, {
    workspaceId: world.workspaceId,
    like: source.id,
    from,
    everySeconds: EVERY_SECONDS,
    count: COUNT,
  })
  world.pass(30 * DAY)
  await world.query('update actions set dry_run = true where id = $1', [source.id])

  const { counted, read } = counting(world.store)
  const policy = {
    blocked_words: ['guaranteed results'],
    cost_per_person: { 'hubspot.note.create': 2 },
    budget: { day: { cap: CAP } },
  }
  const request = { policy, days: 31, levels: null }
  const lines: BacktestLine[] = []
  const context = { ...world.context, store: counted }
  for await (const line of value(await backtestPolicy(context, world.owner, request))) lines.push(line)

  const result = lines.at(-1)
  if (result?.line !== 'result') throw new Error('There was no result')
  const { would, letThrough, heldBack } = naively(from)
  expect(result.report.total).toMatchObject({
    actions: COUNT,
    would,
    letThrough: { would: letThrough },
    heldBack: { would: heldBack },
  })
  expect(would.blocked).toBeGreaterThan(COUNT / 7)
  // 15 full pages and the empty one after them; the count and the policy are read before.
  expect(read).toEqual({ pages: COUNT / 200 + 1, largest: 200, transactions: COUNT / 200 + 2 })
  expect(lines.slice(0, 3)).toEqual([0, 200, 400].map((done) => ({ line: 'progress', done, of: COUNT })))
})

it('stops reading when nobody reads on', async () => {
  const { world, database } = its
  const { id } = await world.propose({ kind: 'hubspot.note.create', input: { contactId: '101', body: 'Note' } })
  const { workspaceId } = world
  await insertPastActions(database, { workspaceId, like: id, from: world.now(), everySeconds: 60, count: 1_000 })
  world.pass(2 * DAY)
  const { counted, read } = counting(world.store)
  const context = { ...world.context, store: counted }
  const lines = value(await backtestPolicy(context, world.owner, { policy: null, days: 3, levels: null }))
  for await (const line of lines) if (line.line === 'progress' && line.done > 0) break
  expect(read.pages).toBe(1)
})

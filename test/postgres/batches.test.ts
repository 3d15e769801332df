import { expect, it } from 'vitest'
import { inBatches } from '../../core/postgres/batches.ts'

/** A run that ends when it is told to, and the batches it was given. */
function held() {
  const batches: (readonly number[])[] = []
  const ends: ((error?: Error) => void)[] = []
  const run = (items: readonly number[]): Promise<readonly string[]> => {
    batches.push(items)
    return new Promise((resolve, reject) => {
      ends.push((error) => (error ? reject(error) : resolve(items.map((item) => `did ${item}`))))
    })
  }
  return { batches, ends, run }
}

it('starts a lone item at once, and gathers what arrives meanwhile into the next batch', async () => {
  const { batches, ends, run } = held()
  const put = inBatches(run)
  const first = put(1)
  expect(batches).toEqual([[1]])
  const others = [put(2), put(3)]
  expect(batches).toHaveLength(1)
  ends[0]?.()
  expect(await first).toBe('did 1')
  expect(batches).toEqual([[1], [2, 3]])
  ends[1]?.()
  expect(await Promise.all(others)).toEqual(['did 2', 'did 3'])
  const later = put(4)
  expect(batches[2]).toEqual([4])
  ends[2]?.()
  expect(await later).toBe('did 4')
})

it('takes no more than so many at once, in the order they came', async () => {
  const { batches, ends, run } = held()
  const put = inBatches(run, { most: 2 })
  const all = [1, 2, 3, 4].map(put)
  for (let batch = 0; batch < 3; batch += 1) {
    ends[batch]?.()
    await all[[0, 2, 3][batch] ?? 0]
  }
  expect(batches).toEqual([[1], [2, 3], [4]])
  expect(await Promise.all(all)).toEqual(['did 1', 'did 2', 'did 3', 'did 4'])
})

it('runs another batch beside the first once enough items wait, and no more than it may', async () => {
  const { batches, ends, run } = held()
  const put = inBatches(run, { atOnce: 2 })
  const all = Array.from({ length: 30 }, (_, item) => put(item))
  expect(batches.map(({ length }) => length)).toEqual([1, 8])
  ends[0]?.()
  await all[0]
  expect(batches.map(({ length }) => length)).toEqual([1, 8, 21])
  ends[1]?.()
  ends[2]?.()
  expect(await Promise.all(all)).toHaveLength(30)
  expect(batches).toHaveLength(3)
})

it('gives the error of a batch to each of its items, and goes on with the next', async () => {
  const { ends, run } = held()
  const put = inBatches(run)
  const all = [put(1), put(2), put(3)]
  ends[0]?.()
  await all[0]
  ends[1]?.(new Error('the database is gone'))
  expect(await Promise.allSettled(all)).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { message: 'the database is gone' } },
    { status: 'rejected', reason: { message: 'the database is gone' } },
  ])
  const next = put(4)
  ends[2]?.()
  expect(await next).toBe('did 4')
})

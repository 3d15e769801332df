import { expect, it } from 'vitest'
import { isId } from '../../core/domain/ids.ts'
import { pollCommits } from '../../core/entry/poll-commits.ts'

it('looks again after half a second, then ever later up to two, and never past the end', async () => {
  const slept: number[] = []
  const next = pollCommits(async (ms) => void slept.push(ms))
  const id = 'act_one'
  if (!isId('act', id)) throw new Error('This is an id')
  for (const left of [25_000, 24_500, 23_750, 22_625, 20_938, 18_938, 700]) await next(id, left)
  expect(slept).toEqual([500, 750, 1125, 1687.5, 2000, 2000, 700])
})

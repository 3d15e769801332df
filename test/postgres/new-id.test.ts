import { expect, it } from 'vitest'
import { isId } from '../../core/domain/ids.ts'
import { createNewId } from '../../core/postgres/new-id.ts'

it('ids have the shape that the domain knows, 26 characters after the prefix', () => {
  const id = createNewId(() => 0)('act')
  expect(isId('act', id)).toBe(true)
  expect(isId('pln', id)).toBe(false)
  expect(id).toHaveLength(30)
})

it('ids sort by when they were made: over time, within a millisecond, and when the clock steps back', () => {
  const clock = [1, 1, 1, 31, 32, 33, 1024, 1_700_000_000_000, 1_700_000_000_000, 1_600_000_000_000, 1_700_000_000_001]
  const newId = createNewId(() => clock.shift() ?? 1_800_000_000_000)
  const ids = Array.from({ length: 2000 }, () => newId('act'))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(2000)
})

it('two processes do not make the same id in the same millisecond', () => {
  const ids = Array.from({ length: 1000 }, () => createNewId(() => 5)('act'))
  expect(new Set(ids).size).toBe(1000)
})

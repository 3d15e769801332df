import { expect, it } from 'vitest'
import { createSeenInMemory } from '../../slack-app/seen.ts'

const at = (ms: number) => new Date(1_000_000 + ms)

it('knows a key for its window, and forgets it afterwards', async () => {
  const seen = createSeenInMemory(600)
  expect(await seen('a', at(0))).toBe(false)
  expect(await seen('a', at(599))).toBe(true)
  expect(await seen('b', at(300))).toBe(false)
  expect(await seen('a', at(600))).toBe(false)
  expect(await seen('b', at(601))).toBe(true)
})

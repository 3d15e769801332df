import { expect, test } from 'vitest'
import { createElapsed } from '../../core/entry/elapsed.ts'

test.each([
  ['both clocks run', 1500, 1500, 1500],
  ['the machine slept: only the wall clock moved on', 2, 600_000, 600_000],
  ['the wall clock was set back', 1500, -3_600_000, 1500],
  ['the wall clock was set forward, which only makes a claim look older', 10, 5000, 5000],
])('%s', (_name, monotonic, wall, expected) => {
  const clocks = { monotonic: 100, wall: 1_000_000 }
  const elapsed = createElapsed(
    () => clocks.monotonic,
    () => clocks.wall,
  )
  const start = elapsed()
  clocks.monotonic += monotonic
  clocks.wall += wall
  expect(elapsed() - start).toBe(expected)
})

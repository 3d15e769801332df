import { beforeEach, expect, it } from 'vitest'
import { createAlarm, wakeTicker } from '../../core/entry/ticker.ts'

let now = 0
let planned: number | null = null
let nextMs: number | null = null
let ticks = 0
const storage = {
  getAlarm: async () => planned,
  setAlarm: async (at: number) => void (planned = at),
}
const alarm = createAlarm(
  { storage },
  async () => {
    ticks += 1
    return nextMs
  },
  () => now,
)
/** The runtime forgets the alarm, then calls it. */
const goOff = async (): Promise<void> => {
  now = planned ?? now
  planned = null
  await alarm.alarm()
}
const wake = (afterMs: number): Promise<void> =>
  wakeTicker(
    { idFromName: (name) => ({ name }), get: () => ({ fetch: (url) => alarm.fetch(new Request(url)) }) },
    afterMs,
  )

beforeEach(() => {
  now = 1_000_000
  planned = null
  nextMs = null
  ticks = 0
})

it('rests until it is woken, looks once, and rests again where nothing is due', async () => {
  await wake(0)
  expect(planned).toBe(now + 2000)
  await goOff()
  expect([ticks, planned]).toEqual([1, null])
})

it('looks every two seconds while something is due', async () => {
  await wake(0)
  nextMs = -500
  await goOff()
  expect(planned).toBe(now + 2000)
})

it('sleeps until the next time, an hour at most', async () => {
  await wake(0)
  nextMs = 90_000
  await goOff()
  expect(planned).toBe(now + 90_000)
  nextMs = 86_400_000
  await goOff()
  expect(planned).toBe(now + 3_600_000)
})

it('is woken earlier than it had planned, and never later', async () => {
  await wake(60_000)
  await wake(5_000)
  await wake(30_000)
  expect(planned).toBe(now + 5_000)
})

import { expect, it } from 'vitest'
import { noteClaims } from './guardrail-record.ts'
import { runSchedule } from './guardrail-run.ts'
import { schedules } from './guardrail-schedule.ts'
import { liveThrough } from './live-schedules.ts'

it('no random schedule overruns a budget, sends without consent or in quiet hours, or calls out after a stop', async () => {
  const seed = 20_261_122
  const { counts, runs } = await liveThrough({ schedules, seed, runs: 6, prepare: noteClaims }, runSchedule)
  // It was not quiet for want of anything happening.
  expect(counts['sent'] ?? 0, JSON.stringify(counts)).toBeGreaterThan(runs / 2)
  expect(counts['planned'] ?? 0, JSON.stringify(counts)).toBeGreaterThan(0)
  expect(counts['claims'] ?? 0).toBeGreaterThan(runs * 3)
  expect(counts['stops'] ?? 0).toBeGreaterThan(0)
}, 3_600_000)

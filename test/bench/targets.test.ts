import { expect, it } from 'vitest'
import type { Results } from '../../bench/results.ts'
import { judge, shareOfFloor, timesOf } from '../../bench/targets.ts'

const NOTHING: Results = {
  at: '2026-03-02T09:15:00Z',
  machine: { cores: 2, model: '', memoryGb: 8, node: 'v24' },
  postgres: '18',
  versions: {},
  floor: { sha256: '', commit: null },
  gateCommit: null,
  settings: { rounds: 2, seconds: 1 },
  programs: {},
}

const job = (...rates: number[]) => ({ rates, cpuMs: [3, 5], databaseCpuMs: [1, 2], p50: [], p95: [], failed: 0 })

const MEASURED: Results = {
  ...NOTHING,
  programs: {
    floor: { propose: { '2ms': { 1: [100, 50], 16: [200, 100], 64: [400, 200] } }, job: {} },
    gate: {
      propose: { '2ms': { 1: [70, 35], 16: [100, 50], 64: [440, 220] } },
      job: { '2ms': job(300, 150) },
      clicks: { p50: 12, p95: 20, n: 10, failed: 0 },
    },
    restate: { propose: {}, job: { '2ms': job(60, 30) } },
  },
}

const find = (results: Results, words: string) => judge(results).find(({ target }) => target.startsWith(words))

it('judges nothing that was not measured', () => {
  expect(judge(NOTHING).map(({ kept }) => kept)).toEqual(judge(NOTHING).map(() => null))
})

it('compares with the floor of the same round', () => {
  expect(shareOfFloor(MEASURED, 'gate', '2ms', 16)).toBe(50)
  expect(shareOfFloor(MEASURED, 'gate', 'ordinary', 16)).toBeNull()
  expect(find(MEASURED, 'propose of floor, 1 at once, a disk')).toMatchObject({ value: 70, kept: true })
  expect(find(MEASURED, 'propose of floor, 16 at once, a disk')).toMatchObject({ value: 50, kept: false })
})

it('says how many times another program the gate is', () => {
  expect(timesOf(MEASURED, 'restate')).toBe(5)
  expect(timesOf(MEASURED, 'dbos')).toBeNull()
  expect(find(MEASURED, 'whole job, 16 at once, of restate')).toMatchObject({ value: 5, kept: true })
})

it('holds the gate’s own numbers against their limits', () => {
  expect(find(MEASURED, 'CPU for each action')).toMatchObject({ value: 4, kept: true })
  expect(find(MEASURED, 'click → effect')).toMatchObject({ value: 12, kept: false })
})

it('judges a million actions only where they were made', () => {
  expect(find(MEASURED, 'a million')).toBeUndefined()
  const million = { propose: { before: 10, after: 11 }, list: { before: 10, after: 20 } }
  expect(find({ ...MEASURED, million }, 'a million actions: propose')).toMatchObject({ kept: true })
  expect(find({ ...MEASURED, million }, 'a million actions: list')).toMatchObject({ value: 2, kept: false })
})

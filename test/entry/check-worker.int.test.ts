import { expect, it } from 'vitest'
import { runNode } from '../support/running-gate.ts'

it('weighs less than 3 MiB, starts within the second that the platform gives, and holds nothing that does not belong', async () => {
  const check = runNode(['core/entry/check-worker.ts'], {})
  expect(await check.exited, check.printed()).toBe(0)
  expect(check.printed()).toMatch(/^Size: \d+ KiB gzip, of 3072$/m)
  expect(check.printed()).toMatch(/^Start: \d+ ms of processor time, of 1000$/m)
  expect(check.printed()).not.toContain('Does not belong')
}, 180_000)

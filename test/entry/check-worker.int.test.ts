import { expect, it } from 'vitest'
import { runNode } from '../support/running-gate.ts'

it('weighs less than 3 MiB, starts at little more than a program of known cost, and holds nothing that does not belong', async () => {
  const check = runNode(['core/entry/check-worker.ts'], {})
  expect(await check.exited, check.printed()).toBe(0)
  expect(check.printed()).toMatch(/^Size: \d+ KiB gzip, of 3072$/m)
  expect(check.printed()).toMatch(/^Text: \d+ KiB, of 11264$/m)
  expect(check.printed()).toMatch(/^Start: \d\.\d+ of the yardstick’s, of \d\.\d+ \(\d+ ms of processor time\)$/m)
  expect(check.printed()).not.toContain('Does not belong')
}, 180_000)

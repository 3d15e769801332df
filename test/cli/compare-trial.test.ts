import { describe, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { comparisonLines } from '../support/comparison-views.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { tenure } from '../support/tenure-command.ts'
import { owner, POLICY_TRIAL, trialView } from '../support/views.ts'

const ASKS = (days: number) => ({ verb: 'comparePolicyTrial', args: [owner, POLICY_TRIAL, days] })
const withTrials = (...trials: (typeof trialView)[]) =>
  fakeGate({ getPolicy: () => Promise.resolve(ok({ version: 3, hash: 'p3', document: {}, trials })) })

describe('what it asks of the gate', () => {
  test.each([
    ['policy trial compare ptr_1', [ASKS(0)]],
    ['policy trial compare ptr_1 --days 14', [ASKS(14)]],
    ['policy trial compare', [{ verb: 'getPolicy', args: [owner] }, ASKS(0)]],
  ])('%s', async (args, asks) => {
    const { exitCode, calls, out } = await tenure(args)
    expect(exitCode).toBe(0)
    expect(calls).toEqual(asks)
    expect(out).toMatch(/that is enough to say so\.\n$/)
  })
})

describe('what people read', () => {
  it('is how far it is on the side, and both versions beside each other', async () => {
    const { out, err } = await tenure('policy trial compare ptr_1')
    expect(err).toBe('42 of 42\n')
    expect(out).toBe(`Of 42 actions version 4 asks about 16 and blocks 2.

PROPOSED  42                 ON TRIAL (VERSION 4)            IN FORCE (VERSION 3)
          ran                ███████████          24 (57 %)  █████                10 (24 %)
          asked              ████████             16 (38 %)  ███████████████      31 (74 %)
          blocked            █                    2 (5 %)    █                    1 (2 %)
          minutes of review  14                              29
          let through        2                               1
          held back          3                               4

For example
  2026-03-02  Your newsletter goes to 1,200 people
    On trial: It would have run without a person. In force: A person would have been asked.
    It costs $210.00; above $200.00 a person decides. What happened: It ran without a person, and was taken back.

Left out
  2 of a kind that is not installed any more

Assumed
  Decisions of people are taken as they were.

Not replayed
  edits: what agents first proposed is judged

Version 4 is looser than version 3, on 15 of 42 actions (36 %) and stricter on 1; that is enough to say so.
`)
  })

  it('is the days before by themselves where they are asked for', async () => {
    const { out } = await tenure('policy trial compare ptr_1 --days 14')
    expect(out).toMatch(/^SINCE IT BEGAN +42 /m)
    expect(out).toMatch(/^THE 14 DAYS BEFORE +42 /m)
  })

  it('is the result as JSON where that is asked for', async () => {
    const { out } = await tenure('--json policy trial compare ptr_1')
    expect(JSON.parse(out)).toMatchObject({ in_force_version: 3, total: { actions: 42, on_trial: { asked: 16 } } })
  })

  it('is told when the answer breaks off', async () => {
    async function* broken() {
      for await (const line of comparisonLines()) if (line.line === 'progress') yield line
    }
    const gate = fakeGate({ comparePolicyTrial: () => Promise.resolve(ok(broken())) })
    const { exitCode, err } = await tenure('policy trial compare ptr_1', { gate })
    expect(exitCode).toBe(1)
    expect(err).toContain('The replay broke off before its end.')
  })

  it('is the refusal of the gate', async () => {
    const gate = fakeGate()
    gate.refuseWith({ kind: 'not_found', what: 'this trial (or it has ended already)' })
    const { exitCode, err } = await tenure('policy trial compare ptr_1', { gate })
    expect(exitCode).toBe(1)
    expect(err).toContain('this trial (or it has ended already)')
  })
})

describe('is used wrongly', () => {
  test.each([
    ['no number of days', fakeGate, 'policy trial compare ptr_1 --days many', '--days is a number of days'],
    ['no trial', () => withTrials(), 'policy trial compare', 'No version is on trial'],
    [
      'several trials',
      () => withTrials(trialView, { ...trialView, version: 5 }),
      'policy trial compare',
      'ptr_1 (version 4), ptr_1 (version 5)',
    ],
  ])('%s', async (_name, gate, args, says) => {
    const { exitCode, err } = await tenure(args, { gate: gate() })
    expect(exitCode).toBe(2)
    expect(err).toContain(says)
  })
})

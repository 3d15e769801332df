import { describe, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { backtestLines } from '../support/backtest-views.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { tenure } from '../support/tenure-command.ts'
import { owner } from '../support/views.ts'

const SOURCE = 'blocked_words: [free]'
const files = { readFile: (path: string) => Promise.resolve(path === 'spring.yaml' ? SOURCE : null) }

describe('what it asks of the gate', () => {
  test.each([
    ['policy backtest spring.yaml', { policy: SOURCE, days: 90, levels: null }],
    ['policy backtest spring.yaml --days 30', { policy: SOURCE, days: 30, levels: null }],
    [
      'policy backtest --level email_campaign=3 crm_update.small=4',
      { policy: null, days: 90, levels: { email_campaign: 3, 'crm_update.small': 4 } },
    ],
  ])('%s', async (args, request) => {
    const { exitCode, calls } = await tenure(args, files)
    expect(exitCode).toBe(0)
    expect(calls).toEqual([{ verb: 'backtestPolicy', args: [owner, request] }])
  })
})

describe('what people read', () => {
  it('is how far it is on the side, and what it came to', async () => {
    const { out, err } = await tenure('policy backtest spring.yaml', files)
    expect(err).toBe('42 of 42\n')
    expect(out).toBe(`Of 40 proposals in 90 days, people would have been asked about 14 instead of 29.

Each number: what it was, and what it would have been.
CATEGORY        PROPOSED  RAN      ASKED    BLOCKED  RECORDED  MINUTES OF REVIEW  LET THROUGH
email_campaign  40        10 → 24  29 → 14  1 → 2    0         29 → 14            1 → 2
all             40        10 → 24  29 → 14  1 → 2    0         29 → 14            1 → 2

RULE              WOULD HAVE BLOCKED  ASKED  WARNED
amount.ask_above  0                   12     0

For example
  2026-03-02  Your newsletter goes to 1,200 people
    A person was asked and rejected it. It would have been blocked.
    It costs $600.00; one action may cost $500.00 at most. An owner can raise that cap.

Left out
  2 of a kind that is not installed any more

Assumed
  Decisions of people are taken as they were.

Not replayed
  edits: what agents first proposed is judged
`)
  })

  it('is the result as JSON where that is asked for', async () => {
    const { out } = await tenure('--json policy backtest spring.yaml', files)
    expect(JSON.parse(out)).toMatchObject({ days: 90, total: { actions: 40, did: { asked: 29 } } })
  })

  it('is told when the answer breaks off', async () => {
    async function* broken() {
      for await (const line of backtestLines()) if (line.line === 'progress') yield line
    }
    const gate = fakeGate({ backtestPolicy: () => Promise.resolve(ok(broken())) })
    const { exitCode, err } = await tenure('policy backtest spring.yaml', { ...files, gate })
    expect(exitCode).toBe(1)
    expect(err).toContain('The replay broke off before its end.')
  })

  it('is the refusal of the gate', async () => {
    const gate = fakeGate()
    gate.refuseWith({ kind: 'malformed', problems: [{ path: 'policy.amount', says: 'Line 3: is too large' }] })
    const { exitCode, err } = await tenure('policy backtest spring.yaml', { ...files, gate })
    expect(exitCode).toBe(1)
    expect(err).toContain('Line 3: is too large')
  })
})

test.each([
  ['policy backtest nowhere.yaml', 'There is no file nowhere.yaml.'],
  ['policy backtest spring.yaml --days many', '--days is a number of days.'],
  ['policy backtest --level email_campaign', '--level takes levels like email_campaign=3.'],
  ['policy backtest --level email_campaign=9', '--level takes levels like email_campaign=3.'],
])('%s is used wrongly', async (args, says) => {
  const { exitCode, err, calls } = await tenure(args, files)
  expect([exitCode, calls]).toEqual([2, []])
  expect(err).toContain(says)
})

import { expect, it, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { createProgram } from '../../core/cli/tenure.ts'
import { ok } from '../../core/domain/result.ts'
import { verifySignature } from '../../core/postgres/ledger-key.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { httpApp } from '../support/http-app.ts'
import { SAMPLES } from '../support/http-samples.ts'
import { rolloutComparison } from '../support/trust-views.ts'
import { owner } from '../support/views.ts'

const AUDIT = JSON.stringify(SAMPLES.planRollout?.body)

/** The program over a fake gate; the audit file says what is given. */
async function tenure(args: readonly string[], file: string | null = AUDIT, gate = fakeGate()) {
  const { app } = httpApp({ gate })
  const said = { out: '', err: '' }
  const program = createProgram({
    fetch: async (url, init) => app.request(url, init),
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    env: { TENURE_ADMIN_TOKEN: 'owner-token' },
    readFile: (path) => Promise.resolve(path === 'audit.json' ? file : null),
    readLines: () => null,
    writeLines: () => Promise.resolve(ok(undefined)),
    verifySignature,
    stdin: () => Promise.resolve(null),
    migrate: () => Promise.resolve(ok([])),
    install: () => Promise.resolve(ok('wks_one')),
  })
  return { exitCode: await program.run(args), ...said, calls: gate.calls }
}

it('prints the plan as tables', async () => {
  const { exitCode, out, calls } = await tenure(['rollout', 'audit.json'])
  expect(exitCode).toBe(0)
  expect(calls).toEqual([{ verb: 'planRollout', args: [owner, expect.objectContaining({ startsOn: '2026-03-02' })] }])
  expect(out).toBe(
    [
      'Day 1 is 2026-03-02.',
      '',
      'WORKFLOW            SCOPE                  NOW  START  AIM  CYCLES    30TH ON     FIRST GRANT',
      'Monthly newsletter  email_campaign.medium  2    1      3    12 of 30  2026-07-20  2026-07-20',
      '',
      'Monthly newsletter',
      '  Level 3 (act and notify): medium risk, good data, 4 runs a month, routine.',
      '  More needs results that can be traced to what was done.',
      '  Its category is under full review: nothing of it is planned before 4 more decisions.',
      '',
      'WORKFLOW            BENCHMARK',
      'Monthly newsletter  success_rate            at least 90 %',
      'Monthly newsletter  open_rate               measure it first',
      'Monthly newsletter  review_minutes_per_run  at most 45 minutes',
      '',
      'Phase 1, days 1 to 14 (2026-03-02 to 2026-03-15)',
      '  Set the benchmarks.',
      '',
      'After day 90',
      '  2026-07-20: grant email_campaign.medium level 3.',
      '',
      'Next',
      '  crm_update.small held.',
      '',
    ].join('\n'),
  )
})

it('answers machines as the gate does', async () => {
  const { out } = await tenure(['--json', 'rollout', 'audit.json'])
  expect(JSON.parse(out)).toMatchObject({ starts_on: '2026-03-02', workflows: [{ aim_at: 3 }] })
})

test.each<[string, string | null, string]>([
  ['no file', null, 'There is no file audit.json.\n'],
  ['no JSON', '{', 'audit.json is not a JSON object.\n'],
  ['a list', '[]', 'audit.json is not a JSON object.\n'],
])('%s is used wrongly', async (_name, file, words) => {
  const { exitCode, err, calls } = await tenure(['rollout', 'audit.json'], file)
  expect([exitCode, err, calls]).toEqual([2, words, []])
})

it('says what the gate finds wrong in the audit', async () => {
  const { exitCode, err } = await tenure(['rollout', 'audit.json'], '{"workflows": []}')
  expect(exitCode).toBe(1)
  expect(err).toContain('workflows')
})

it('prints both sides of a comparison', async () => {
  const { exitCode, out, calls } = await tenure(['rollout', 'compare', 'crm_update.small'])
  expect(exitCode).toBe(0)
  expect(calls).toEqual([{ verb: 'compareRollout', args: [owner, 'crm_update.small'] }])
  expect(out).toBe(
    [
      'CRM updates, small: too few to say.',
      '',
      '                RUNS  LOOKED AT  OVERRIDDEN  MINUTES',
      'With approvals  40    40         3 (7.5 %)   at most 32 on 20',
      'By itself       50    0          0',
      'Week four is over on 2026-03-03; until then this is only a first look.',
      'The rule.',
      '',
    ].join('\n'),
  )
})

it('says nothing of week four once it is over', async () => {
  const gate = fakeGate({ compareRollout: () => Promise.resolve(ok({ ...rolloutComparison, isDue: true })) })
  expect((await tenure(['rollout', 'compare', 'crm_update.small'], null, gate)).out).not.toContain('Week four')
})

it('takes the example of the page', async () => {
  const page = readFileSync(new URL('../../docs/rollout.md', import.meta.url), 'utf8')
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const { exitCode, calls } = await tenure(['rollout', 'audit.json'], example)
  expect(exitCode).toBe(0)
  expect(calls).toHaveLength(1)
})

import { describe, expect, it, test } from 'vitest'
import { fakeGate } from '../support/fake-gate.ts'
import { tenure } from '../support/tenure-command.ts'
import { owner, POLICY_TRIAL, policyVersionView } from '../support/views.ts'

const SOURCE = 'blocked_words: [free]'
const files = { readFile: (path: string) => Promise.resolve(path === 'spring.yaml' ? SOURCE : null) }

describe('what each command asks of the gate', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['policy check spring.yaml', 'checkPolicy', [SOURCE]],
    ['policy test spring.yaml', 'checkPolicy', [SOURCE]],
    ['policy diff spring.yaml', 'checkPolicy', [SOURCE]],
    ['policy apply spring.yaml', 'setPolicy', [SOURCE, null, null]],
    [
      "policy apply spring.yaml --note 'For spring' --only category=email_campaign channel=email",
      'setPolicy',
      [SOURCE, 'For spring', { category: 'email_campaign', channel: 'email' }],
    ],
    ['policy confirm 4', 'confirmPolicy', [4]],
    ["policy rollback 2 --note 'It asked too much'", 'rollBackPolicy', [2, 'It asked too much']],
    ['policy trial ptr_1 promote', 'endPolicyTrial', [POLICY_TRIAL, 'promoted']],
    ['policy trial ptr_1 withdraw', 'endPolicyTrial', [POLICY_TRIAL, 'withdrawn']],
    ['policy versions', 'listPolicies', []],
    [
      'policy explain mailchimp.campaign.send --segment vip',
      'explainPolicy',
      [{ kind: 'mailchimp.campaign.send', segment: 'vip' }],
    ],
  ])('%s', async (args, verb, asks) => {
    const { exitCode, calls, err: complaint } = await tenure(args, files)
    expect(complaint).toBe('')
    expect(exitCode).toBe(0)
    expect(calls).toEqual([{ verb, args: [owner, ...asks] }])
  })
})

describe('what people read', () => {
  test.each([
    ['policy diff spring.yaml', 'WHERE             WAS    IS\namount.ask_above  10000  20000\n'],
    [
      'policy test spring.yaml',
      '      CASE                 WHAT THE POLICY SAYS\npass  A large order waits  It asks.\n',
    ],
    ['policy apply spring.yaml', 'Version 4 is in force.\n'],
    ['policy trial ptr_1 promote', 'Version 4 holds everywhere now.\n'],
    ['policy explain mailchimp.campaign.send', 'RULE    FROM          VALUE\namount  everywhere    {"cap":1}\n'],
  ])('%s', async (args, text) => {
    expect((await tenure(args, files)).out).toBe(text)
  })

  it('a version that waits says what to do', async () => {
    const waiting = { ...policyVersionView, isInForce: false, waits: true, warnings: [] }
    const gate = fakeGate({ setPolicy: () => Promise.resolve({ ok: true, value: waiting }) })
    const { out } = await tenure('policy apply spring.yaml', { ...files, gate })
    expect(out).toBe('Version 4 waits for a second person: tenure policy confirm 4.\n')
  })

  it('a warning is a line, and no failure', async () => {
    const says = 'No judge is set up here (TENURE_JUDGE_URL).'
    const checked = { document: {}, hash: 'p4', differences: [], needsOwner: [], warnings: [says], tests: [] }
    const gate = fakeGate({
      checkPolicy: () => Promise.resolve({ ok: true, value: checked }),
      setPolicy: () => Promise.resolve({ ok: true, value: { ...policyVersionView, warnings: [says] } }),
    })
    expect(await tenure('policy check spring.yaml', { ...files, gate })).toMatchObject({
      exitCode: 0,
      out: `It says what is in force.\nWarning: ${says}\nIt has no tests of its own.\n`,
    })
    expect(await tenure('policy apply spring.yaml', { ...files, gate })).toMatchObject({
      exitCode: 0,
      out: `Version 4 is in force.\nWarning: ${says}\n`,
    })
  })

  it('a test that fails fails the command', async () => {
    const tests = [{ name: 'Night', passed: false, says: 'It passes.' }]
    const checked = {
      document: {},
      hash: 'p4',
      differences: [],
      needsOwner: ['the cap of one action'],
      warnings: [],
      tests,
    }
    const gate = fakeGate({ checkPolicy: () => Promise.resolve({ ok: true, value: checked }) })
    expect(await tenure('policy check spring.yaml', { ...files, gate })).toMatchObject({
      exitCode: 1,
      out: 'It says what is in force.\nOnly an owner can loosen the cap of one action.\n0 of 1 tests pass.\n  Night: It passes.\n',
    })
  })
})

describe('used wrongly', () => {
  test.each([
    ['policy check nowhere.yaml', 'There is no file nowhere.yaml.'],
    ['policy rollback last', 'A version is a number.'],
    ['policy confirm 1.5', 'A version is a number.'],
    ['policy apply spring.yaml --only email', '--only takes places like category=email_campaign.'],
  ])('%s', async (args, says) => {
    const { exitCode, err: complaint, calls } = await tenure(args, files)
    expect([exitCode, calls]).toEqual([2, []])
    expect(complaint).toContain(says)
  })
})

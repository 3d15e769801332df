import { describe, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { tenure } from '../support/tenure-command.ts'
import {
  AGENT,
  actionView,
  agentView,
  CALLBACK,
  callbackView,
  exceptionView,
  LATER,
  MEMBER,
  owner,
  SWITCH,
} from '../support/views.ts'

describe('what each command asks of the gate', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['agent create Writer', 'createAgent', [{ name: 'Writer' }]],
    [
      'agent create Writer --channels email,social --up-to 5000 --per-hour 20',
      'createAgent',
      [{ name: 'Writer', channels: ['email', 'social'], maxAmountMinor: 5000, ratePerHour: 20 }],
    ],
    ['agent change agt_1 --per-hour none', 'changeAgent', [AGENT, { ratePerHour: null }]],
    ['member list', 'listMembers', []],
    ['member change mem_1 --role viewer --disable', 'changeMember', [MEMBER, { role: 'viewer', disabled: true }]],
    [
      'member change mem_1 --channels email --up-to 100',
      'changeMember',
      [MEMBER, { limits: { channels: ['email'], amountMinor: 100 } }],
    ],
    ['member change mem_1 --no-limits --enable', 'changeMember', [MEMBER, { limits: null, disabled: false }]],
    ['member token mem_1', 'issueToken', [MEMBER]],
    ['delegation', 'listDelegations', []],
    ['delegation end dlg_1', 'endDelegation', ['dlg_1']],
    [
      "delegation add mem_2 --ends 2026-03-09 --reason 'a holiday'",
      'delegate',
      [{ to: 'mem_2', ends: '2026-03-09', reason: 'a holiday' }],
    ],
    ['stop channel:email', 'stop', [{ kind: 'channel', value: 'email' }, null]],
    ["stop 'topic:spring offer'", 'stop', [{ kind: 'topic', value: 'spring offer' }, null]],
    ['resume swt_1 --review --for-hours 48', 'resume', [SWITCH, null, { stage: 'review', forHours: 48 }]],
    ['agent create Writer --kinds a.b.c d.e.f', 'createAgent', [{ name: 'Writer', kinds: ['a.b.c', 'd.e.f'] }]],
    ['agent create Writer --kinds a.b.c,d.e.f', 'createAgent', [{ name: 'Writer', kinds: ['a.b.c', 'd.e.f'] }]],
    ['agent list', 'listAgents', []],
    [
      "member add 'An approver' approver@example.com --role approver",
      'addMember',
      [{ name: 'An approver', email: 'approver@example.com', role: 'approver' }],
    ],
    [
      'member add A a@example.com --role viewer --slack-user U0123ABCD',
      'addMember',
      [{ name: 'A', email: 'a@example.com', role: 'viewer', slackUserId: 'U0123ABCD' }],
    ],
    [
      'member add A a@example.com --role approver --categories audience,crm_update --up-to 5000',
      'addMember',
      [
        {
          name: 'A',
          email: 'a@example.com',
          role: 'approver',
          limits: { categories: ['audience', 'crm_update'], amountMinor: 5_000 },
        },
      ],
    ],
    [
      'member add A a@example.com --role approver --no-limits',
      'addMember',
      [{ name: 'A', email: 'a@example.com', role: 'approver', limits: null }],
    ],
    ['stop', 'stop', [{ kind: 'workspace' }, null]],
    ['stop everything', 'stop', [{ kind: 'workspace' }, null]],
    ["stop agent:agt_1 --reason 'wrong list'", 'stop', [{ kind: 'agent', value: 'agt_1' }, 'wrong list']],
    ['stop platform:mailchimp', 'stop', [{ kind: 'platform', value: 'mailchimp' }, null]],
    ['stop category:ad_budget', 'stop', [{ kind: 'category', value: 'ad_budget' }, null]],
    ['stop kind:mailchimp.campaign.send', 'stop', [{ kind: 'kind', value: 'mailchimp.campaign.send' }, null]],
    ['resume', 'resume', ['every', null, { stage: 'all' }]],
    ["resume swt_1 --reason 'all good & mended'", 'resume', [SWITCH, 'all good & mended', { stage: 'all' }]],
    ['callbacks', 'listCallbacks', []],
    ['callbacks list', 'listCallbacks', []],
    ['callbacks enable cbe_1', 'enableCallback', [CALLBACK]],
    ['callbacks replay cbe_1', 'replayCallbacks', [CALLBACK, { deliveries: 'failed', since: null }]],
    ['callbacks replay cbe_1 --delivery msg_1', 'replayCallbacks', [CALLBACK, { deliveries: 'msg_1' }]],
    [
      'callbacks replay cbe_1 --all --since 2026-03-02T09:00:00Z',
      'replayCallbacks',
      [CALLBACK, { deliveries: 'all', since: new Date('2026-03-02T09:00:00Z') }],
    ],
    ['trust', 'listTrust', []],
    ['trust explain crm_update.small', 'explainTrust', ['crm_update.small']],
    ['trust rebuild', 'rebuildTrust', []],
    ['queue', 'listActions', [{ state: 'awaiting_approval' }, { limit: 100 }]],
  ])('%s', async (args, verb, asks) => {
    const { exitCode, calls, err: complaint } = await tenure(args)
    expect(complaint).toBe('')
    expect(exitCode).toBe(0)
    expect(calls).toEqual([{ verb, args: [owner, ...asks] }])
  })
})

describe('what people read', () => {
  test.each([
    [
      'agent create Writer',
      'Made the agent Writer (agt_1).\nIts key, shown only now: new-key\nIts callback secret: whsec_bmV3\n',
    ],
    [
      'member add A a@example.com --role viewer',
      'Added A (mem_1) as viewer.\nThe token, shown only now: member-token\n',
    ],
    [
      'member token mem_1',
      'The token of The owner (mem_1), shown only now: newer-token\nThe one before no longer works.\n',
    ],
    [
      'stop platform:mailchimp',
      [
        'Stopped: Mailchimp (swt_1). Resume with: tenure resume swt_1',
        'Back with people: 2.',
        'Already on their way, and not to be called back:',
        '  act_1  your March newsletter goes to 1,200 people\n',
      ].join('\n'),
    ],
    [
      'callbacks',
      [
        'ID     PROPOSER  ADDRESS                         STATE  WAITING  NOT DELIVERED',
        'cbe_1  agt_1     https://agent.example.com/hook  live   1        0\n',
      ].join('\n'),
    ],
    ['callbacks enable cbe_1', 'Enabled: https://agent.example.com/hook\n'],
    ['callbacks replay cbe_1', 'Sent again: 2.\n'],
    ['resume', 'Resumed: Mailchimp (swt_1).\n'],
    [
      'trust',
      [
        'SCOPE             SCORE  TIER    DECISIONS        LAST        NOTE',
        'crm_update.small  79     notify  21 (1 rejected)  2026-03-02  full review\n',
      ].join('\n'),
    ],
    [
      'trust explain crm_update.small',
      [
        'CRM updates, small: 79 of 100, under full review.',
        '',
        'POINTS           FOR',
        '37.5    of 40.0  How surely what it proposes is approved',
        'Less 4.5 after a rejection; repaid by 9 more judged decisions.',
        'Its likeness to audience makes 59 of it at once; that is a start and gives no level.',
        '',
        '60 is reached.',
        '8 more clean approvals reach 85.',
        '',
        'What moved it most:',
        '  -2.5  2026-03-02  Change a phone number: rejected (major)',
        '',
        'The owner takes the time that reading takes, as far as it can be seen.',
        '',
        'general, by agt_1: 21 judged, 4 correct since the last serious error, approved in at least 80 of 100',
        'Before level 3:',
        '  yes      The score is 79; 60 is needed.\n',
      ].join('\n'),
    ],
    ['trust rebuild', 'Recomputed from 12 decisions. Everything was right.\n'],
    [
      'agent list',
      [
        'ID     NAME               KEY       KINDS                    STATE',
        'agt_1  Newsletter writer  tnr_abc…  mailchimp.campaign.send  in force\n',
      ].join('\n'),
    ],
    [
      'queue',
      [
        'ID     WHAT                                        AGENT              PEOPLE  COST       EXPIRES',
        'act_1  your March newsletter goes to 1,200 people  Newsletter writer  1200    EUR 12.50  2026-03-03T09:00:00.000Z\n',
      ].join('\n'),
    ],
    [
      'status',
      [
        'Tenure 0.1.0 at http://127.0.0.1:8787: ready',
        'Stopped:',
        '  swt_1  Mailchimp, by The owner: A wrong list',
        'Waiting for a person:',
        '  exc_1  The answer of Mailchimp was lost.\n',
      ].join('\n'),
    ],
    ['migrate', 'The database is up to date.\n'],
    ['install', 'Workspace wks_one is installed.\n'],
  ])('%s', async (args, text) => {
    const { out, exitCode } = await tenure(args)
    expect(out).toBe(text)
    expect(exitCode).toBe(0)
  })

  it('says so when there is nothing', async () => {
    const gate = fakeGate({
      listAgents: () => Promise.resolve(ok([])),
      listActions: () => Promise.resolve(ok({ items: [], nextCursor: null })),
      listSwitches: () => Promise.resolve(ok([])),
      listExceptions: () =>
        Promise.resolve(ok([exceptionView({ resolvedAt: LATER, resolvedBy: 'The owner', options: [] })])),
      resume: () => Promise.resolve(ok([])),
      listCallbacks: () => Promise.resolve(ok([])),
    })
    expect((await tenure('agent list', { gate })).out).toBe('No agents yet.\n')
    expect((await tenure('queue', { gate })).out).toBe('Nothing waits for a decision.\n')
    expect((await tenure('resume', { gate })).out).toBe('Nothing was stopped.\n')
    expect((await tenure('callbacks', { gate })).out).toBe('No callback addresses yet.\n')
    expect((await tenure('status', { gate })).out).toBe(
      'Tenure 0.1.0 at http://127.0.0.1:8787: ready\nNothing is stopped.\n',
    )
  })

  it('names a disabled address with its reason, and what was missed when it is enabled', async () => {
    const disabled = callbackView({ state: 'disabled', disabledWhy: 'gone', failed: 1, notSent: 2 })
    const gate = fakeGate({
      listCallbacks: () => Promise.resolve(ok([disabled])),
      enableCallback: () => Promise.resolve(ok({ ...disabled, state: 'live' as const })),
    })
    expect((await tenure('callbacks', { gate })).out).toContain('disabled (gone)')
    expect((await tenure('callbacks enable cbe_1', { gate })).out).toContain(
      'Not delivered: 3. Send them with: tenure callbacks replay cbe_1',
    )
  })

  test.each(['callbacks replay cbe_1 --since yesterday', 'callbacks replay cbe_1 --all --delivery msg_1'])(
    '%s is used wrongly',
    async (args) => {
      const { exitCode, calls } = await tenure(args)
      expect(exitCode).toBe(2)
      expect(calls).toEqual([])
    },
  )

  it('says so when an address fails', async () => {
    const failing = callbackView({ state: 'failing', failingSince: LATER, failures: 3 })
    const gate = fakeGate({ listCallbacks: () => Promise.resolve(ok([failing])) })
    expect((await tenure('callbacks', { gate })).out).toContain('failing since 2026-03-03T09:00:00.000Z')
  })

  it('keeps words of an agent from steering the terminal', async () => {
    const name = 'Writer\u001b[2J\u202eevil\nagt_2  Approved'
    const gate = fakeGate({ listAgents: () => Promise.resolve(ok([agentView({ name })])) })
    const { out } = await tenure('agent list', { gate })
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(out.trimEnd().split('\n')).toHaveLength(2)
  })

  it('says that there is more than the first hundred', async () => {
    const gate = fakeGate({ listActions: () => Promise.resolve(ok({ items: [actionView()], nextCursor: 'n' })) })
    expect((await tenure('queue', { gate })).out).toMatch(/… and more\.\n$/)
  })
})

describe('--json', () => {
  it('answers one document for machines', async () => {
    const { out } = await tenure('agent create Writer --json')
    expect(JSON.parse(out)).toMatchObject({ agent: { id: 'agt_1', name: 'Writer' }, key: 'new-key' })
  })

  it('complains in one document too, on the error stream', async () => {
    const gate = fakeGate()
    gate.refuseWith({ kind: 'not_permitted', why: 'An admin may do this.' })
    const { out, err: complaint, exitCode } = await tenure('--json agent list', { gate })
    expect(out).toBe('')
    expect(JSON.parse(complaint)).toEqual({
      error: 'refused',
      says: 'Not permitted. An admin may do this.\nRequest: req_fixed',
    })
    expect(exitCode).toBe(1)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import type { PlanView } from '../../core/gate/views.ts'
import { ROUTES } from '../../core/http/routes.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { httpApp, PUBLIC_URL, request, type Sent } from '../support/http-app.ts'
import { DECISION, SAMPLES } from '../support/http-samples.ts'
import {
  agent,
  AGENT,
  CALLBACK,
  EXCEPTION,
  FEEDBACK,
  HASH,
  MEMBER,
  owner,
  PLAN,
  POLICY_TRIAL,
  planView,
  SWITCH,
} from '../support/views.ts'

type Row = {
  readonly path: string
  readonly sent?: Sent
  readonly status: number
  /** The verb and what it was asked, after the actor. */
  readonly asks: readonly [string, ...unknown[]]
  readonly answers: unknown
}

const SWITCHED = {
  id: 'swt_1',
  target: { kind: 'platform', value: 'mailchimp' },
  words: 'Mailchimp',
  reason: 'A wrong list',
  by: 'The owner',
  at: '2026-03-02T09:00:00.000Z',
  mode: 'stop',
  until: null,
}
const AN_AGENT = {
  id: 'agt_1',
  name: 'Newsletter writer',
  kinds: ['mailchimp.campaign.send'],
  channels: [],
  max_amount_minor: null,
  per_hour: null,
  key_prefix: 'tnr_abc',
  created_at: '2026-03-02T09:00:00.000Z',
  disabled_at: null,
}
const CALLED_BACK = {
  id: 'cbe_1',
  proposer_id: 'agt_1',
  url: 'https://agent.example.com/hook',
  state: 'live',
  failures: 0,
  failing_since: null,
  last_success_at: '2026-03-02T09:00:00.000Z',
  disabled_at: null,
  disabled_why: null,
  waiting: 1,
  failed: 0,
  not_sent: 0,
}
const DELIVERED = {
  id: 'msg_1',
  action_id: 'act_1',
  version: 2,
  type: 'action.executed',
  state: 'delivered',
  attempts: 1,
  last_status: 204,
  last_failure: null,
  next_try_at: null,
  created_at: '2026-03-02T09:00:00.000Z',
  delivered_at: '2026-03-03T09:00:00.000Z',
}
const NEW_SECRET = { callback_secret: 'whsec_bmV3ZXI=', previous_until: '2026-03-03T09:00:00.000Z' }
const AN_OWNER = {
  id: 'mem_1',
  name: 'The owner',
  email: 'owner@example.com',
  role: 'owner',
  slack_user_id: null,
  limits: null,
  disabled_at: null,
}
const A_DELEGATION = {
  id: 'dlg_1',
  from: { id: 'mem_1', name: 'The owner' },
  to: { id: 'mem_2', name: 'An approver' },
  starts_at: '2026-03-02T09:00:00.000Z',
  ends_at: '2026-03-03T09:00:00.000Z',
  reason: 'A holiday',
  state: 'planned',
}
const CONNECTED = {
  id: 'con_1',
  platform: 'mailchimp',
  name: 'Newsletter account',
  state: 'live',
  sandbox: true,
  webhook_url: 'https://gate.example.com/webhooks/mailchimp/con_1?key=wks_1.secret',
}
const TRIAL = { id: 'ptr_1', version: 4, when: { channel: ['email'] }, by: 'Ann', at: '2026-03-02T09:00:00.000Z' }
const VERSION = {
  version: 4,
  hash: 'p4',
  document: { amount: { ask_above: 20_000 } },
  source: null,
  by: 'Ann',
  note: 'Spring',
  at: '2026-03-02T09:00:00.000Z',
  in_force: true,
  waits: false,
  confirmed_by: [],
}
const BUDGET = {
  id: 'day:2026-03-02',
  name: 'the day’s budget',
  period: 'day',
  starts_at: '2026-03-02T09:00:00.000Z',
  ends_at: '2026-03-03T09:00:00.000Z',
  ask_above: null,
  cap: { minor: 50_000, currency: 'EUR' },
  reserved: { minor: 1250, currency: 'EUR' },
  committed: { minor: 0, currency: 'EUR' },
  spent: { minor: 0, currency: 'EUR' },
}
const EXCEPTED = {
  id: 'exc_1',
  action_id: 'act_1',
  source: 'execution',
  says: 'The answer of Mailchimp was lost.',
  opened_at: '2026-03-02T09:00:00.000Z',
  resolved_at: null,
  resolved_by: null,
  options: ['happened', 'did_not_happen'],
}

const post = (operationId: string): Sent => ({ method: 'POST', body: SAMPLES[operationId]?.body })
const put = (operationId: string): Sent => ({ method: 'PUT', body: SAMPLES[operationId]?.body })

const TRUST = {
  scope: 'crm_update.small',
  score: 79,
  tier: 'notify',
  stale: false,
  decisions: 21,
  rejections: 1,
  last_day: '2026-03-02',
  lock: { cause: 'critical_finding', decisions_until_others: 3 },
  says: 'CRM updates, small: 79 of 100, under full review.',
}

const STEP = {
  action: 'act_1',
  title: 'Change a phone number',
  at: '2026-03-02T09:00:00.000Z',
  says: 'rejected (major)',
}

test.each<Row>([
  { path: '/v1/trust', status: 200, asks: ['listTrust'], answers: { items: [TRUST] } },
  {
    path: '/v1/trust/crm_update.small',
    status: 200,
    asks: ['explainTrust', 'crm_update.small'],
    answers: {
      ...TRUST,
      exact_score: 79.25,
      head_start: { from: 'audience', score: 59 },
      penalty: { points: 4.5, cycles_left: 9 },
      contributions: [{ signal: 'approval', points: 37.5, most: 40, says: 'How surely what it proposes is approved' }],
      counterfactuals: [
        { target: 60, approvals: 0, says: '60 is reached.' },
        { target: 85, approvals: 8, says: '8 more clean approvals reach 85.' },
      ],
      cells: [
        {
          scenario: 'general',
          agent_id: 'agt_1',
          agent_version: 'c0ffee0123456789',
          epoch: 1,
          level: 2,
          in_force: 2,
          decisions: 21,
          cycles: 21,
          correct: 4,
          correct_actions: 0,
          competence: 0.8,
          evidence: [{ level: 3, has: 12.5, needs: 20 }],
          last_at: '2026-03-02T09:00:00.000Z',
          next: {
            level: 3,
            gates: [{ name: 'score', status: 'held', has: 79, needs: 60, says: 'The score is 79; 60 is needed.' }],
          },
        },
      ],
      influential: [{ ...STEP, points: -2.5 }],
      history: [STEP],
      reviewers: [
        {
          member: 'mem_1',
          name: 'The owner',
          approvals: 21,
          too_fast: 2,
          theatre: false,
          waited_hours: 1.5,
          batch_item_seconds: null,
          says: 'The owner takes the time that reading takes, as far as it can be seen.',
        },
      ],
    },
  },
  {
    path: '/v1/trust/rebuild',
    sent: { method: 'POST' },
    status: 200,
    asks: ['rebuildTrust'],
    answers: { decisions: 12, cells: 2, corrected: 0 },
  },
  { path: '/v1/switches', status: 200, asks: ['listSwitches'], answers: { items: [SWITCHED] } },
  {
    path: '/v1/switches',
    sent: post('stop'),
    status: 201,
    asks: ['stop', { kind: 'platform', value: 'mailchimp' }, 'A wrong list'],
    answers: {
      switch: SWITCHED,
      executing: [expect.objectContaining({ id: 'act_1', state: 'executing' })],
      recalled: 2,
    },
  },
  {
    path: '/v1/switches',
    sent: { body: { target: { kind: 'workspace' } } },
    status: 201,
    asks: ['stop', { kind: 'workspace' }, null],
    answers: expect.objectContaining({
      switch: { ...SWITCHED, target: { kind: 'workspace', value: null }, reason: null },
    }),
  },
  {
    path: '/v1/switches/swt_1?reason=mended',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['resume', SWITCH, 'mended', { stage: 'all' }],
    answers: { items: [SWITCHED] },
  },
  {
    path: '/v1/switches?stage=review&for_hours=48',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['resume', 'every', null, { stage: 'review', forHours: 48 }],
    answers: { items: [SWITCHED] },
  },
  { path: '/v1/exceptions', status: 200, asks: ['listExceptions'], answers: { items: [EXCEPTED] } },
  {
    path: '/v1/exceptions/exc_1/resolution',
    sent: post('resolveException'),
    status: 200,
    asks: ['resolveException', EXCEPTION, 'happened'],
    answers: { ...EXCEPTED, resolved_at: '2026-03-03T09:00:00.000Z', resolved_by: 'The owner', options: [] },
  },
  {
    path: '/v1/policies/current',
    status: 200,
    asks: ['getPolicy'],
    answers: { version: 3, hash: 'p3', document: { amount: { ask_above: 10_000 } }, trials: [TRIAL] },
  },
  { path: '/v1/policies', status: 200, asks: ['listPolicies'], answers: { items: [VERSION] } },
  {
    path: '/v1/policies/check',
    sent: post('checkPolicy'),
    status: 200,
    asks: ['checkPolicy', 'blocked_words: [free]'],
    answers: {
      hash: 'p4',
      document: { amount: { ask_above: 20_000 } },
      differences: [{ path: 'amount.ask_above', was: '10000', is: '20000' }],
      needs_owner: [],
      warnings: [],
      tests: [{ name: 'A large order waits', passed: true, says: 'It asks.' }],
    },
  },
  {
    path: '/v1/policies/rollback',
    sent: post('rollBackPolicy'),
    status: 200,
    asks: ['rollBackPolicy', 2, 'It asked too much'],
    answers: VERSION,
  },
  {
    path: '/v1/policies/confirm',
    sent: post('confirmPolicy'),
    status: 200,
    asks: ['confirmPolicy', 4],
    answers: VERSION,
  },
  {
    path: '/v1/policies/trials/ptr_1/end',
    sent: post('endPolicyTrial'),
    status: 200,
    asks: ['endPolicyTrial', POLICY_TRIAL, 'promoted'],
    answers: TRIAL,
  },
  {
    path: '/v1/policies/explain',
    sent: post('explainPolicy'),
    status: 200,
    asks: [
      'explainPolicy',
      { kind: 'mailchimp.campaign.send', category: 'email_campaign', segment: 'vip', region: 'EU', agent: 'agt_1' },
    ],
    answers: {
      version: 3,
      rules: [{ rule: 'amount', from: 'everywhere', value: { cap: 1 }, holds: true, warns_only: false }],
    },
  },
  {
    path: '/v1/policies/current',
    sent: put('setPolicy'),
    status: 200,
    asks: ['setPolicy', { amount: { ask_above: 20_000 } }, 'Spring', { channel: 'email' }],
    answers: { ...VERSION, warnings: [] },
  },
  {
    path: '/v1/budgets',
    status: 200,
    asks: ['listBudgets'],
    answers: { items: [BUDGET] },
  },
  {
    path: '/v1/budgets/spend',
    sent: post('recordSpend'),
    status: 200,
    asks: ['recordSpend', [{ budget: 'day:2026-03-02', spentMinor: 1200 }]],
    answers: { items: [BUDGET] },
  },
  { path: '/v1/members', status: 200, asks: ['listMembers'], answers: { items: [AN_OWNER] } },
  {
    path: '/v1/members',
    sent: post('addMember'),
    status: 201,
    asks: [
      'addMember',
      { name: 'An approver', email: 'approver@example.com', role: 'approver', slackUserId: 'U0123ABCD' },
    ],
    answers: {
      member: { ...AN_OWNER, name: 'An approver', email: 'approver@example.com', role: 'approver' },
      token: 'member-token',
    },
  },
  {
    path: '/v1/members/mem_1/token',
    sent: { method: 'POST' },
    status: 201,
    asks: ['issueToken', MEMBER],
    answers: { member: AN_OWNER, token: 'newer-token' },
  },
  {
    path: '/v1/members/mem_1/link-codes',
    sent: { method: 'POST' },
    status: 201,
    asks: ['createLinkCode', MEMBER],
    answers: { code: 'LINK-42', expires_at: '2026-03-03T09:00:00.000Z' },
  },
  {
    path: '/v1/members/mem_1',
    sent: { method: 'PATCH', body: { limits: { channels: ['crm'], amount_minor: 100 }, disabled: true } },
    status: 200,
    asks: ['changeMember', MEMBER, { limits: { channels: ['crm'], amountMinor: 100 }, disabled: true }],
    answers: AN_OWNER,
  },
  {
    path: '/v1/members/mem_1',
    sent: { method: 'PATCH', body: { limits: null } },
    status: 200,
    asks: ['changeMember', MEMBER, { limits: null }],
    answers: AN_OWNER,
  },
  { path: '/v1/delegations', status: 200, asks: ['listDelegations'], answers: { items: [A_DELEGATION] } },
  {
    path: '/v1/delegations',
    sent: post('delegate'),
    status: 201,
    asks: [
      'delegate',
      {
        from: 'mem_1',
        to: 'mem_2',
        starts: '2026-03-05',
        ends: new Date('2026-03-09T10:00:00Z'),
        reason: 'A holiday',
      },
    ],
    answers: A_DELEGATION,
  },
  {
    path: '/v1/delegations/dlg_1',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['endDelegation', 'dlg_1'],
    answers: { ...A_DELEGATION, state: 'over' },
  },
  {
    path: '/v1/agents/agt_1',
    sent: { method: 'PATCH', body: { channels: ['email'], max_amount_minor: 500, per_hour: null } },
    status: 200,
    asks: ['changeAgent', AGENT, { channels: ['email'], maxAmountMinor: 500, ratePerHour: null }],
    answers: { ...AN_AGENT, channels: ['email'], max_amount_minor: 500 },
  },
  { path: '/v1/agents', status: 200, asks: ['listAgents'], answers: { items: [AN_AGENT] } },
  {
    path: '/v1/agents',
    sent: { body: { name: 'Another' } },
    status: 201,
    asks: ['createAgent', { name: 'Another' }],
    answers: { agent: { ...AN_AGENT, name: 'Another' }, key: 'new-key', callback_secret: 'whsec_bmV3' },
  },
  {
    path: '/v1/agents/agt_1/keys',
    sent: { method: 'POST' },
    status: 201,
    asks: ['rotateAgentKey', AGENT],
    answers: { agent: AN_AGENT, key: 'newer-key', callback_secret: 'whsec_bmV3ZXI=' },
  },
  {
    path: '/v1/agents/agt_1',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['disableAgent', AGENT],
    answers: { ...AN_AGENT, disabled_at: '2026-03-03T09:00:00.000Z' },
  },
  {
    path: '/v1/agents/agt_1/callback-secret',
    sent: { method: 'POST' },
    status: 201,
    asks: ['rotateCallbackSecret', AGENT],
    answers: NEW_SECRET,
  },
  { path: '/v1/callbacks', status: 200, asks: ['listCallbacks'], answers: { items: [CALLED_BACK] } },
  {
    path: '/v1/callbacks/cbe_1/deliveries?limit=5&cursor=msg_2',
    status: 200,
    asks: ['listCallbackDeliveries', CALLBACK, { limit: 5, cursor: 'msg_2' }],
    answers: { items: [DELIVERED], next_cursor: 'next' },
  },
  {
    path: '/v1/callbacks/cbe_1/replay',
    sent: post('replayCallbacks'),
    status: 200,
    asks: ['replayCallbacks', CALLBACK, { deliveries: 'all', since: new Date('2026-03-02T09:00:00Z') }],
    answers: { replayed: 2, callback: CALLED_BACK },
  },
  {
    path: '/v1/callbacks/cbe_1/replay',
    sent: { body: { deliveries: 'msg_7' } },
    status: 200,
    asks: ['replayCallbacks', CALLBACK, { deliveries: 'msg_7' }],
    answers: { replayed: 2, callback: CALLED_BACK },
  },
  {
    path: '/v1/callbacks/cbe_1/enable',
    sent: { method: 'POST' },
    status: 200,
    asks: ['enableCallback', CALLBACK],
    answers: CALLED_BACK,
  },
  {
    path: '/v1/callback-secret',
    status: 200,
    asks: ['getCallbackSecret'],
    answers: { callback_secret: 'whsec_bmV3', previous_until: null },
  },
  {
    path: '/v1/callback-secret',
    sent: { method: 'POST' },
    status: 201,
    asks: ['rotateCallbackSecret', null],
    answers: NEW_SECRET,
  },
  { path: '/v1/connections', status: 200, asks: ['listConnections'], answers: { items: [CONNECTED] } },
  {
    path: '/v1/connections',
    sent: post('addConnection'),
    status: 201,
    asks: ['addConnection', { platform: 'mailchimp', name: 'Newsletter account', credentials: 'secret-us1' }],
    answers: CONNECTED,
  },
  {
    path: '/v1/connections/con_1/credentials',
    sent: { ...post('replaceCredentials'), method: 'PUT' },
    status: 200,
    asks: ['replaceCredentials', 'con_1', 'secret-us2'],
    answers: CONNECTED,
  },
  {
    path: '/v1/connections/con_1/webhook-url',
    sent: { method: 'POST' },
    status: 200,
    asks: ['renewWebhookUrl', 'con_1'],
    answers: CONNECTED,
  },
  {
    path: '/v1/feedback?limit=10&cursor=abc',
    status: 200,
    asks: ['listFeedback', { limit: 10, cursor: 'abc' }],
    answers: {
      items: [
        {
          id: 'fbk_1',
          action_id: 'act_1',
          kind: 'mailchimp.campaign.send',
          category: 'email_campaign',
          decision: 'reject',
          severity: 'minor',
          says: 'The headline shouts',
          changes: [],
          advice: 'Do not resend this.',
          by: 'The owner',
          at: '2026-03-02T09:00:00.000Z',
        },
      ],
      next_cursor: 'next',
    },
  },
  { path: '/v1/plans/pln_1', status: 200, asks: ['getPlan', PLAN], answers: expect.objectContaining({ id: 'pln_1' }) },
  {
    path: '/v1/plans/pln_1/decisions',
    sent: { body: DECISION },
    status: 200,
    asks: ['decidePlan', PLAN, { decision: 'approve', payloadHash: HASH.slice(0, 16) }],
    answers: expect.objectContaining({ id: 'pln_1', state: 'running' }),
  },
  {
    path: '/v1/plans/pln_1/undo',
    sent: { method: 'POST' },
    status: 200,
    asks: ['undoPlan', PLAN, {}],
    answers: expect.objectContaining({ id: 'pln_1', state: 'undone' }),
  },
])('$sent.method $path asks $asks.0', async ({ path, sent, status, asks: [verb, ...args], answers }) => {
  const { app, gate, logged } = httpApp()
  const answer = await app.request(request(path, sent))
  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual(answers)
  expect(gate.calls).toEqual([{ verb, args: [owner, ...args] }])
  expect(logged).toEqual([])
})

it('DELETE /v1/feedback/{id} answers 204 without a body', async () => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/feedback/fbk_1', { method: 'DELETE' }))
  expect(answer.status).toBe(204)
  expect(await answer.text()).toBe('')
  expect(gate.calls).toEqual([{ verb: 'deleteFeedback', args: [owner, FEEDBACK] }])
})

it('GET /v1/kinds answers the catalogue without asking the gate', async () => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/kinds'))
  expect(await answer.json()).toEqual({
    items: [
      {
        id: 'mailchimp.campaign.send',
        title: 'Send a campaign',
        platform: 'mailchimp',
        category: 'email_campaign',
        channel: 'email',
        risk: 'medium',
        effect: { repeat: 'unsafe', undo: 'held', preparing: false },
        reaches_people: true,
        can_test: false,
        fields: [
          { name: 'campaign_id', label: 'Campaign', type: 'text', required: true, max_length: 50, editable: false },
        ],
        json_schema: { type: 'object', required: ['campaign_id'], additionalProperties: false },
      },
    ],
  })
  expect(gate.calls).toEqual([])
})

test.each([
  [{ kind: 'agent' }, 'target.value'],
  [{ kind: 'workspace', value: 'x' }, 'target.value'],
  [{ kind: 'planet', value: 'x' }, 'target.kind'],
])('a stop of %o is 400', async (target, path) => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/switches', { body: { target } }))
  expect(answer.status).toBe(400)
  expect((await answer.json()).problems).toMatchObject([{ path }])
  expect(gate.calls).toEqual([])
})

describe('POST /v1/plans', () => {
  const send = (state: PlanView['state'], replayed = false) => {
    const gate = fakeGate({ proposePlan: () => Promise.resolve(ok({ plan: planView({ state }), replayed })) })
    const { app } = httpApp({ gate })
    return { gate, answer: app.request(request('/v1/plans', { ...SAMPLES.proposePlan, bearer: 'agent-key' })) }
  }

  test.each<[PlanView['state'], number]>([
    ['executed', 201],
    ['proposed', 202],
    ['awaiting_approval', 202],
    ['running', 202],
    ['changes_requested', 202],
    ['observed', 200],
    ['stopped', 200],
    ['rejected', 200],
    ['expired', 200],
    ['cancelled', 200],
    ['undone', 200],
  ])('%s is %i', async (state, status) => {
    const answer = await send(state).answer
    expect(answer.status).toBe(status)
    expect(answer.headers.get('location')).toBe('/v1/plans/pln_1')
  })

  it('is 200 for a repeat of the same key', async () => {
    const answer = await send('awaiting_approval', true).answer
    expect(answer.status).toBe(200)
    expect(answer.headers.get('idempotent-replayed')).toBe('true')
  })

  it('is 422 with the plan inside when a step is blocked', async () => {
    const answer = await send('blocked').answer
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ type: 'urn:tenure:problem:blocked', plan: { state: 'blocked' } })
  })

  test.each([
    [20, 202],
    [21, 400],
  ])('%i steps are %i: as many as the gate takes', async (count, status) => {
    const { app, gate } = httpApp()
    const { body, headers = {} } = SAMPLES.proposePlan ?? {}
    const steps = Array.from({ length: count }, () => ({ kind: 'mailchimp.campaign.send', input: {} }))
    const answer = await app.request(request('/v1/plans', { body: { ...body, steps }, headers }))
    expect(answer.status).toBe(status)
    expect(gate.calls).toHaveLength(status === 202 ? 1 : 0)
  })

  it('asks the gate for every step, in order, and answers them', async () => {
    const { gate, answer } = send('awaiting_approval')
    const body = await (await answer).json()
    expect(gate.calls[0]?.args).toEqual([
      agent,
      {
        title: 'Spring launch',
        steps: [{ kind: 'mailchimp.campaign.send', input: { campaign_id: 'c1' }, connection: 'Newsletter account' }],
        reason: 'Spring is near',
        requestedBy: { member: 'owner@example.com' },
        evidence: [],
        notBefore: new Date('2026-03-02T09:00:00Z'),
        expiresAt: new Date('2026-03-03T09:00:00Z'),
        callbackUrl: 'https://example.com/done',
      },
      { key: 'key-1', bodyDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
    expect(body).toMatchObject({
      id: 'pln_1',
      next: 'Waiting for a person. Do not resend; ask GET /v1/plans/pln_1 or wait for the webhook.',
      payload_hash: HASH,
      steps: [
        { id: 'act_1', plan: { id: 'pln_1', step: 1, steps: 1 }, links: { plan: `${PUBLIC_URL}/v1/plans/pln_1` } },
      ],
    })
  })
})

it('mounts every route file of the folders', () => {
  const root = new URL('../../core/http/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const exported = files.flatMap((file) => {
    const source = readFileSync(new URL(file, root), 'utf8')
    return /path: '\/(v1|webhooks)\//.test(source)
      ? [...source.matchAll(/export const (\w+Route) =/g)].map(([, name]) => name ?? '')
      : []
  })
  const registry = readFileSync(new URL('routes.ts', root), 'utf8')
  const mounted = [...(registry.split('ROUTES = [')[1] ?? '').matchAll(/^ {2}(\w+Route),$/gm)].map(
    ([, name]) => name ?? '',
  )
  expect(exported.toSorted()).toEqual(mounted.toSorted())
  expect(mounted).toHaveLength(ROUTES.length)
  expect(new Set(ROUTES).size).toBe(ROUTES.length)
})

import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import type { ActionFilter, Window } from '../../../core/gate/requests.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { httpApp, PUBLIC_URL, request, REQUEST_ID, type Sent } from '../../support/http-app.ts'
import { DECISION, SAMPLES } from '../../support/http-samples.ts'
import { ACTION, actionView, AGENT, AT, HASH, LATER, owner } from '../../support/views.ts'

describe('GET /v1/actions', () => {
  test.each<[string, ActionFilter, Window]>([
    ['', {}, { limit: 50 }],
    [
      '?state=held&kind=mailchimp.campaign.send&category=email_campaign&agent=agt_1&limit=100&cursor=abc.1',
      {
        state: 'held',
        kind: 'mailchimp.campaign.send',
        category: 'email_campaign',
        agentId: AGENT,
      },
      { limit: 100, cursor: 'abc.1' },
    ],
  ])('%s asks for exactly that', async (query, filter, window) => {
    const page = { items: [actionView()], nextCursor: 'more' }
    const { app, gate } = httpApp({ gate: fakeGate({ listActions: () => Promise.resolve(ok(page)) }) })
    const answer = await app.request(request(`/v1/actions${query}`))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ items: [{ id: ACTION }], next_cursor: 'more' })
    expect(gate.calls).toEqual([{ verb: 'listActions', args: [owner, filter, window] }])
  })

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=many', 'limit'],
    ['state=lost', 'state'],
    ['category=everything', 'category'],
    ['agent=mem_1', 'agent'],
    ['cursor=%00', 'cursor'],
    ['state=held&state=ready', 'state'],
    ['status=held', 'status'],
  ])('?%s is 400 naming it', async (query, path) => {
    const { app, gate } = httpApp()
    const answer = await app.request(request(`/v1/actions?${query}`))
    expect(answer.status).toBe(400)
    expect((await answer.json()).problems).toEqual([{ path, says: expect.any(String) }])
    expect(gate.calls).toEqual([])
  })
})

it('GET /v1/actions/{id} answers the action, named field by field', async () => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/actions/act_1'))
  expect(answer.status).toBe(200)
  expect(gate.calls).toEqual([{ verb: 'getAction', args: [owner, ACTION] }])
  expect(await answer.json()).toEqual({
    id: 'act_1',
    state: 'awaiting_approval',
    version: 2,
    next: 'Waiting for a person. Do not resend; ask GET /v1/actions/act_1 or wait for the webhook.',
    kind: 'mailchimp.campaign.send',
    kind_title: 'Send a campaign',
    platform: 'mailchimp',
    connection: { name: 'Newsletter account', sandbox: true },
    category: 'email_campaign',
    channel: 'email',
    scope: 'email_campaign:medium',
    scenario: 'newsletter',
    band: 'medium',
    level: {
      in_force: 2,
      bound_by: 'no_grant',
      grant: null,
      tier: 'notify',
      ceiling: 3,
      why: 'Nobody has granted more than recommendations for this yet.',
    },
    verdict: { outcome: 'ask', reasons: [{ rule: 'amount', outcome: 'ask', text: 'It costs more than 100.00.' }] },
    preview: {
      title: 'your March newsletter goes to 1,200 people',
      lines: [{ label: 'To', value: '1,200 people' }],
      open_url: 'https://example.com/campaign',
    },
    input: { campaign_id: 'c1' },
    payload_hash: HASH,
    policy_version: 3,
    effect: { repeat: 'unsafe', preparing: false },
    undo: { class: 'held', until: null },
    reach: { people: 1200, list_size: 4000, amount: { minor: 1250, currency: 'EUR' } },
    agent: { id: 'agt_1', name: 'Newsletter writer' },
    reason: 'Tuesday mornings are read most',
    requested_by: { member: 'owner@example.com', words: 'please send the newsletter' },
    evidence: [{ label: 'Open rates', url: 'https://example.com/rates' }],
    confidence: 0.8,
    agent_cost: { minor: 3, currency: 'EUR' },
    dry_run: false,
    question: null,
    proposed_at: '2026-03-02T09:00:00.000Z',
    slot_at: null,
    expires_at: '2026-03-03T09:00:00.000Z',
    hold_until: null,
    snoozed_until: null,
    reminders: 0,
    escalated: false,
    approvals: null,
    decisions: [],
    note: null,
    differences: [],
    preflight: [],
    receipt: null,
    executed_at: null,
    undone_at: null,
    supersedes: null,
    superseded_by: null,
    changes: [],
    plan: null,
    exception: null,
    frozen_by: null,
    links: {
      self: `${PUBLIC_URL}/v1/actions/act_1`,
      decisions: `${PUBLIC_URL}/v1/actions/act_1/decisions`,
      undo: `${PUBLIC_URL}/v1/actions/act_1/undo`,
      snooze: `${PUBLIC_URL}/v1/actions/act_1/snooze`,
      test: `${PUBLIC_URL}/v1/actions/act_1/test`,
      plan: null,
    },
  })
})

describe('what is asked of the gate', () => {
  const decision = { decision: 'approve', payloadHash: HASH.slice(0, 16) }
  test.each<[string, Sent, string, readonly unknown[]]>([
    ['/v1/actions/act_1/decisions', { body: DECISION }, 'decideAction', [owner, { actionId: ACTION, ...decision }]],
    [
      '/v1/actions/act_1/decisions',
      { body: SAMPLES.decideAction?.body },
      'decideAction',
      [
        owner,
        {
          actionId: ACTION,
          ...decision,
          input: { campaign_id: 'c2' },
          severity: 'minor',
          reason: 'Too loud',
          outside: false,
        },
      ],
    ],
    ['/v1/actions/act_1/undo', { method: 'POST' }, 'undoAction', [owner, ACTION, { despiteChanges: false }]],
    [
      '/v1/actions/act_1/undo',
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      'undoAction',
      [owner, ACTION, { despiteChanges: false }],
    ],
    [
      '/v1/actions/act_1/undo',
      { body: SAMPLES.undoAction?.body },
      'undoAction',
      [owner, ACTION, { despiteChanges: true, reason: 'Wrong list', outside: false }],
    ],
    ['/v1/actions/act_1/snooze', { body: { until: 'tomorrow' } }, 'snoozeAction', [owner, ACTION, 'tomorrow']],
    [
      '/v1/actions/act_1/snooze',
      { body: { until: '2026-03-03T10:00:00+01:00' } },
      'snoozeAction',
      [owner, ACTION, LATER],
    ],
    ['/v1/actions/act_1/test', { method: 'POST' }, 'sendTest', [owner, ACTION]],
  ])('%s %o', async (path, sent, verb, args) => {
    const { app, gate } = httpApp()
    const answer = await app.request(request(path, sent))
    expect(answer.status).toBe(200)
    expect(gate.calls).toEqual([{ verb, args }])
  })

  it('answers the action after a decision, and where a test went', async () => {
    const { app } = httpApp()
    const decided = await app.request(request('/v1/actions/act_1/decisions', { body: DECISION }))
    expect(await decided.json()).toMatchObject({ id: ACTION, state: 'ready' })
    const sent = await app.request(request('/v1/actions/act_1/test', { method: 'POST' }))
    expect(await sent.json()).toEqual({ sent_to: 'owner@example.com' })
  })

  test.each([
    [{ decision: 'approve', payload_hash: 'short' }, 'payload_hash'],
    [{ decision: 'perhaps', payload_hash: HASH }, 'decision'],
    [{ decision: 'approve' }, 'payload_hash'],
  ])('%o is 400', async (body, path) => {
    const { app, gate } = httpApp()
    const answer = await app.request(request('/v1/actions/act_1/decisions', { body }))
    expect(answer.status).toBe(400)
    expect((await answer.json()).problems).toMatchObject([{ path }])
    expect(gate.calls).toEqual([])
  })
})

describe('POST /v1/actions/decisions', () => {
  it('gives each its own result; a refusal drops no other', async () => {
    const { app, gate } = httpApp({
      gate: fakeGate({
        decideAction: (_actor, { actionId }) =>
          Promise.resolve(
            actionId === ACTION
              ? ok(actionView({ state: 'ready' }))
              : err({ kind: 'already_decided', state: 'rejected', by: 'The owner', at: AT }),
          ),
      }),
    })
    const decisions = ['act_2', 'act_1', 'nonsense', 'act_1'].map((action_id) => ({ action_id, ...DECISION }))
    const answer = await app.request(request('/v1/actions/decisions', { body: { decisions } }))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      items: [
        {
          action_id: 'act_2',
          status: 409,
          problem: expect.objectContaining({
            type: 'urn:tenure:problem:already_decided',
            state: 'rejected',
            by: 'The owner',
            at: '2026-03-02T09:00:00.000Z',
            instance: REQUEST_ID,
          }),
        },
        { action_id: 'act_1', status: 200, action: expect.objectContaining({ id: 'act_1', state: 'ready' }) },
        {
          action_id: 'nonsense',
          status: 404,
          problem: expect.objectContaining({ type: 'urn:tenure:problem:not_found' }),
        },
        { action_id: 'act_1', status: 200, action: expect.objectContaining({ id: 'act_1' }) },
      ],
    })
    expect(gate.calls.map(({ args }) => (args[1] as { actionId: string }).actionId)).toEqual([
      'act_2',
      'act_1',
      'act_1',
    ])
  })

  test.each([0, 101])('refuses %i of them', async (count) => {
    const { app, gate } = httpApp()
    const decisions = Array.from({ length: count }, () => ({ action_id: 'act_1', ...DECISION }))
    const answer = await app.request(request('/v1/actions/decisions', { body: { decisions } }))
    expect(answer.status).toBe(400)
    expect(gate.calls).toEqual([])
  })
})

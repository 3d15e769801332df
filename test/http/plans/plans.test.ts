import { describe, expect, it, test } from 'vitest'
import { ok } from '../../../core/domain/result.ts'
import type { PlanView } from '../../../core/gate/views.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { httpApp, PUBLIC_URL, request } from '../../support/http-app.ts'
import { DECISION, SAMPLES } from '../../support/http-samples.ts'
import { testRoutes } from '../../support/route-rows.ts'
import { agent, HASH, PLAN, planView } from '../../support/views.ts'

testRoutes([
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
])

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

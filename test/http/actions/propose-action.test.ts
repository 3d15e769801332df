import { createHash } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { canonicalJson } from '../../../core/domain/canonical.ts'
import { ok } from '../../../core/domain/result.ts'
import type { State } from '../../../core/domain/action-states.ts'
import { asAgent, httpApp, request } from '../../support/http-app.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { SAMPLES } from '../../support/http-samples.ts'
import { ACTION, actionView, agent, idOf } from '../../support/views.ts'

const MINIMAL = { kind: 'mailchimp.campaign.send', input: { campaign_id: 'c1' }, reason: 'Tuesday' }
const KEY = { 'idempotency-key': 'key-1' }

function proposing(state: State, { replayed = false, dryRun = false } = {}) {
  const action = actionView({ state, dryRun })
  return httpApp({ gate: fakeGate({ proposeAction: () => Promise.resolve(ok({ action, replayed })) }) })
}

const send = (headers: Record<string, string> = {}, body: unknown = MINIMAL) =>
  request('/v1/actions', { body, headers: { ...KEY, ...headers }, ...asAgent })

describe('status by the state reached', () => {
  test.each<[State, number]>([
    ['executed', 201],
    ['settled', 201],
    ['proposed', 202],
    ['awaiting_approval', 202],
    ['held', 202],
    ['scheduled', 202],
    ['ready', 202],
    ['executing', 202],
    ['unknown', 202],
    ['undoing', 202],
    ['changes_requested', 202],
    ['observed', 200],
    ['rejected', 200],
    ['expired', 200],
    ['cancelled', 200],
    ['superseded', 200],
    ['failed', 200],
    ['undone', 200],
  ])('%s is %i, with the action and where it is', async (state, status) => {
    const { app } = proposing(state)
    const answer = await app.request(send())
    expect(answer.status).toBe(status)
    expect(answer.headers.get('location')).toBe('/v1/actions/act_1')
    expect(answer.headers.get('idempotent-replayed')).toBeNull()
    expect(answer.headers.get('preference-applied')).toBeNull()
    expect(await answer.json()).toMatchObject({ id: ACTION, state })
  })

  it('is 422 with the action inside when a guardrail blocked it', async () => {
    const verdict = {
      outcome: 'block',
      reasons: [
        { rule: 'words', outcome: 'block', text: 'It says "miracle".' },
        { rule: 'amount', outcome: 'warn', text: 'It is dear.' },
      ],
    } as const
    const action = actionView({ state: 'blocked', verdict })
    const gate = fakeGate({ proposeAction: () => Promise.resolve(ok({ action, replayed: true })) })
    const answer = await httpApp({ gate }).app.request(send())
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('location')).toBe('/v1/actions/act_1')
    expect(answer.headers.get('idempotent-replayed')).toBe('true')
    expect(await answer.json()).toMatchObject({
      type: 'urn:tenure:problem:blocked',
      detail: 'It says "miracle".',
      action: { id: ACTION, state: 'blocked', verdict },
    })
  })

  test.each<[State, { replayed?: boolean; dryRun?: boolean }, string | null]>([
    ['executed', { replayed: true }, 'true'],
    ['awaiting_approval', { replayed: true }, 'true'],
    ['executed', { dryRun: true }, null],
    ['awaiting_approval', { dryRun: true }, null],
  ])('%s is 200 when %o', async (state, how, replayed) => {
    const answer = await proposing(state, how).app.request(send())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('idempotent-replayed')).toBe(replayed)
  })
})

describe('what reaches the gate', () => {
  it('is every field, under the names of the gate', async () => {
    const { app, gate } = httpApp()
    const body = SAMPLES.proposeAction?.body ?? {}
    await app.request(send({}, body))
    const [actor, proposal, once] = gate.calls[0]?.args ?? []
    expect(actor).toBe(agent)
    expect(proposal).toEqual({
      kind: 'mailchimp.campaign.send',
      input: { campaign_id: 'c1' },
      connection: 'Newsletter account',
      reason: 'Tuesday mornings are read most',
      requestedBy: { member: 'owner@example.com', words: 'please', thread: { channel: 'C1', ts: '1.2' } },
      evidence: [{ label: 'Open rates', url: 'https://example.com/rates' }],
      agentCost: { minor: 3, currency: 'EUR' },
      confidence: 0.8,
      question: { about: 'people', says: 'Is it the right list?' },
      labels: { category: 'email_campaign', scenario: 'newsletter' },
      fingerprint: { model: 'm1', prompt: 'p1', template: 't1' },
      notBefore: new Date('2026-03-02T09:00:00Z'),
      expiresAt: new Date('2026-03-03T09:00:00Z'),
      supersedes: idOf('act', 'act_0'),
      callbackUrl: 'https://example.com/done',
      dryRun: false,
    })
    const bodyDigest = createHash('sha256')
      .update(canonicalJson(JSON.parse(JSON.stringify(body))))
      .digest('hex')
    expect(once).toEqual({ key: 'key-1', bodyDigest })
  })

  it('has no field that was not given', async () => {
    const { app, gate } = httpApp()
    await app.request(send())
    expect(Object.keys(gate.calls[0]?.args[1] ?? {}).toSorted()).toEqual(['input', 'kind', 'reason'])
  })

  it('has the same digest for the same body written otherwise, another for another', async () => {
    const { app, gate } = httpApp()
    await app.request(send({}, '{"kind":"k.a.b","input":{"a":1,"b":2},"reason":"r"}'))
    await app.request(send({}, '{ "reason":"r", "input":{"b":2,"a":1.0}, "kind":"k.a.b" }'))
    await app.request(send({}, '{"kind":"k.a.b","input":{"a":1,"b":3},"reason":"r"}'))
    const digests = gate.calls.map(({ args }) => (args[2] as { bodyDigest: string }).bodyDigest)
    expect(digests[0]).toBe(digests[1])
    expect(digests[2]).not.toBe(digests[0])
  })
})

describe('Idempotency-Key', () => {
  test.each([
    ['none', null],
    ['an empty one', ''],
    ['256 characters', 'k'.repeat(256)],
    ['a tab inside', 'a\tb'],
    ['beyond ASCII', 'schlüssel'],
  ])('answers 400 to %s', async (_what, key) => {
    const { app, gate } = httpApp()
    const headers = key === null ? {} : { 'idempotency-key': key }
    const answer = await app.request(request('/v1/actions', { body: MINIMAL, headers, ...asAgent }))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ problems: [{ path: 'Idempotency-Key' }] })
    expect(gate.calls).toEqual([])
  })

  test.each(['k', 'k'.repeat(255), 'a b~!'])('takes %s', async (key) => {
    const { app, gate } = httpApp()
    expect((await app.request(send({ 'idempotency-key': key }))).status).toBe(202)
    expect(gate.calls[0]?.args[2]).toMatchObject({ key })
  })
})

describe('fields', () => {
  test.each([
    ['input', '{"kind":"k.a.b","input":{"n":1e999},"reason":"r"}', 'input.n'],
    ['a time without its offset', { ...MINIMAL, not_before: '2026-03-02T09:00:00' }, 'not_before'],
    ['a script address', { ...MINIMAL, callback_url: 'javascript:alert(1)' }, 'callback_url'],
    ['an id of another thing', { ...MINIMAL, supersedes: 'mem_1' }, 'supersedes'],
    ['a blank reason', { ...MINIMAL, reason: '  ' }, 'reason'],
    ['a confidence above 1', { ...MINIMAL, confidence: 1.1 }, 'confidence'],
    ['part of a cent', { ...MINIMAL, agent_cost: { minor: 0.5, currency: 'EUR' } }, 'agent_cost.minor'],
    ['an unknown label', { ...MINIMAL, labels: { trust: 'me' } }, 'labels.trust'],
    ['variants, which are not offered', { ...MINIMAL, variants: [] }, 'variants'],
    ['a missing kind', { input: {}, reason: 'r' }, 'kind'],
  ])('answers 400 to %s, naming it', async (_what, body, path) => {
    const { app, gate } = httpApp()
    const answer = await app.request(send({}, body))
    expect(answer.status).toBe(400)
    expect((await answer.json()).problems).toEqual([{ path, says: expect.any(String) }])
    expect(gate.calls).toEqual([])
  })
})

describe('Prefer: wait', () => {
  function waiting(before: State, after: State) {
    const gate = fakeGate({
      proposeAction: () => Promise.resolve(ok({ action: actionView({ state: before }), replayed: false })),
      awaitResting: () => Promise.resolve(ok(actionView({ state: after }))),
    })
    return httpApp({ gate })
  }

  test.each([
    ['wait=5', 5],
    ['respond-async, wait=5', 5],
    ['WAIT = "5"', 5],
    ['wait=31', 30],
    ['wait=99999', 30],
  ])('%s waits for the next resting state and answers its status', async (prefer, seconds) => {
    const { app, gate } = waiting('ready', 'executed')
    const answer = await app.request(send({ prefer }))
    expect(answer.status).toBe(201)
    expect(answer.headers.get('preference-applied')).toBe(`wait=${seconds}`)
    expect(await answer.json()).toMatchObject({ state: 'executed' })
    expect(gate.calls.map(({ verb }) => verb)).toEqual(['proposeAction', 'awaitResting'])
    expect(gate.calls[1]?.args).toEqual([agent, ACTION, seconds * 1000])
  })

  it('does not wait for what rests already', async () => {
    const { app, gate } = waiting('awaiting_approval', 'executed')
    const answer = await app.request(send({ prefer: 'wait=5' }))
    expect(answer.status).toBe(202)
    expect(answer.headers.get('preference-applied')).toBe('wait=5')
    expect(gate.calls.map(({ verb }) => verb)).toEqual(['proposeAction'])
  })

  test.each(['wait=-1', 'wait=soon', 'wait', 'return=minimal', 'await=5'])(
    '%s is no such preference',
    async (prefer) => {
      const { app, gate } = waiting('ready', 'executed')
      const answer = await app.request(send({ prefer }))
      expect(answer.status).toBe(202)
      expect(answer.headers.get('preference-applied')).toBeNull()
      expect(gate.calls).toHaveLength(1)
    },
  )

  it('answers what was stored when the wait itself is refused', async () => {
    const gate = fakeGate({
      proposeAction: () => Promise.resolve(ok({ action: actionView({ state: 'ready' }), replayed: false })),
      awaitResting: () => Promise.resolve({ ok: false, error: { kind: 'rate_limited', retryAfterMs: 1000 } }),
    })
    const answer = await httpApp({ gate }).app.request(send({ prefer: 'wait=5' }))
    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({ state: 'ready' })
  })
})

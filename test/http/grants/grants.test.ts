import { describe, expect, it, test } from 'vitest'
import { httpApp, request, type Sent } from '../../support/http-app.ts'
import { SAMPLES } from '../../support/http-samples.ts'
import { AGENT, owner } from '../../support/views.ts'

const GRANT = {
  scope: 'crm_update.small',
  scenario: 'hubspot.contact.update',
  agent: 'agt_1',
  level: 4,
  in_force: 3,
  by: 'The owner',
  at: '2026-03-02T09:00:00.000Z',
  until: '2026-03-03T09:00:00.000Z',
  reclaimed: null,
  observed: null,
}
const TAKEN_BACK = { ...GRANT, level: 2, in_force: 2, until: null, reclaimed: 4 }
const CONSENT = {
  category: 'crm_update',
  up_to: 4,
  by: 'The owner',
  at: '2026-03-02T09:00:00.000Z',
  withdrawn_at: null,
  withdrawn_why: null,
}
const ONE_OF_THEM = { scenario: 'hubspot.contact.update', agentId: AGENT }

const sample = (operationId: string, method: string): Sent => ({ method, body: SAMPLES[operationId]?.body })

test.each<[string, string, Sent, readonly unknown[], unknown]>([
  ['listGrants', '/v1/grants', {}, [], GRANT],
  [
    'setGrant',
    '/v1/grants',
    sample('setGrant', 'PUT'),
    ['crm_update.small', 3, { ...ONE_OF_THEM, until: new Date('2026-06-01T00:00:00Z'), reason: 'Twenty good ones' }],
    { ...GRANT, level: 3 },
  ],
  [
    'setGrant',
    '/v1/grants',
    { method: 'PUT', body: { scope: 'crm_update.small', level: 1 } },
    ['crm_update.small', 1, {}],
    { ...GRANT, level: 1 },
  ],
  [
    'reclaimLevel',
    '/v1/grants/reclaim',
    sample('reclaimLevel', 'POST'),
    [{ what: 'crm_update', ...ONE_OF_THEM }, 'A busy week'],
    TAKEN_BACK,
  ],
  ['reclaimLevel', '/v1/grants/reclaim', { body: { what: 'crm_update' } }, [{ what: 'crm_update' }, null], TAKEN_BACK],
  [
    'handBack',
    '/v1/grants/hand-back',
    sample('handBack', 'POST'),
    [{ what: 'crm_update.small', ...ONE_OF_THEM }, 'It is over'],
    GRANT,
  ],
  ['handBack', '/v1/grants/hand-back', { body: { what: 'crm_update' } }, [{ what: 'crm_update' }, null], GRANT],
  ['listStandingConsents', '/v1/grants/automatic', {}, [], CONSENT],
  ['setStandingConsent', '/v1/grants/automatic', sample('setStandingConsent', 'PUT'), ['crm_update', 4], CONSENT],
  [
    'setStandingConsent',
    '/v1/grants/automatic',
    { method: 'PUT', body: { category: 'crm_update', up_to: null } },
    ['crm_update', null],
    { ...CONSENT, withdrawn_at: '2026-03-03T09:00:00.000Z', withdrawn_why: 'withdrawn by The owner' },
  ],
])('%s is asked by %s with %o', async (verb, path, sent, args, item) => {
  const { app, gate, logged } = httpApp()
  const answer = await app.request(request(path, sent))
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ items: [item] })
  expect(gate.calls).toEqual([{ verb, args: [owner, ...args] }])
  expect(logged).toEqual([])
})

describe('what is not well formed', () => {
  test.each<[string, string, object, string]>([
    ['/v1/grants', 'PUT', { scope: 'crm_update.small', level: 6 }, 'level'],
    ['/v1/grants', 'PUT', { scope: 'crm_update.small', level: 3, agent: 'mem_1' }, 'agent'],
    ['/v1/grants', 'PUT', { scope: 'crm_update.small', level: 3, until: 'tomorrow' }, 'until'],
    ['/v1/grants/reclaim', 'POST', {}, 'what'],
    ['/v1/grants/hand-back', 'POST', { what: ' ' }, 'what'],
    ['/v1/grants/automatic', 'PUT', { category: 'crm_update', up_to: 5 }, 'up_to'],
    ['/v1/grants/automatic', 'PUT', { category: 'crm_update' }, 'up_to'],
    ['/v1/grants/automatic', 'PUT', { category: 'weather', up_to: 3 }, 'category'],
  ])('%s %s with %o names %s', async (path, method, body, field) => {
    const { app, gate } = httpApp()
    const answer = await app.request(request(path, { method, body }))
    expect(answer.status).toBe(400)
    expect((await answer.json()).problems).toMatchObject([{ path: field }])
    expect(gate.calls).toEqual([])
  })
})

it('names what is missing, line by line', async () => {
  const { app, gate } = httpApp()
  gate.refuseWith({ kind: 'not_earned', missing: ['The score is 55; 60 is needed.', 'Seven more clean decisions.'] })
  const answer = await app.request(request('/v1/grants', sample('setGrant', 'PUT')))
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({
    type: 'urn:tenure:problem:not_earned',
    missing: ['The score is 55; 60 is needed.', 'Seven more clean decisions.'],
  })
})

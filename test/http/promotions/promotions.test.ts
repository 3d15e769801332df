import { expect, it, test } from 'vitest'
import { httpApp, request, type Sent } from '../../support/http-app.ts'
import { PROMOTION } from '../../support/promotion-views.ts'
import { owner } from '../../support/views.ts'

const PROPOSED = {
  id: 'prm_1',
  state: 'open',
  version: 1,
  scope: 'crm_update.small',
  scenario: 'hubspot.contact.update',
  agent: { id: 'agt_1', name: 'Newsletter writer' },
  to: 3,
  title: 'CRM updates, small: let Newsletter writer act and tell you?',
  says: 'Newsletter writer may then act and tell you, with a day to undo.',
  dossier: {
    gates: [
      { name: 'score', status: 'held', has: 79.25, needs: 60, says: 'The score is 79; 60 is needed.' },
      { name: 'evidence', status: 'missing', has: 12.5, needs: 20, says: 'The evidence is 12; 20 is needed.' },
      { name: 'consent', status: 'not_applicable_yet', has: null, needs: 1, says: 'A person has to consent.' },
    ],
    accuracy: { correct: 39, judged: 41, share: 39 / 41, lcb: 0.875 },
    alone: { decisions: 44, same: 38, unchanged: 4, wrong: 1, unjudged: 1 },
    worst: [
      { action_id: 'act_1', title: 'Update Ada’s phone', at: '2026-03-02T09:00:00.000Z', says: 'rejected (minor)' },
    ],
    exposure: { actions: 44, people: 1200, amount_minor: 125_000, most_people: 90, most_minor: 4_500 },
    unjudged: 1 / 44,
  },
  opened_at: '2026-03-02T09:00:00.000Z',
  until: '2026-03-03T09:00:00.000Z',
  ended_at: null,
  by: null,
  reason: null,
}
const CLOSED = { ...PROPOSED, ended_at: '2026-03-03T09:00:00.000Z', by: 'The owner' }

test.each<[string, Sent, string, readonly unknown[], unknown]>([
  ['/v1/promotions', {}, 'listPromotions', [null], { items: [PROPOSED] }],
  ['/v1/promotions?state=open', {}, 'listPromotions', ['open'], { items: [PROPOSED] }],
  ['/v1/promotions/prm_1', {}, 'getPromotion', [PROMOTION], PROPOSED],
  [
    '/v1/promotions/prm_1/decisions',
    { body: { decision: 'grant' } },
    'decidePromotion',
    [PROMOTION, 'grant', null],
    { ...CLOSED, state: 'granted' },
  ],
  [
    '/v1/promotions/prm_1/decisions',
    { body: { decision: 'decline', reason: 'After the launch' } },
    'decidePromotion',
    [PROMOTION, 'decline', 'After the launch'],
    { ...CLOSED, state: 'declined', reason: 'After the launch' },
  ],
])('%s %o asks %s', async (path, sent, verb, args, answers) => {
  const { app, gate, logged } = httpApp()
  const answer = await app.request(request(path, sent))
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual(answers)
  expect(gate.calls).toEqual([{ verb, args: [owner, ...args] }])
  expect(logged).toEqual([])
})

test.each([
  ['/v1/promotions?state=maybe', {}, 'state'],
  ['/v1/promotions?page=2', {}, 'page'],
  ['/v1/promotions/prm_1/decisions', { body: { decision: 'approve' } }, 'decision'],
])('%s %o is 400 naming %s', async (path, sent, field) => {
  const { app, gate } = httpApp()
  const answer = await app.request(request(path, sent))
  expect(answer.status).toBe(400)
  expect((await answer.json()).problems).toMatchObject([{ path: field }])
  expect(gate.calls).toEqual([])
})

it('says by whom and when it was answered before', async () => {
  const { app, gate } = httpApp()
  gate.refuseWith({ kind: 'already_answered', by: 'The owner', at: new Date('2026-03-02T09:00:00Z') })
  const answer = await app.request(request('/v1/promotions/prm_1/decisions', { body: { decision: 'grant' } }))
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ by: 'The owner', at: '2026-03-02T09:00:00.000Z' })
})

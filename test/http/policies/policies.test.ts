import { post, put, testRoutes } from '../../support/route-rows.ts'
import { POLICY_TRIAL } from '../../support/views.ts'

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

testRoutes([
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
])

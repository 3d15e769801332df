import { post, testRoutes } from '../../support/route-rows.ts'
import { AGENT, CALLBACK } from '../../support/views.ts'

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

testRoutes([
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
  {
    path: '/v1/agents/agt_1/callback-secret',
    sent: { method: 'POST' },
    status: 201,
    asks: ['rotateCallbackSecret', AGENT],
    answers: NEW_SECRET,
  },
])

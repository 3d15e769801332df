import { testRoutes } from '../../support/route-rows.ts'
import { AGENT } from '../../support/views.ts'

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

testRoutes([
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
])

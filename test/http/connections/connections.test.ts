import { post, testRoutes } from '../../support/route-rows.ts'

const CONNECTED = {
  id: 'con_1',
  platform: 'mailchimp',
  name: 'Newsletter account',
  state: 'live',
  sandbox: true,
  webhook_url: 'https://gate.example.com/webhooks/mailchimp/con_1?key=wks_1.secret',
}

testRoutes([
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
])

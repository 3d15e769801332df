import { post, testRoutes } from '../../support/route-rows.ts'
import { EXCEPTION } from '../../support/views.ts'

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

testRoutes([
  { path: '/v1/exceptions', status: 200, asks: ['listExceptions'], answers: { items: [EXCEPTED] } },
  {
    path: '/v1/exceptions/exc_1/resolution',
    sent: post('resolveException'),
    status: 200,
    asks: ['resolveException', EXCEPTION, 'happened'],
    answers: { ...EXCEPTED, resolved_at: '2026-03-03T09:00:00.000Z', resolved_by: 'The owner', options: [] },
  },
])

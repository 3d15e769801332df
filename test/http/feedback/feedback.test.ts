import { expect, it } from 'vitest'
import { httpApp, request } from '../../support/http-app.ts'
import { testRoutes } from '../../support/route-rows.ts'
import { FEEDBACK, owner } from '../../support/views.ts'

testRoutes([
  {
    path: '/v1/feedback?limit=10&cursor=abc',
    status: 200,
    asks: ['listFeedback', { limit: 10, cursor: 'abc' }],
    answers: {
      items: [
        {
          id: 'fbk_1',
          action_id: 'act_1',
          kind: 'mailchimp.campaign.send',
          category: 'email_campaign',
          decision: 'reject',
          severity: 'minor',
          says: 'The headline shouts',
          changes: [],
          advice: 'Do not resend this.',
          by: 'The owner',
          at: '2026-03-02T09:00:00.000Z',
        },
      ],
      next_cursor: 'next',
    },
  },
])

it('DELETE /v1/feedback/{id} answers 204 without a body', async () => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/feedback/fbk_1', { method: 'DELETE' }))
  expect(answer.status).toBe(204)
  expect(await answer.text()).toBe('')
  expect(gate.calls).toEqual([{ verb: 'deleteFeedback', args: [owner, FEEDBACK] }])
})

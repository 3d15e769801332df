import { expect, it } from 'vitest'
import { httpApp, request } from '../../support/http-app.ts'

it('GET /v1/kinds answers the catalogue without asking the gate', async () => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/kinds'))
  expect(await answer.json()).toEqual({
    items: [
      {
        id: 'mailchimp.campaign.send',
        title: 'Send a campaign',
        platform: 'mailchimp',
        category: 'email_campaign',
        channel: 'email',
        risk: 'medium',
        effect: { repeat: 'unsafe', undo: 'held', preparing: false },
        reaches_people: true,
        can_test: false,
        fields: [
          { name: 'campaign_id', label: 'Campaign', type: 'text', required: true, max_length: 50, editable: false },
        ],
        json_schema: { type: 'object', required: ['campaign_id'], additionalProperties: false },
      },
    ],
  })
  expect(gate.calls).toEqual([])
})

import { expect, it, test } from 'vitest'
import { httpApp, request } from '../../support/http-app.ts'
import { owner } from '../../support/views.ts'

it('answers both sides with their shares', async () => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/rollout/crm_update.small'))
  expect(answer.status).toBe(200)
  expect(gate.calls).toEqual([{ verb: 'compareRollout', args: [owner, 'crm_update.small'] }])
  expect(await answer.json()).toEqual({
    scope: 'crm_update.small',
    level: 3,
    since: '2026-03-02T09:00:00.000Z',
    due_at: '2026-03-03T09:00:00.000Z',
    due: false,
    baseline: { runs: 40, judged: 40, overridden: 3, share: 0.075, timed: 20, review_minutes: 31.5 },
    autonomous: { runs: 50, judged: 0, overridden: 0, share: null, timed: 0, review_minutes: 0 },
    verdict: 'too_few_to_say',
    rise_at_most: null,
    rule: 'The rule.',
    says: 'CRM updates, small: too few to say.',
  })
})

test.each(['crm_update', 'CRM.small', 'crm_update.small.x', 'a'.repeat(41) + '.small'])('%s is 404', async (scope) => {
  const { app, gate } = httpApp()
  const answer = await app.request(request(`/v1/rollout/${scope}`))
  expect(answer.status).toBe(404)
  expect(gate.calls).toEqual([])
})

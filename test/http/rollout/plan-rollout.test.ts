import { expect, it, test } from 'vitest'
import { httpApp, request } from '../../support/http-app.ts'
import { SAMPLES } from '../../support/http-samples.ts'
import { owner } from '../../support/views.ts'

const send = async (body: unknown) => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/rollout', { body: body as Record<string, unknown> }))
  return { gate, status: answer.status, body: await answer.json() }
}
const LEAST = { name: 'Tag contacts', runs_per_month: 30, sensitivity: 'low', data_quality: 'good' }

it('asks the gate for the whole audit, and answers the plan', async () => {
  const { gate, status, body } = await send(SAMPLES.planRollout?.body)
  expect(status).toBe(200)
  expect(gate.calls).toEqual([
    {
      verb: 'planRollout',
      args: [
        owner,
        {
          startsOn: '2026-03-02',
          workflows: [
            {
              name: 'Monthly newsletter',
              kind: 'mailchimp.campaign.send',
              category: 'email_campaign',
              origin: 'existing_workflow',
              runsPerMonth: 4,
              people: 1200,
              listSize: 15_000,
              amountMinor: 300,
              sensitivity: 'low',
              risk: 'medium',
              undo: 'held',
              dataQuality: 'good',
              isNewGround: true,
              today: { successRate: 0.9, minutesPerRun: 45 },
            },
          ],
        },
      ],
    },
  ])
  expect(body).toEqual({
    starts_on: '2026-03-02',
    workflows: [
      {
        name: 'Monthly newsletter',
        scope: 'email_campaign.medium',
        start_at: 1,
        aim_at: 3,
        ceiling: 3,
        why: 'Level 3 (act and notify): medium risk, good data, 4 runs a month, routine.',
        blocks: [{ by: 'data', level: 3, says: 'More needs results that can be traced to what was done.' }],
        benchmarks: [
          { measure: 'success_rate', is: 'at_least', unit: 'share', value: 0.9, says: 'As often as today.' },
          { measure: 'open_rate', is: 'at_least', unit: 'share', value: null, says: 'Measure it first.' },
          { measure: 'review_minutes_per_run', is: 'at_most', unit: 'minutes', value: 45, says: 'No more than today.' },
        ],
        progress: { level: 2, cycles: 12, needs: 30, decisions: 13, rejections: 1, full_review_for: 4 },
        thirtieth_on: '2026-07-20',
        first_grant: { on: '2026-07-20', phase: null },
      },
    ],
    phases: [
      { phase: 1, from_day: 1, to_day: 14, from: '2026-03-02', to: '2026-03-15', todo: ['Set the benchmarks.'] },
      { phase: 2, from_day: 15, to_day: 30, from: '2026-03-16', to: '2026-03-31', todo: [] },
    ],
    later: ['2026-07-20: grant email_campaign.medium level 3.'],
    next: [{ what: 'raise', scope: 'crm_update.small', to: 4, says: 'crm_update.small held.' }],
  })
})

it('fills in what was left out', async () => {
  const { gate } = await send({ workflows: [LEAST] })
  expect(gate.calls[0]?.args[1]).toEqual({
    startsOn: null,
    workflows: [
      {
        name: 'Tag contacts',
        kind: null,
        category: null,
        origin: 'agent',
        runsPerMonth: 30,
        people: 0,
        listSize: null,
        amountMinor: 0,
        sensitivity: 'low',
        risk: null,
        undo: null,
        dataQuality: 'good',
        isNewGround: false,
        today: { successRate: null, minutesPerRun: null },
      },
    ],
  })
})

test.each<[string, object, string]>([
  ['no workflow', { workflows: [] }, 'workflows'],
  ['too many', { workflows: Array.from({ length: 101 }, () => LEAST) }, 'workflows'],
  ['no day', { starts_on: '2026-02-30', workflows: [LEAST] }, 'starts_on'],
  ['too far ahead', { starts_on: '2100-01-02', workflows: [LEAST] }, 'starts_on'],
  ['too long ago', { starts_on: '1999-12-31', workflows: [LEAST] }, 'starts_on'],
  ['never run', { workflows: [{ ...LEAST, runs_per_month: 0 }] }, 'workflows.0.runs_per_month'],
  ['less than nobody', { workflows: [{ ...LEAST, people: -1 }] }, 'workflows.0.people'],
  ['an unknown sensitivity', { workflows: [{ ...LEAST, sensitivity: 'some' }] }, 'workflows.0.sensitivity'],
  ['an unknown field', { workflows: [{ ...LEAST, level: 5 }] }, 'workflows.0.level'],
  ['more than always', { workflows: [{ ...LEAST, today: { success_rate: 90 } }] }, 'workflows.0.today.success_rate'],
])('%s is 400', async (_name, body, path) => {
  const found = await send(body)
  expect(found.status).toBe(400)
  expect(found.body.problems).toMatchObject([{ path }])
  expect(found.gate.calls).toEqual([])
})

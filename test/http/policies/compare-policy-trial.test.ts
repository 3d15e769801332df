import { expect, it, test } from 'vitest'
import { httpApp, request } from '../../support/http-app.ts'
import { owner, POLICY_TRIAL } from '../../support/views.ts'

const PATH = '/v1/policies/trials/ptr_1/compare'
const ask = (app: ReturnType<typeof httpApp>['app'], body: object, headers: Record<string, string> = {}) =>
  app.request(request(PATH, { body: { ...body }, headers }))

it('answers progress and then both versions, one line each', async () => {
  const { app, gate } = httpApp()
  const answer = await ask(app, { days: 14 })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = (await answer.text()).trimEnd().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { line: 'progress', done: 0, of: 42 },
    { line: 'progress', done: 42, of: 42 },
    {
      line: 'result',
      trial: { id: 'ptr_1', version: 4 },
      in_force_version: 3,
      days_before: 14,
      total: {
        actions: 42,
        on_trial: { asked: 16, review_minutes: 14, let_through: 2 },
        in_force: { asked: 31, review_minutes: 29, let_through: 1 },
      },
      before: { actions: 42 },
      examples: [{ action: 'act_1', says_on_trial: 'It would have run without a person.' }],
    },
  ])
  expect(gate.calls).toEqual([{ verb: 'comparePolicyTrial', args: [owner, POLICY_TRIAL, 14] }])
})

it('answers only the result to whom JSON is enough, and compares since the trial where no days are named', async () => {
  const { app, gate } = httpApp()
  const answer = await ask(app, {}, { accept: 'application/json' })
  expect(answer.headers.get('content-type')).toMatch('application/json')
  expect(await answer.json()).toMatchObject({ days_before: 0, before: null, looser: 15 })
  expect(gate.calls[0]?.args[2]).toBe(0)
})

test.each([-1, 366, 1.5, '7'])('days: %o is 400', async (days) => {
  const { app, gate } = httpApp()
  const answer = await ask(app, { days })
  expect(answer.status).toBe(400)
  expect((await answer.json()).problems).toMatchObject([{ path: 'days' }])
  expect(gate.calls).toEqual([])
})

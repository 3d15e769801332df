import { expect, test } from 'vitest'
import { httpApp, request } from '../../support/http-app.ts'
import { post, testRoutes } from '../../support/route-rows.ts'
import { SWITCH } from '../../support/views.ts'

const SWITCHED = {
  id: 'swt_1',
  target: { kind: 'platform', value: 'mailchimp' },
  words: 'Mailchimp',
  reason: 'A wrong list',
  by: 'The owner',
  at: '2026-03-02T09:00:00.000Z',
  mode: 'stop',
  until: null,
}

testRoutes([
  { path: '/v1/switches', status: 200, asks: ['listSwitches'], answers: { items: [SWITCHED] } },
  {
    path: '/v1/switches',
    sent: post('stop'),
    status: 201,
    asks: ['stop', { kind: 'platform', value: 'mailchimp' }, 'A wrong list'],
    answers: {
      switch: SWITCHED,
      executing: [expect.objectContaining({ id: 'act_1', state: 'executing' })],
      recalled: 2,
    },
  },
  {
    path: '/v1/switches',
    sent: { body: { target: { kind: 'workspace' } } },
    status: 201,
    asks: ['stop', { kind: 'workspace' }, null],
    answers: expect.objectContaining({
      switch: { ...SWITCHED, target: { kind: 'workspace', value: null }, reason: null },
    }),
  },
  {
    path: '/v1/switches/swt_1?reason=mended',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['resume', SWITCH, 'mended', { stage: 'all' }],
    answers: { items: [SWITCHED] },
  },
  {
    path: '/v1/switches?stage=review&for_hours=48',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['resume', 'every', null, { stage: 'review', forHours: 48 }],
    answers: { items: [SWITCHED] },
  },
])

test.each([
  [{ kind: 'agent' }, 'target.value'],
  [{ kind: 'workspace', value: 'x' }, 'target.value'],
  [{ kind: 'planet', value: 'x' }, 'target.kind'],
])('a stop of %o is 400', async (target, path) => {
  const { app, gate } = httpApp()
  const answer = await app.request(request('/v1/switches', { body: { target } }))
  expect(answer.status).toBe(400)
  expect((await answer.json()).problems).toMatchObject([{ path }])
  expect(gate.calls).toEqual([])
})

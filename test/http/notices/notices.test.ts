import { expect, it, test } from 'vitest'
import { ok } from '../../../core/domain/result.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { httpApp, request, type Sent } from '../../support/http-app.ts'
import { NOTICE, noticeView } from '../../support/promotion-views.ts'
import { owner } from '../../support/views.ts'

const TOLD = {
  id: 'ntc_1',
  kind: 'lapse_soon',
  version: 1,
  title: 'CRM updates, small: runs out soon',
  lines: ['It runs out on 1 April.', 'Renew it, or it costs one level.'],
  about: { scope: 'crm_update.small', scenario: 'hubspot.contact.update', agent: 'agt_1' },
  action: null,
  at: '2026-03-02T09:00:00.000Z',
  answered_at: null,
  by: null,
  answer: null,
}

test.each<[string, Sent, string, readonly unknown[], unknown]>([
  ['/v1/notices/ntc_1', {}, 'getNotice', [NOTICE], TOLD],
  ...(['renew', 'review', 'dismiss'] as const).map((answer): [string, Sent, string, readonly unknown[], unknown] => [
    '/v1/notices/ntc_1/answers',
    { body: { answer } },
    'answerNotice',
    [NOTICE, answer],
    { ...TOLD, answered_at: '2026-03-03T09:00:00.000Z', by: 'The owner', answer },
  ]),
])('%s %o asks %s', async (path, sent, verb, args, answers) => {
  const { app, gate, logged } = httpApp()
  const answer = await app.request(request(path, sent))
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual(answers)
  expect(gate.calls).toEqual([{ verb, args: [owner, ...args] }])
  expect(logged).toEqual([])
})

it('is about nobody where it names nobody', async () => {
  const body = { title: 'Have a look?', lines: ['Nothing is wrong.'] }
  const gate = fakeGate({ getNotice: () => Promise.resolve(ok(noticeView({ kind: 'invitation', body }))) })
  const answer = await httpApp({ gate }).app.request(request('/v1/notices/ntc_1'))
  expect(await answer.json()).toMatchObject({ kind: 'invitation', title: 'Have a look?', about: null })
})

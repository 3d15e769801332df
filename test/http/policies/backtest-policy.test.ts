import { expect, it, test } from 'vitest'
import { ok } from '../../../core/domain/result.ts'
import { backtestLines } from '../../support/backtest-views.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { httpApp, request } from '../../support/http-app.ts'
import { owner } from '../../support/views.ts'

const PATH = '/v1/policies/backtest'
const BODY = { document: { amount: { ask_above: 20_000 } }, days: 30, levels: { email_campaign: 3 } }
const ask = (app: ReturnType<typeof httpApp>['app'], body: object, headers: Record<string, string> = {}) =>
  app.request(request(PATH, { body: { ...body }, headers }))

it('answers progress and then the result, one line each', async () => {
  const { app, gate } = httpApp()
  const answer = await ask(app, BODY)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = (await answer.text()).trimEnd().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { line: 'progress', done: 0, of: 42 },
    { line: 'progress', done: 42, of: 42 },
    {
      line: 'result',
      days: 30,
      total: { actions: 40, review_minutes: { did: 29, would: 14 }, let_through: { did: 1, would: 2 } },
      examples: [{ action: 'act_1', says_did: 'A person was asked and rejected it.' }],
    },
  ])
  const asked = { policy: BODY.document, days: 30, levels: BODY.levels }
  expect(gate.calls).toEqual([{ verb: 'backtestPolicy', args: [owner, asked] }])
})

it('answers only the result to whom JSON is enough', async () => {
  const answer = await ask(httpApp().app, BODY, { accept: 'application/json' })
  expect(answer.headers.get('content-type')).toMatch('application/json')
  expect(await answer.json()).toMatchObject({ days: 30, says: expect.stringContaining('Of 40 proposals') })
})

it('sends each line as it comes', async () => {
  let sent = 0
  async function* lines() {
    for await (const line of backtestLines()) {
      sent += 1
      yield line
    }
  }
  const { app } = httpApp({ gate: fakeGate({ backtestPolicy: () => Promise.resolve(ok(lines())) }) })
  const reader = (await ask(app, {})).body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toBe('{"line":"progress","done":0,"of":42}\n')
  expect(sent).toBeLessThan(3)
  await reader?.cancel()
})

test.each([
  [{}, { policy: null, days: 90, levels: null }],
  [{ source: 'amount: {}' }, { policy: 'amount: {}', days: 90, levels: null }],
])('%o asks for %o', async (body, asked) => {
  const { app, gate } = httpApp()
  await (await ask(app, body)).text()
  expect(gate.calls[0]?.args[1]).toEqual(asked)
})

test.each([
  [{ days: 366 }, 'days'],
  [{ days: 0 }, 'days'],
  [{ levels: { email_campaign: 6 } }, 'levels.email_campaign'],
  [{ source: 'a: 1', document: {} }, ''],
])('%o is 400', async (body, path) => {
  const { app, gate } = httpApp()
  const answer = await ask(app, body)
  expect(answer.status).toBe(400)
  expect((await answer.json()).problems).toMatchObject([{ path }])
  expect(gate.calls).toEqual([])
})

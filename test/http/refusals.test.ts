import { describe, expect, it, test } from 'vitest'
import { httpApp, PUBLIC_URL, request, REQUEST_ID, type Sent } from '../support/http-app.ts'
import { type Described, publishedOperations } from '../support/http-operations.ts'
import { REFUSED, SAMPLES } from '../support/http-samples.ts'

/** The shared refusal suite: every route of the published description gets every refusal that fits it. */
const operations = (await publishedOperations()).filter(({ path }) => path.startsWith('/v1/'))
const withBody = operations.filter(({ requestBody }) => requestBody !== undefined)
const withId = operations.filter(({ path }) => path.includes('{id}'))
const named = (all: readonly Described[]) => all.map((operation) => [operation.operationId, operation] as const)

function sample(operation: Described, sent: Sent = {}): Request {
  const { body, headers } = SAMPLES[operation.operationId] ?? {}
  const base = operation.requestBody === undefined ? {} : { body }
  return request(operation.url, {
    method: operation.method,
    ...base,
    ...sent,
    headers: { ...headers, ...sent.headers },
  })
}

async function refused(answer: Response, status: number, kind: string): Promise<Record<string, unknown>> {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('x-request-id')).toBe(REQUEST_ID)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const body: Record<string, unknown> = await answer.json()
  expect(body).toMatchObject({
    type: `urn:tenure:problem:${kind}`,
    status,
    instance: REQUEST_ID,
    help: `${PUBLIC_URL}/docs/problems#${kind}`,
    title: expect.any(String),
    detail: expect.any(String),
  })
  return body
}

it('knows every route, and has a sample for every one that takes a body', () => {
  expect(operations).toHaveLength(83)
  expect(withBody.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(SAMPLES).toSorted())
})

describe.each(named(operations))('%s', (_name, operation) => {
  it('is reached with a valid request', async () => {
    const { app, logged } = httpApp()
    const answer = await app.request(sample(operation))
    expect(answer.status).toBeLessThan(300)
    expect(Object.keys(operation.responses)).toContain(String(answer.status))
    expect(logged).toEqual([])
  })

  it('answers 401 without a key, and the same with a wrong one', async () => {
    const { app, gate } = httpApp()
    const without = await app.request(sample(operation, { bearer: null }))
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="tenure"')
    const body = await refused(without, 401, 'unauthenticated')
    const wrong = await app.request(sample(operation, { bearer: 'somebody-elses' }))
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="tenure"')
    expect(await refused(wrong, 401, 'unauthenticated')).toEqual(body)
    const basic = await app.request(sample(operation, { bearer: null, headers: { authorization: 'Basic b3duZXI6' } }))
    expect(await refused(basic, 401, 'unauthenticated')).toEqual(body)
    expect(gate.calls).toEqual([])
  })

  it('answers 405 with Allow to another method', async () => {
    const { app, gate } = httpApp()
    const known = operations.filter(({ path }) => path === operation.path).map(({ method }) => method)
    const other = ['PATCH', 'OPTIONS', 'PUT'].filter((method) => !known.includes(method)).slice(0, 2)
    for (const method of other) {
      const answer = await app.request(request(operation.url, { method }))
      await refused(answer, 405, 'method_not_allowed')
      const allow = answer.headers.get('allow')?.split(', ') ?? []
      expect(allow).toEqual(expect.arrayContaining(known))
    }
    expect(other).toHaveLength(2)
    expect(gate.calls).toEqual([])
  })
})

describe.each(named(withBody))('%s, its body', (_name, operation) => {
  const body = SAMPLES[operation.operationId]?.body ?? {}

  it('answers 400 naming an unknown field', async () => {
    const { app, gate } = httpApp()
    const answer = await app.request(sample(operation, { body: { ...body, surprise: 1 } }))
    const problem = await refused(answer, 400, 'malformed')
    expect(problem.problems).toEqual([{ path: 'surprise', says: 'is not a field of this request.' }])
    expect(problem.detail).toBe('surprise: is not a field of this request.')
    expect(gate.calls).toEqual([])
  })

  test.each(Object.keys(body))('answers 400 naming %s when it has a wrong type', async (field) => {
    const { app, gate } = httpApp()
    const answer = await app.request(sample(operation, { body: { ...body, [field]: [[null]] } }))
    const { problems } = await refused(answer, 400, 'malformed')
    expect(problems).toEqual(
      expect.arrayContaining([
        { path: expect.stringMatching(new RegExp(`^${field}(\\.|$)`)), says: expect.any(String) },
      ]),
    )
    expect(gate.calls).toEqual([])
  })

  test.each([
    ['broken JSON', '{"reason": "x"', 400, 'broken_json'],
    ['two documents', '{} {}', 400, 'broken_json'],
    ['a list', '[]', 400, 'malformed'],
    ['a word', '"approve"', 400, 'malformed'],
    ['null', 'null', 400, 'malformed'],
    ['a NUL in a text', '{"reason": "a\\u0000b"}', 400, 'malformed'],
    ['half a surrogate pair', '{"reason": "\\ud800"}', 400, 'malformed'],
    ['a number beyond JSON', '{"input": {"n": 1e999}, "reason": 1e999}', 400, 'malformed'],
    ['nesting without end', `{"reason": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 400, 'malformed'],
    ['262,145 bytes', `{"reason": "${'x'.repeat(262_145 - 13)}"}`, 413, 'body_too_large'],
  ])('answers %s with a problem', async (_what, text, status, kind) => {
    const { app, gate } = httpApp()
    await refused(await app.request(sample(operation, { body: text })), status, kind)
    expect(gate.calls).toEqual([])
  })

  it('counts the bytes that arrive, whatever Content-Length says', async () => {
    const { app, gate } = httpApp()
    const headers = { 'content-length': '10' }
    const lying = sample(operation, { body: `{"reason": "${'x'.repeat(300_000)}"}`, headers })
    await refused(await app.request(lying), 413, 'body_too_large')
    expect(gate.calls).toEqual([])
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data; boundary=x',
  ])('answers 415 to %s', async (type) => {
    const { app, gate } = httpApp()
    await refused(
      await app.request(sample(operation, { headers: { 'content-type': type } })),
      415,
      'unsupported_media_type',
    )
    expect(gate.calls).toEqual([])
  })
})

describe.each(named(withId))('%s, its id', (_name, operation) => {
  test.each(['nonsense', 'act-1', `${'x'.repeat(60)}`, 'wks_1', '%00', 'act_1%2F..'])(
    'answers 404 to %s, without asking the gate',
    async (id) => {
      const { app, gate } = httpApp()
      const { body, headers } = SAMPLES[operation.operationId] ?? {}
      const sent = request(operation.path.replace('{id}', id), {
        method: operation.method,
        ...(operation.requestBody === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers }),
      })
      await refused(await app.request(sent), 404, 'not_found')
      expect(gate.calls).toEqual([])
    },
  )
})

/** Neither asks the gate for one answer: the catalogue is given, the batch answers item by item. */
const single = operations.filter(({ operationId }) => !['listKinds', 'decideActions'].includes(operationId))

describe.each(named(single))('%s, refused by the gate', (_name, operation) => {
  test.each(Object.entries(REFUSED))('%s', async (kind, { status, refusal, detail, retryAfter }) => {
    const { app, gate, logged } = httpApp()
    gate.refuseWith(refusal)
    const answer = await app.request(sample(operation))
    const body = await refused(answer, status, kind)
    expect(body.detail).toBe(detail)
    expect(answer.headers.get('retry-after')).toBe(retryAfter ?? null)
    expect(gate.calls).toHaveLength(1)
    // What is not published for this route is logged as a fault of the description, and only that.
    const published = operation.responses[String(status)]?.description.includes(`\`${kind}\``) ?? false
    expect(logged.map(({ event }) => event)).toEqual(published ? [] : ['undeclared_refusal'])
  })

  it('answers a plain 500 to a bug, and logs it with the request id', async () => {
    const { app, gate, logged } = httpApp()
    gate.refuseWith(new Proxy(REFUSED.expired.refusal, { get: () => explode() }))
    const answer = await app.request(sample(operation))
    const body = await refused(answer, 500, 'internal_error')
    expect(JSON.stringify(body)).not.toContain('connection to db-7 lost')
    expect(logged).toEqual([
      {
        event: 'request_failed',
        fields: {
          requestId: REQUEST_ID,
          method: operation.method,
          path: operation.url,
          error: {
            name: 'Error',
            code: null,
            message: 'connection to db-7 lost',
            stack: expect.arrayContaining([expect.stringMatching(/^at explode /)]),
          },
        },
      },
    ])
  })
})

function explode(): never {
  throw new Error('connection to db-7 lost')
}

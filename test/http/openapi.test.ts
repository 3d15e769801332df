import { expect, it, test } from 'vitest'
import { PROBLEMS } from '../../core/http/problem-kinds.ts'
import { PUBLIC_URL } from '../support/http-app.ts'
import { publishedDocument, publishedOperations } from '../support/http-operations.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const document = (await publishedDocument()) as { [key: string]: Json }
const operations = await publishedOperations()

/** Every value in the document with the pointer to it. */
function* walk(value: Json, pointer = '#'): Generator<[string, Json]> {
  yield [pointer, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) yield* walk(member, `${pointer}/${key}`)
}

const everything = new Map(walk(document))

it('is OpenAPI 3.1 with a bearer scheme, a version and the public address', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: 'Tenure', version: '0.1.0' })
  expect(document.servers).toEqual([{ url: '/' }, { url: PUBLIC_URL }])
  expect(document.security).toEqual([{ bearer: [] }])
  expect(everything.get('#/components/securitySchemes/bearer')).toMatchObject({ type: 'http', scheme: 'bearer' })
})

it('resolves every $ref', () => {
  const refs = [...everything].filter(([pointer]) => pointer.endsWith('/$ref')).map(([, target]) => target)
  expect(refs.length).toBeGreaterThan(100)
  expect(refs.filter((ref) => typeof ref !== 'string' || !everything.has(ref))).toEqual([])
})

it('has one operationId, a summary and a known tag for each operation', () => {
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  const tags = (document.tags as { name: string }[]).map(({ name }) => name)
  for (const { tags: own, summary } of operations) {
    expect(own).toHaveLength(1)
    expect(tags).toEqual(expect.arrayContaining(own))
    expect(summary).not.toBe('')
  }
  expect(tags.toSorted()).toEqual([...new Set(operations.flatMap(({ tags: own }) => own))].toSorted())
})

it('declares each {parameter} of a path as required, with a pattern', () => {
  for (const { path, parameters } of operations) {
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    for (const { name, required, schema } of inPath) {
      expect(required).toBe(true)
      expect(schema.pattern).toMatch(name === 'scope' ? /^\^\[a-z_\].*\$$/ : /^\^[a-z]{3}_\[0-9a-z\]\{1,40\}\$$/)
    }
  }
})

test.each(operations.filter(({ path }) => path.startsWith('/v1/')).map((o) => [o.operationId, o] as const))(
  '%s answers with a schema, and 401 and 500 with a problem',
  (operationId, { responses, requestBody }) => {
    for (const [status, response] of Object.entries(responses)) {
      if (status === '204') continue
      const json = operationId === 'exportLedger' ? 'application/x-ndjson' : 'application/json'
      const type = Number(status) < 400 ? json : 'application/problem+json'
      expect(response.content).toHaveProperty([type, 'schema'])
    }
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '500']))
    if (requestBody !== undefined) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '413', '415']))
  },
)

it('publishes every problem type somewhere, with an example', () => {
  const examples = [...everything].flatMap(([pointer, value]) =>
    pointer.endsWith('/value/type') && typeof value === 'string' && value.startsWith('urn:') ? [value] : [],
  )
  const published = new Set(examples.map((type) => type.replace('urn:tenure:problem:', '')))
  // These two answer addresses and methods that the document does not have.
  const outside = ['no_such_route', 'method_not_allowed']
  expect([...published].toSorted()).toEqual(
    Object.keys(PROBLEMS)
      .filter((kind) => !outside.includes(kind))
      .toSorted(),
  )
})

it('closes every request body', () => {
  const bodies = operations.flatMap(({ requestBody }) =>
    requestBody === undefined ? [] : [requestBody.content['application/json'].schema],
  )
  for (const body of bodies) {
    const schema = typeof body.$ref === 'string' ? everything.get(body.$ref) : body
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
  }
  expect(bodies).toHaveLength(42)
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'

/**
 * One validator for everything that goes to a vendor and everything that a sandbox answers: the vendors' own
 * descriptions, which lie beside the project and are not part of it (`../shared/specs`, or `TENURE_SPECS`).
 */
const FOLDER = process.env.TENURE_SPECS ?? resolve(import.meta.dirname, '../../../shared/specs')

/** False where the descriptions are absent: tests that need them say so by name. */
export const hasVendorSpecs = existsSync(FOLDER)

if (!hasVendorSpecs && process.env.TENURE_SPECS !== undefined) {
  throw new Error('TENURE_SPECS names a folder that is not there')
}

type Node = { [key: string]: unknown }

export type Exchange = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly requestBody: string
}

export type Validator = {
  /** What is wrong with a request; null: nothing. */
  request(exchange: Exchange): string | null
  /** What is wrong with an answer to it; null: nothing. */
  response(exchange: Exchange, status: number, contentType: string, body: string): string | null
}

type Operation = {
  readonly document: string
  readonly pointer: string
  readonly pattern: RegExp
  readonly variables: number
  readonly method: string
  readonly node: Node
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nodeAt = (node: Node, key: string): Node => (isNode(node[key]) ? node[key] : {})

const readJson = (path: string): Node => z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')))

/** The documents of HubSpot: `crm_contacts.json` before the generic `crm_objects.json`, by the more exact path. */
export const hubspotSpec = (): Validator =>
  createValidator(
    readdirSync(join(FOLDER, 'hubspot'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, mendHubSpot(readJson(join(FOLDER, 'hubspot', name)))]),
    '',
  )

export const mailchimpSpec = (): Validator =>
  createValidator([['mailchimp', readJson(join(FOLDER, 'mailchimp', 'marketing.openapi.json'))]], '/3.0')

/** The SDK's error model leaves out `status: "error"`, which HubSpot's documents and answers have. */
function mendHubSpot(document: Node): Node {
  const error = nodeAt(nodeAt(nodeAt(document, 'components'), 'schemas'), 'ModelError')
  if (isNode(error.properties)) error.properties = { ...error.properties, status: { type: 'string' } }
  return document
}

/** Puts documents together; a path is told apart by its fewest variables. */
function createValidator(documents: readonly (readonly [string, Node])[], base: string): Validator {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { swagger: true, binary: true } })
  addFormats.default(ajv)
  const operations: Operation[] = []
  for (const [name, document] of documents) {
    for (const side of ['request', 'response'] as const) ajv.addSchema(closed(document, side), `${side}:${name}`)
    operations.push(...operationsOf(name, document))
  }
  operations.sort((one, other) => one.variables - other.variables)
  const compiled = new Map<string, ValidateFunction>()
  const check = (ref: string, value: unknown): string | null => {
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, validate)
    if (validate(value)) return null
    return ajv.errorsText(validate.errors, { dataVar: 'body' })
  }
  const find = ({ method, path }: Exchange): Operation | string => {
    if (!path.startsWith(base)) return `${path} is not under ${base}`
    const rest = path.slice(base.length)
    const found = operations.find((one) => one.method === method && one.pattern.test(rest))
    return found ?? `${method} ${rest} is not described`
  }
  return {
    request(exchange) {
      const operation = find(exchange)
      if (typeof operation === 'string') return operation
      return queryProblem(operation.node, exchange.query) ?? bodyProblem(operation, exchange.requestBody, check)
    },
    response(exchange, status, contentType, body) {
      const operation = find(exchange)
      if (typeof operation === 'string') return operation
      return answerProblem(operation, status, contentType, body, check)
    },
  }
}

type Check = (ref: string, value: unknown) => string | null

function operationsOf(document: string, node: Node): Operation[] {
  return Object.entries(nodeAt(node, 'paths')).flatMap(([path, item]) =>
    Object.entries(isNode(item) ? item : {})
      .filter((entry): entry is [string, Node] => isNode(entry[1]))
      .map(([method, operation]) => ({
        document,
        pointer: `#/paths/${escaped(path)}/${method}`,
        pattern: new RegExp(`^${path.replaceAll(/[.]/g, '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
        variables: path.split('{').length - 1,
        method: method.toUpperCase(),
        node: operation,
      })),
  )
}

const escaped = (segment: string): string => encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))

function queryProblem(operation: Node, query: URLSearchParams): string | null {
  const parameters = (Array.isArray(operation.parameters) ? operation.parameters : [])
    .filter(isNode)
    .filter((parameter) => parameter.in === 'query')
  for (const name of new Set(query.keys())) {
    const parameter = parameters.find((one) => one.name === name)
    if (parameter === undefined) return `the query has no parameter ${name}`
    const schema = nodeAt(parameter, 'schema')
    const isList = schema.type === 'array'
    const values = isList && parameter.explode === false ? (query.get(name) ?? '').split(',') : query.getAll(name)
    const wrong = values.find((value) => !fits(isList ? nodeAt(schema, 'items') : schema, value))
    if (wrong !== undefined) return `the parameter ${name} cannot be ${wrong}`
    if (!isList && values.length > 1) return `the parameter ${name} was given twice`
  }
  const missing = parameters.find((one) => one.required === true && !query.has(String(one.name)))
  return missing === undefined ? null : `the query lacks ${String(missing.name)}`
}

function fits(schema: Node, value: string): boolean {
  if (schema.type === 'integer') return /^-?\d+$/.test(value) && !(Number(value) > Number(schema.maximum ?? Infinity))
  if (schema.type === 'boolean') return value === 'true' || value === 'false'
  if (schema.format === 'date-time') return !Number.isNaN(Date.parse(value))
  return Array.isArray(schema.enum) ? schema.enum.includes(value) : true
}

function bodyProblem(operation: Operation, body: string, check: Check): string | null {
  const requestBody = nodeAt(operation.node, 'requestBody')
  const content = nodeAt(requestBody, 'content')
  const type = Object.keys(content)[0]
  if (type === undefined) return body === '' ? null : 'no body is described'
  if (body === '') return requestBody.required === true ? 'the body is missing' : null
  const value = jsonOf(body)
  if (value === undefined) return 'the body is not JSON'
  return check(`request:${operation.document}${operation.pointer}/requestBody/content/${escaped(type)}/schema`, value)
}

function answerProblem(operation: Operation, status: number, contentType: string, body: string, check: Check) {
  const responses = nodeAt(operation.node, 'responses')
  const key = String(status) in responses ? String(status) : 'default'
  // "default" is for errors; a success that is not named is none of the vendor's.
  if (key === 'default' && status < 400) return `status ${status} is not described`
  const content = nodeAt(nodeAt(responses, key), 'content')
  const given = contentType.split(';')[0]?.trim() ?? ''
  const type = given in content ? given : Object.keys(content)[0]
  if (type === undefined) return body === '' ? null : `status ${status} has no body`
  const value = jsonOf(body)
  if (value === undefined) return 'the answer is not JSON'
  return check(
    `response:${operation.document}${operation.pointer}/responses/${key}/content/${escaped(type)}/schema`,
    value,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * A copy in which objects take only the fields that are described (a misspelt one is found), `nullable` is JSON
 * Schema's, and fields that the other side alone may write are gone.
 */
function closed(value: unknown, side: 'request' | 'response'): Node {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk)
    if (!isNode(part)) return part
    const copy = Object.fromEntries(Object.entries(part).map(([key, child]) => [key, walk(child)]))
    // A map of properties may have one called "properties"; only a schema says that it is an object.
    if (part.type === 'object' && isNode(part.properties)) closeObject(copy, side)
    if (part.nullable === true && typeof part.type === 'string') copy.type = [part.type, 'null']
    delete copy.discriminator
    delete copy.example
    return copy
  }
  const document = walk(value)
  return isNode(document) ? document : {}
}

function closeObject(schema: Node, side: 'request' | 'response'): void {
  const notOurs = side === 'request' ? 'readOnly' : 'writeOnly'
  const properties = Object.entries(nodeAt(schema, 'properties')).filter(
    ([, property]) => !(isNode(property) && property[notOurs] === true),
  )
  schema.properties = Object.fromEntries(properties)
  schema.additionalProperties ??= false
  if (!Array.isArray(schema.required)) return
  const names = new Set(properties.map(([name]) => name))
  schema.required = schema.required.filter((name) => names.has(String(name)))
}

export type Violation = Exchange & { readonly side: 'request' | 'response'; readonly says: string }

type App = { fetch(request: Request, env: object): Response | Promise<Response> }

/**
 * Stands in front of a sandbox: a request that breaks the vendor's description is answered 422 with the reason and
 * never reaches it; an answer that breaks it is replaced by a 422 too, so that no test passes by it.
 */
export function conforming(app: App, validator: Validator | null): App & { readonly violations: Violation[] } {
  const violations: Violation[] = []
  const stop = (exchange: Exchange, side: Violation['side'], says: string) => {
    violations.push({ ...exchange, side, says })
    return Response.json({ side, says }, { status: 422 })
  }
  return {
    violations,
    async fetch(request, env) {
      const { pathname: path, searchParams: query } = new URL(request.url)
      if (validator === null || path.startsWith('/__sandbox')) return app.fetch(request, env)
      const requestBody = await request.text()
      const exchange: Exchange = { method: request.method, path, query, requestBody }
      const wrongRequest = validator.request(exchange)
      if (wrongRequest !== null) return stop(exchange, 'request', wrongRequest)
      const again = new Request(request.url, {
        method: request.method,
        headers: request.headers,
        ...(requestBody !== '' && { body: requestBody }),
      })
      const response = await app.fetch(again, env)
      if (response.headers.has('x-hono-already-sent')) return response
      const body = await response.clone().text()
      const contentType = response.headers.get('content-type') ?? ''
      const wrongAnswer = validator.response(exchange, response.status, contentType, body)
      return wrongAnswer === null ? response : stop(exchange, 'response', wrongAnswer)
    },
  }
}

import { createMiddleware } from 'hono/factory'
import { createSandboxApp } from '../sandbox-faults.ts'
import { listRoutes } from './sandbox-lists.ts'
import { engagementRoutes } from './sandbox-engagements.ts'
import {
  BatchBody,
  emailsOf,
  hubspotError,
  PostBody,
  STAGE_ORDER,
  shown,
  shownPast,
  withProperties,
} from './sandbox-records.ts'
import { type HubSpotState, type SandboxRecord, seedHubSpot } from './sandbox-seed.ts'

export type HubSpotSandboxOptions = {
  readonly now: () => Date
  /** A dental practice's account where absent. */
  readonly seed?: HubSpotState
}

const needsToken = createMiddleware(async (c, next) => {
  if (!/^Bearer \S/.test(c.req.header('authorization') ?? '')) {
    return hubspotError(c, 401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.')
  }
  await next()
  return undefined
})

/** A stateful stand-in that speaks HubSpot's HTTP for everything that our kinds use. */
export function createHubSpotSandbox({ now, seed = seedHubSpot() }: HubSpotSandboxOptions) {
  const state = seed
  const { app, script, happened } = createSandboxApp(now, () => structuredClone(state))
  const nextId = createIds()
  app.use('/crm/*', needsToken)

  app.post('/crm/v3/objects/contacts', async (c) => {
    const { properties, associations } = PostBody.parse(await c.req.json())
    if (associations !== undefined && associations.length > 0) {
      return hubspotError(c, 400, 'VALIDATION_ERROR', 'The sandbox makes contacts without associations.')
    }
    const problem = propertyProblem(properties)
    if (problem !== null) return hubspotError(c, 400, 'VALIDATION_ERROR', problem)
    const taken = byEmail(state, properties.email ?? '')
    if (taken !== undefined) {
      return hubspotError(c, 409, 'CONFLICT', `Contact already exists. Existing ID: ${taken.id}`)
    }
    const id = nextId()
    const at = now().toISOString()
    const made: SandboxRecord = { id, properties: filled(properties), createdAt: at, updatedAt: at, archived: false }
    state.contacts[id] = made
    happened(`contact.create ${made.properties.email ?? id}`)
    return c.json(shown(made, Object.keys(properties)), 201)
  })

  app.post('/crm/v3/objects/contacts/batch/read', async (c) => {
    const { inputs, properties, propertiesWithHistory: past } = BatchBody.parse(await c.req.json())
    if (inputs.length > 50) return hubspotError(c, 400, 'VALIDATION_ERROR', 'Too many records with their history')
    const found = inputs.flatMap(({ id }) => contactOf(state, id, undefined) ?? [])
    const at = now().toISOString()
    const results = found.map((one) => shownPast(one, properties, past))
    return c.json({ status: 'COMPLETE', startedAt: at, completedAt: at, results })
  })

  app.get('/crm/v3/objects/contacts/:id', (c) => {
    const found = contactOf(state, c.req.param('id'), c.req.query('idProperty'))
    if (found === undefined) return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'resource not found')
    return c.json(shown(found, c.req.queries('properties') ?? []))
  })

  app.patch('/crm/v3/objects/contacts/:id', async (c) => {
    const { properties } = PostBody.parse(await c.req.json())
    const found = contactOf(state, c.req.param('id'), c.req.query('idProperty'))
    if (found === undefined) return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'resource not found')
    const problem = propertyProblem(properties)
    if (problem !== null) return hubspotError(c, 400, 'VALIDATION_ERROR', problem)
    const owner = byEmail(state, properties.email ?? '')
    if (owner !== undefined && owner !== found) {
      return hubspotError(c, 409, 'CONFLICT', `Contact already exists. Existing ID: ${owner.id}`)
    }
    const emails = emailsOf(found)
    const before = found.properties.email
    found.properties = withProperties(found.properties, allowed(found, properties))
    found.updatedAt = now().toISOString()
    const { email: value = '' } = found.properties
    if (value !== (before ?? '')) found.emails = [...emails, { value, timestamp: found.updatedAt }]
    happened(`contact.update ${found.id}`)
    return c.json(shown(found, Object.keys(properties)))
  })

  app.delete('/crm/v3/objects/contacts/:id', (c) => {
    const found = state.contacts[c.req.param('id')]
    if (found !== undefined && !found.archived) {
      found.archived = true
      for (const list of Object.values(state.lists)) delete list.members[found.id]
      happened(`contact.archive ${found.id}`)
    }
    return c.body(null, 204)
  })

  app.route('/', engagementRoutes(state, { now, nextId, happened }))
  app.route('/', listRoutes(state, { now, happened }))
  app.notFound((c) => hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'No such address.'))
  app.onError((_thrown, c) => hubspotError(c, 400, 'VALIDATION_ERROR', 'Invalid input JSON'))
  return { app, state, script }
}

function createIds() {
  let last = 9000
  return () => {
    last += 1
    return String(last)
  }
}

const KNOWN = new Set([
  'email',
  'firstname',
  'lastname',
  'phone',
  'company',
  'jobtitle',
  'lifecyclestage',
  'city',
  'zip',
  'website',
  'hs_lead_status',
  'hubspot_owner_id',
  'recall_due',
  'preferred_dentist',
])

function propertyProblem(properties: Record<string, string>): string | null {
  const unknown = Object.keys(properties).find((name) => !KNOWN.has(name))
  if (unknown !== undefined) return `Property values were not valid: Property "${unknown}" does not exist`
  const stage = properties.lifecyclestage
  if (stage !== undefined && stage !== '' && !STAGE_ORDER.includes(stage)) {
    return `Property values were not valid: ${stage} was not one of the allowed options`
  }
  return null
}

/** HubSpot lowercases addresses and gives a new contact the first stage. */
function filled(properties: Record<string, string>): Record<string, string> {
  return withProperties({ lifecyclestage: 'lead' }, properties)
}

/** A step back is left out without a word, as HubSpot does. */
function allowed(record: SandboxRecord, properties: Record<string, string>): Record<string, string> {
  const { lifecyclestage: to, ...rest } = properties
  const from = record.properties.lifecyclestage
  if (to === undefined) return rest
  const isBack = to !== '' && from !== undefined && STAGE_ORDER.indexOf(to) < STAGE_ORDER.indexOf(from)
  return isBack ? rest : properties
}

const byEmail = (state: HubSpotState, email: string) =>
  Object.values(state.contacts).find((one) => !one.archived && one.properties.email === email.toLowerCase())

function contactOf(state: HubSpotState, id: string, idProperty: string | undefined): SandboxRecord | undefined {
  const found = idProperty === 'email' ? byEmail(state, id) : state.contacts[id]
  return found === undefined || found.archived ? undefined : found
}

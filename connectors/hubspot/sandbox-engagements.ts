import { Hono } from 'hono'
import { z } from 'zod'
import { hubspotError, PostBody, shown } from './sandbox-records.ts'
import type { HubSpotState, SandboxEngagement } from './sandbox-seed.ts'

type Deps = {
  readonly now: () => Date
  readonly nextId: () => string
  readonly happened: (effect: string) => void
}

const Type = z.enum(['notes', 'tasks'])
type Type = z.infer<typeof Type>

/** HubSpot's own association types, from the engagement to the contact. */
const TO_CONTACT: Readonly<Record<Type, number>> = { notes: 202, tasks: 204 }
const REQUIRED: Readonly<Record<Type, readonly string[]>> = {
  notes: ['hs_timestamp'],
  tasks: ['hs_timestamp', 'hs_task_subject'],
}

const BatchBody = z.object({ inputs: z.array(z.object({ id: z.string() })), properties: z.array(z.string()) })

/** Notes and tasks, and their associations with contacts. */
export function engagementRoutes(state: HubSpotState, { now, nextId, happened }: Deps) {
  const routes = new Hono()
  const live = (type: Type, id: string): SandboxEngagement | undefined => {
    const found = state[type][id]
    return found === undefined || found.archived ? undefined : found
  }
  for (const type of Type.options) {
    routes.post(`/crm/v3/objects/${type}`, async (c) => {
      const { properties, associations = [] } = PostBody.parse(await c.req.json())
      const missing = REQUIRED[type].find((name) => (properties[name] ?? '') === '')
      if (missing !== undefined) return hubspotError(c, 400, 'VALIDATION_ERROR', `${missing} is required`)
      if (associations.some(({ types }) => types.some((one) => one.associationTypeId !== TO_CONTACT[type]))) {
        return hubspotError(c, 400, 'VALIDATION_ERROR', 'No such association type between these objects')
      }
      const contactIds = associations.map(({ to }) => to.id)
      if (contactIds.some((id) => state.contacts[id] === undefined || state.contacts[id].archived)) {
        return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'No contact with this id')
      }
      const [id, at] = [nextId(), now().toISOString()]
      const made = { id, properties, contactIds, createdAt: at, updatedAt: at, archived: false }
      state[type][id] = made
      happened(`${type}.create ${contactIds.join(',')}`)
      return c.json(shown(made, Object.keys(properties)), 201)
    })
    routes.post(`/crm/v3/objects/${type}/batch/read`, async (c) => {
      const { inputs, properties } = BatchBody.parse(await c.req.json())
      const found = inputs.flatMap(({ id }) => live(type, id) ?? [])
      const at = now().toISOString()
      return c.json({
        status: 'COMPLETE',
        startedAt: at,
        completedAt: at,
        results: found.map((one) => shown(one, properties)),
      })
    })
    routes.get(`/crm/v3/objects/${type}/:id`, (c) => {
      const found = live(type, c.req.param('id'))
      if (found === undefined) return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'resource not found')
      return c.json(shown(found, c.req.queries('properties') ?? []))
    })
    routes.delete(`/crm/v3/objects/${type}/:id`, (c) => {
      const found = live(type, c.req.param('id'))
      if (found !== undefined) {
        found.archived = true
        happened(`${type}.archive ${found.id}`)
      }
      return c.body(null, 204)
    })
    routes.get(`/crm/v4/objects/contacts/:id/associations/${type}`, (c) => {
      const contactId = c.req.param('id')
      const of = Object.values(state[type]).filter((one) => !one.archived && one.contactIds.includes(contactId))
      const [limit, after] = [Number(c.req.query('limit') ?? 500), Number(c.req.query('after') ?? 0)]
      const results = of.slice(after, after + limit).map((one) => ({
        toObjectId: one.id,
        associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: TO_CONTACT[type] }],
      }))
      const next = after + limit < of.length ? { paging: { next: { after: String(after + limit) } } } : {}
      return c.json({ results, ...next })
    })
  }
  return routes
}

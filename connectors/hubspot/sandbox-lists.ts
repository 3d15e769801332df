import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { hubspotError } from './sandbox-records.ts'
import type { HubSpotState, SandboxList } from './sandbox-seed.ts'

type Deps = { readonly now: () => Date; readonly happened: (effect: string) => void }

const Ids = z.array(z.string())
const Records = z.object({ inputs: z.array(z.object({ objectTypeId: z.string(), recordId: z.string() })) })

/** Lists and their members. */
export function listRoutes(state: HubSpotState, { now, happened }: Deps) {
  const routes = new Hono()
  const changing = (c: Context): SandboxList | Response => {
    const list = state.lists[c.req.param('id') ?? '']
    if (list === undefined) return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'List does not exist')
    if (list.processingType === 'DYNAMIC') {
      return hubspotError(c, 400, 'VALIDATION_ERROR', 'Memberships of a DYNAMIC list cannot be changed by hand')
    }
    return list
  }
  const isContact = (id: string) => state.contacts[id]?.archived === false

  routes.get('/crm/v3/lists/:id', (c) => {
    const list = state.lists[c.req.param('id')]
    if (list === undefined) return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'List does not exist')
    const { listId, name, processingType, members } = list
    return c.json({
      list: {
        listId,
        name,
        processingType,
        processingStatus: 'COMPLETE',
        objectTypeId: '0-1',
        listVersion: 1,
        size: Object.keys(members).length,
      },
    })
  })

  routes.get('/crm/v3/lists/:id/memberships', (c) => {
    const list = state.lists[c.req.param('id')]
    if (list === undefined) return hubspotError(c, 404, 'OBJECT_NOT_FOUND', 'List does not exist')
    const all = Object.entries(list.members).map(([recordId, at]) => ({ recordId, membershipTimestamp: at }))
    const [limit, after] = [Number(c.req.query('limit') ?? 100), Number(c.req.query('after') ?? 0)]
    const next = after + limit < all.length ? { paging: { next: { after: String(after + limit) } } } : {}
    return c.json({ results: all.slice(after, after + limit), total: all.length, ...next })
  })

  routes.put('/crm/v3/lists/:id/memberships/add', async (c) => {
    const list = changing(c)
    if (list instanceof Response) return list
    const ids = Ids.parse(await c.req.json())
    const added = ids.filter((id) => isContact(id) && list.members[id] === undefined)
    for (const id of added) list.members[id] = now().toISOString()
    happened(`list.add ${list.listId}`)
    return c.json({
      recordsIdsAdded: added,
      recordIdsRemoved: [],
      recordIdsMissing: ids.filter((id) => !isContact(id)),
    })
  })

  routes.put('/crm/v3/lists/:id/memberships/remove', async (c) => {
    const list = changing(c)
    if (list instanceof Response) return list
    const ids = Ids.parse(await c.req.json())
    const removed = ids.filter((id) => list.members[id] !== undefined)
    for (const id of removed) delete list.members[id]
    happened(`list.remove ${list.listId}`)
    return c.json({
      recordsIdsAdded: [],
      recordIdsRemoved: removed,
      recordIdsMissing: ids.filter((id) => !isContact(id)),
    })
  })

  routes.post('/crm/v3/lists/records/memberships/batch/read', async (c) => {
    const { inputs } = Records.parse(await c.req.json())
    const at = now().toISOString()
    const results = inputs.map(({ objectTypeId, recordId }) => ({
      objectTypeId,
      recordId,
      recordListMemberships: Object.values(state.lists).flatMap(({ listId, members }) => {
        const joined = members[recordId]
        return joined === undefined
          ? []
          : [{ listId, listVersion: 1, firstAddedTimestamp: joined, lastAddedTimestamp: joined }]
      }),
    }))
    return c.json({ status: 'COMPLETE', startedAt: at, completedAt: at, results })
  })
  return routes
}

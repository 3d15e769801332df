import { Hono } from 'hono'
import { z } from 'zod'
import { mailchimpProblem, memberPage, shownAudience, shownMember, tagId } from './sandbox-answers.ts'
import { hashOf, type MailchimpState, type SandboxMember } from './sandbox-seed.ts'

type Deps = { readonly now: () => Date; readonly happened: (effect: string) => void }

const Status = z.enum(['subscribed', 'unsubscribed', 'cleaned', 'pending'])
const PutBody = z.object({
  email_address: z.email(),
  status_if_new: Status,
  status: Status.optional(),
  merge_fields: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const TagsBody = z.object({
  tags: z.array(z.object({ name: z.string().min(1), status: z.enum(['active', 'inactive']) })),
})

const MISSING = 'The requested resource could not be found.'

/** Audiences, their members and tags. */
export function audienceRoutes(state: MailchimpState, { now, happened }: Deps) {
  const routes = new Hono()

  routes.get('/lists/:list', (c) => {
    const list = state.lists[c.req.param('list')]
    return list === undefined ? mailchimpProblem(c, 404, MISSING) : c.json(shownAudience(list))
  })

  routes.get('/lists/:list/members', (c) => {
    const list = state.lists[c.req.param('list')]
    if (list === undefined) return mailchimpProblem(c, 404, MISSING)
    return c.json(memberPage(list, Object.values(list.members), c.req.query()))
  })

  routes.get('/lists/:list/members/:hash', (c) => {
    const list = state.lists[c.req.param('list')]
    const member = list?.members[c.req.param('hash')]
    if (list === undefined || member === undefined) return mailchimpProblem(c, 404, MISSING)
    return c.json(shownMember(list, member))
  })

  routes.put('/lists/:list/members/:hash', async (c) => {
    const list = state.lists[c.req.param('list')]
    if (list === undefined) return mailchimpProblem(c, 404, MISSING)
    const body = PutBody.parse(await c.req.json())
    const hash = c.req.param('hash')
    if (hash !== hashOf(body.email_address))
      return mailchimpProblem(c, 400, 'The address is not the one of this member.')
    const before = list.members[hash]
    const status = before === undefined ? body.status_if_new : (body.status ?? before.status)
    if (before?.inCompliance === true && status === 'subscribed') {
      return mailchimpProblem(c, 400, 'This member cannot be subscribed.', 'Member In Compliance State')
    }
    const member: SandboxMember = before ?? {
      email: body.email_address,
      status,
      inCompliance: false,
      fields: { FNAME: '', LNAME: '' },
      tags: [],
      ...(status === 'subscribed' && { optedInAt: now().toISOString() }),
    }
    if (before?.status !== 'subscribed' && status === 'subscribed') member.optedInAt = now().toISOString()
    member.status = status
    member.changedAt = now().toISOString()
    member.fields = { ...member.fields, ...body.merge_fields }
    list.members[hash] = member
    happened(`member.put ${member.email}`)
    return c.json(shownMember(list, member))
  })

  routes.delete('/lists/:list/members/:hash', (c) => {
    const member = state.lists[c.req.param('list')]?.members[c.req.param('hash')]
    if (member === undefined) return mailchimpProblem(c, 404, MISSING)
    if (member.status === 'archived') return mailchimpProblem(c, 405, 'This list member cannot be removed.')
    member.status = 'archived'
    member.changedAt = now().toISOString()
    happened(`member.archive ${member.email}`)
    return c.body(null, 204)
  })

  routes.get('/lists/:list/members/:hash/tags', (c) => {
    const member = state.lists[c.req.param('list')]?.members[c.req.param('hash')]
    if (member === undefined) return mailchimpProblem(c, 404, MISSING)
    const count = Number(c.req.query('count') ?? 10)
    const tags = member.tags.map((name) => ({ id: tagId(name), name, date_added: '2026-01-05T08:00:00+00:00' }))
    return c.json({ tags: tags.slice(0, count), total_items: tags.length })
  })

  routes.post('/lists/:list/members/:hash/tags', async (c) => {
    const member = state.lists[c.req.param('list')]?.members[c.req.param('hash')]
    if (member === undefined) return mailchimpProblem(c, 404, MISSING)
    const { tags } = TagsBody.parse(await c.req.json())
    const on = new Set(member.tags)
    for (const tag of tags) {
      if (tag.status === 'active') on.add(tag.name)
      else on.delete(tag.name)
    }
    member.tags = [...on]
    happened(`member.tag ${member.email}`)
    return c.body(null, 204)
  })
  return routes
}

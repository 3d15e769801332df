import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { inSegment, mailchimpProblem, memberPage } from './sandbox-answers.ts'
import { hashOf, type MailchimpState, type SandboxAudience, type SandboxSegment } from './sandbox-seed.ts'

type Deps = { readonly now: () => Date; readonly happened: (effect: string) => void }

const SegmentBody = z.object({ name: z.string().min(1), static_segment: z.array(z.email()) })
const MISSING = 'The requested resource could not be found.'
/** Of the first one that is made; those of the seed are below. */
const FIRST_ID = 9001

/** Saved and static segments of an audience. */
export function segmentRoutes(state: MailchimpState, { now, happened }: Deps) {
  const routes = new Hono()
  const listOf = (c: Context): SandboxAudience | undefined => state.lists[c.req.param('list') ?? '']
  const found = (c: Context): { list: SandboxAudience; segment: SandboxSegment } | null => {
    const list = listOf(c)
    const segment = list?.segments[c.req.param('segment') ?? '']
    return list !== undefined && segment !== undefined ? { list, segment } : null
  }
  const shown = (list: SandboxAudience, segment: SandboxSegment) => ({
    id: segment.id,
    name: segment.name,
    member_count: inSegment(list, segment).length,
    type: segment.tag === null ? 'static' : 'saved',
    created_at: now().toISOString(),
    list_id: list.id,
  })
  /** Whom Mailchimp does not know it leaves out without a word. */
  const known = (list: SandboxAudience, emails: readonly string[]) =>
    emails.flatMap((email) => list.members[hashOf(email)]?.email ?? [])

  routes.get('/lists/:list/segments', (c) => {
    const list = listOf(c)
    if (list === undefined) return mailchimpProblem(c, 404, MISSING)
    const { type, count = '10', offset = '0' } = c.req.query()
    const all = Object.values(list.segments).filter(({ tag }) => type !== 'static' || tag === null)
    const page = all.slice(Number(offset), Number(offset) + Number(count))
    return c.json({ segments: page.map((one) => shown(list, one)), list_id: list.id, total_items: all.length })
  })

  routes.post('/lists/:list/segments', async (c) => {
    const list = listOf(c)
    if (list === undefined) return mailchimpProblem(c, 404, MISSING)
    const { name, static_segment: emails } = SegmentBody.parse(await c.req.json())
    const id = Math.max(FIRST_ID - 1, ...Object.values(list.segments).map((one) => one.id)) + 1
    const segment: SandboxSegment = { id, name, tag: null, emails: known(list, emails) }
    list.segments[String(id)] = segment
    happened(`segment.create ${name}`)
    return c.json(shown(list, segment))
  })

  routes.get('/lists/:list/segments/:segment', (c) => {
    const one = found(c)
    return one === null ? mailchimpProblem(c, 404, MISSING) : c.json(shown(one.list, one.segment))
  })

  routes.patch('/lists/:list/segments/:segment', async (c) => {
    const one = found(c)
    if (one === null) return mailchimpProblem(c, 404, MISSING)
    const { name, static_segment: emails } = SegmentBody.parse(await c.req.json())
    Object.assign(one.segment, { name, emails: known(one.list, emails) })
    happened(`segment.update ${name}`)
    return c.json(shown(one.list, one.segment))
  })

  routes.delete('/lists/:list/segments/:segment', (c) => {
    const one = found(c)
    if (one === null) return mailchimpProblem(c, 404, MISSING)
    delete one.list.segments[String(one.segment.id)]
    happened(`segment.delete ${one.segment.name}`)
    return c.body(null, 204)
  })

  routes.get('/lists/:list/segments/:segment/members', (c) => {
    const one = found(c)
    if (one === null) return mailchimpProblem(c, 404, MISSING)
    const { list_id: _list, members, ...page } = memberPage(one.list, inSegment(one.list, one.segment), c.req.query())
    // A segment shows its members without their tags.
    return c.json({ ...page, members: members.map(({ tags: _tags, tags_count: _count, ...member }) => member) })
  })
  return routes
}

import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { mailchimpProblem, recipientsOf, shownCampaign } from './sandbox-answers.ts'
import { hashOf, type MailchimpState, type SandboxCampaign } from './sandbox-seed.ts'

type Deps = {
  readonly now: () => Date
  readonly happened: (effect: string) => void
  /** Sends it to everybody it is for. */
  readonly go: (campaign: SandboxCampaign) => void
}

const CreateBody = z.object({
  type: z.literal('regular'),
  recipients: z.object({
    list_id: z.string(),
    segment_opts: z.object({ saved_segment_id: z.number() }).optional(),
  }),
  settings: z.object({
    subject_line: z.string(),
    preview_text: z.string().default(''),
    title: z.string().default(''),
    from_name: z.string().default(''),
    reply_to: z.string().default(''),
  }),
})
const UpdateBody = z.object({
  recipients: z.object({
    list_id: z.string(),
    segment_opts: z.object({ saved_segment_id: z.number().optional(), conditions: z.array(z.never()).optional() }),
  }),
})
const ContentBody = z.object({ html: z.string(), plain_text: z.string().optional() })
const ScheduleBody = z.object({ schedule_time: z.iso.datetime({ offset: true }) })
const TestBody = z.object({ test_emails: z.array(z.email()).min(1), send_type: z.enum(['html', 'plaintext']) })

const QUARTER_MS = 900_000

/** Campaigns and what can be done with them. */
export function campaignRoutes(state: MailchimpState, { now, happened, go }: Deps) {
  const routes = new Hono()
  // Never again the number of one that was deleted.
  let made = Object.keys(state.campaigns).length
  const found = (c: Context): SandboxCampaign | Response =>
    state.campaigns[c.req.param('id') ?? ''] ?? mailchimpProblem(c, 404, 'The requested resource could not be found.')

  routes.get('/campaigns', (c) => {
    const { status, list_id: listId } = c.req.query()
    const all = Object.values(state.campaigns).filter(
      (one) => (status === undefined || one.status === status) && (listId === undefined || one.listId === listId),
    )
    const count = Number(c.req.query('count') ?? 10)
    return c.json({ campaigns: all.slice(0, count).map((one) => shownCampaign(state, one)), total_items: all.length })
  })

  routes.post('/campaigns', async (c) => {
    const { recipients, settings } = CreateBody.parse(await c.req.json())
    const list = state.lists[recipients.list_id]
    const segmentId = recipients.segment_opts?.saved_segment_id ?? null
    if (list === undefined) return mailchimpProblem(c, 400, 'The list does not exist.')
    if (segmentId !== null && list.segments[String(segmentId)] === undefined) {
      return mailchimpProblem(c, 400, 'The segment does not exist.')
    }
    made += 1
    const webId = 700000 + made
    const campaign: SandboxCampaign = {
      id: hashOf(`campaign ${webId}`).slice(0, 10),
      webId,
      type: 'regular',
      status: 'save',
      createdAt: now().toISOString(),
      sendTime: null,
      listId: list.id,
      segmentId,
      settings,
      html: '',
      plainText: '',
      emailsSent: 0,
    }
    state.campaigns[campaign.id] = campaign
    happened(`campaign.create ${settings.subject_line}`)
    return c.json(shownCampaign(state, campaign))
  })

  routes.get('/campaigns/:id', (c) => {
    const campaign = found(c)
    return campaign instanceof Response ? campaign : c.json(shownCampaign(state, campaign))
  })

  routes.patch('/campaigns/:id', async (c) => {
    const campaign = found(c)
    if (campaign instanceof Response) return campaign
    const { list_id: listId, segment_opts: segment } = UpdateBody.parse(await c.req.json()).recipients
    const segmentId = segment.saved_segment_id ?? null
    if (campaign.status !== 'save') return mailchimpProblem(c, 400, 'This campaign cannot be changed.')
    if (segmentId !== null && state.lists[listId]?.segments[String(segmentId)] === undefined)
      return mailchimpProblem(c, 400, 'The segment does not exist.')
    campaign.listId = listId
    campaign.segmentId = segmentId
    happened(`campaign.aim ${campaign.id}`)
    return c.json(shownCampaign(state, campaign))
  })

  routes.delete('/campaigns/:id', (c) => {
    const campaign = found(c)
    if (campaign instanceof Response) return campaign
    if (campaign.status === 'sending') return mailchimpProblem(c, 405, 'A campaign cannot be deleted while it is sent.')
    delete state.campaigns[campaign.id]
    happened(`campaign.delete ${campaign.id}`)
    return c.body(null, 204)
  })

  routes.get('/campaigns/:id/content', (c) => {
    const campaign = found(c)
    return campaign instanceof Response ? campaign : c.json(contentOf(campaign))
  })

  routes.put('/campaigns/:id/content', async (c) => {
    const campaign = found(c)
    if (campaign instanceof Response) return campaign
    if (campaign.status !== 'save') return mailchimpProblem(c, 400, 'The content of this campaign cannot be changed.')
    const { html, plain_text = '' } = ContentBody.parse(await c.req.json())
    campaign.html = html
    campaign.plainText = plain_text
    happened(`campaign.content ${campaign.id}`)
    return c.json(contentOf(campaign))
  })

  routes.get('/campaigns/:id/send-checklist', (c) => {
    const campaign = found(c)
    if (campaign instanceof Response) return campaign
    const items = checklist(state, campaign)
    return c.json({ is_ready: items.every((item) => item.type !== 'error'), items })
  })

  routes.post('/campaigns/:id/actions/:action', async (c) => {
    const campaign = found(c)
    if (campaign instanceof Response) return campaign
    const action = c.req.param('action')
    if (action === 'send') return send(c, campaign)
    if (action === 'schedule') return schedule(c, campaign)
    if (action === 'unschedule') return unschedule(c, campaign)
    if (action === 'test') return sendTest(c, campaign)
    return mailchimpProblem(c, 404, 'The requested resource could not be found.')
  })

  const isReady = (campaign: SandboxCampaign) =>
    campaign.status === 'save' && checklist(state, campaign).every((item) => item.type !== 'error')

  function send(c: Context, campaign: SandboxCampaign) {
    if (!isReady(campaign)) return mailchimpProblem(c, 400, 'This campaign cannot be sent.')
    campaign.sendTime = now().toISOString()
    go(campaign)
    return c.body(null, 204)
  }

  async function schedule(c: Context, campaign: SandboxCampaign) {
    const time = Date.parse(ScheduleBody.parse(await c.req.json()).schedule_time)
    if (!isReady(campaign)) return mailchimpProblem(c, 400, 'This campaign cannot be scheduled.')
    if (time % QUARTER_MS !== 0) return mailchimpProblem(c, 400, 'The schedule time must be on the quarter hour.')
    if (time <= now().getTime()) return mailchimpProblem(c, 400, 'The schedule time must be in the future.')
    campaign.status = 'schedule'
    campaign.sendTime = new Date(time).toISOString()
    happened(`campaign.schedule ${campaign.id}`)
    return c.body(null, 204)
  }

  function unschedule(c: Context, campaign: SandboxCampaign) {
    if (campaign.status !== 'schedule') return mailchimpProblem(c, 400, 'This campaign is not scheduled.')
    campaign.status = 'save'
    campaign.sendTime = null
    happened(`campaign.unschedule ${campaign.id}`)
    return c.body(null, 204)
  }

  async function sendTest(c: Context, campaign: SandboxCampaign) {
    const { test_emails: emails } = TestBody.parse(await c.req.json())
    if (campaign.html === '') return mailchimpProblem(c, 400, 'This campaign has no content.')
    state.tests.push({ campaignId: campaign.id, emails })
    happened(`campaign.test ${campaign.id}`)
    return c.body(null, 204)
  }
  return routes
}

const contentOf = ({ html, plainText }: SandboxCampaign) => ({ html, plain_text: plainText, archive_html: html })

function checklist(state: MailchimpState, campaign: SandboxCampaign) {
  const { settings } = campaign
  const item = (id: number, isFine: boolean, heading: string, fine: string, missing: string) => ({
    id,
    type: isFine ? 'success' : 'error',
    heading,
    details: isFine ? fine : missing,
  })
  const people = recipientsOf(state, campaign)
  return [
    item(100, people > 0, 'Audience', `${people} recipients`, 'There is nobody to send this to.'),
    item(200, settings.subject_line !== '', 'Subject', settings.subject_line, 'Your campaign needs a subject.'),
    item(300, settings.reply_to !== '', 'Replies', settings.reply_to, 'Your campaign needs an address for replies.'),
    item(400, campaign.html !== '', 'Content', 'Looks good', 'Your campaign has no content yet.'),
  ]
}

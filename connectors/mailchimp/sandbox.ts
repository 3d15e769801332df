import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { createSandboxApp } from '../sandbox-faults.ts'
import { mailchimpProblem, recipientsOf } from './sandbox-answers.ts'
import { campaignRoutes } from './sandbox-campaigns.ts'
import { audienceRoutes } from './sandbox-audiences.ts'
import { segmentRoutes } from './sandbox-segments.ts'
import { type MailchimpState, type SandboxCampaign, seedMailchimp } from './sandbox-seed.ts'

export type MailchimpSandboxOptions = {
  readonly now: () => Date
  /** A dental practice's audience where absent. */
  readonly seed?: MailchimpState
}

/** How long a campaign of the stand-in stays `sending`. */
const SENDING_MS = 60_000

const needsKey = createMiddleware(async (c, next) => {
  if (!isKey(c.req.header('authorization') ?? '')) {
    return mailchimpProblem(
      c,
      401,
      'Your API key may be invalid, or you have attempted to access the wrong datacenter.',
    )
  }
  await next()
  return undefined
})

function isKey(header: string): boolean {
  if (/^Bearer \S/.test(header)) return true
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header)?.[1]
  return basic !== undefined && /^[^:]*:./.test(atob(basic))
}

/** A stateful stand-in that speaks Mailchimp's HTTP for everything that our kinds use. */
export function createMailchimpSandbox({ now, seed = seedMailchimp() }: MailchimpSandboxOptions) {
  const state = seed
  const { app, script, happened } = createSandboxApp(now, () => {
    advance()
    return structuredClone(state)
  })

  /** Time passes when somebody looks: a planned campaign goes out, a sending one is sent. */
  const advance = () => {
    for (const campaign of Object.values(state.campaigns)) {
      const due = campaign.sendTime === null ? null : Date.parse(campaign.sendTime)
      if (due === null) continue
      if (campaign.status === 'schedule' && due <= now().getTime()) go(campaign)
      if (campaign.status === 'sending' && due + SENDING_MS <= now().getTime()) campaign.status = 'sent'
    }
  }
  const go = (campaign: SandboxCampaign) => {
    campaign.emailsSent = recipientsOf(state, campaign)
    campaign.status = 'sending'
    happened(`campaign.send ${campaign.id}`)
  }

  const api = new Hono()
  api.use(needsKey)
  api.use(async (_c, next) => {
    advance()
    await next()
  })
  api.get('/ping', (c) => c.json({ health_status: "Everything's Chimpy!" }))
  api.route('/', campaignRoutes(state, { now, happened, go }))
  api.route('/', audienceRoutes(state, { now, happened }))
  api.route('/', segmentRoutes(state, { now, happened }))
  app.route('/3.0', api)
  app.notFound((c) => mailchimpProblem(c, 404, 'The requested resource could not be found.'))
  app.onError((_thrown, c) =>
    mailchimpProblem(
      c,
      400,
      "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    ),
  )
  return { app, state, script }
}

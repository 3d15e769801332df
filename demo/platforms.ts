import { z } from 'zod'
import { claim } from './claim.ts'
import { reach } from './reach.ts'

const Contact = z.object({ id: z.string(), properties: z.record(z.string(), z.string()), archived: z.boolean() })
const Engagement = Contact.extend({ contactIds: z.array(z.string()) })
const HubSpot = z.object({
  contacts: z.record(z.string(), Contact),
  tasks: z.record(z.string(), Engagement),
  notes: z.record(z.string(), Engagement),
  lists: z.record(z.string(), z.object({ name: z.string(), members: z.record(z.string(), z.string()) })),
})
const Mailchimp = z.object({
  lists: z.record(
    z.string(),
    z.object({
      name: z.string(),
      members: z.record(z.string(), z.object({ email: z.string(), status: z.string(), tags: z.array(z.string()) })),
      segments: z.record(z.string(), z.object({ id: z.number(), name: z.string(), tag: z.string() })),
    }),
  ),
  campaigns: z.record(
    z.string(),
    z.object({ id: z.string(), status: z.string(), emailsSent: z.number(), settings: z.object({ title: z.string() }) }),
  ),
  tests: z.array(z.object({ campaignId: z.string(), emails: z.array(z.string()) })),
})
const Log = z.object({ effects: z.record(z.string(), z.number()) })

export type HubSpotState = z.infer<typeof HubSpot>
export type MailchimpState = z.infer<typeof Mailchimp>
/** What is on the platforms now, and how often each effect has happened. */
export type Seen = {
  readonly hubspot: HubSpotState
  readonly mailchimp: MailchimpState
  readonly effects: Readonly<Record<string, number>>
}

/** Looks at the stand-ins themselves, past the gate: what they hold is what really happened. */
export async function look(addresses: Readonly<Record<string, string>>): Promise<Seen> {
  const [hubspot, mailchimp] = [addresses['hubspot'], addresses['mailchimp']]
  claim(hubspot !== undefined && mailchimp !== undefined, 'The stand-ins for HubSpot and Mailchimp are not both there.')
  const logs = await Promise.all([hubspot, mailchimp].map((url) => readJson(Log, `${url}/__sandbox/log`)))
  return {
    hubspot: await readJson(HubSpot, `${hubspot}/__sandbox/state`),
    mailchimp: await readJson(Mailchimp, `${mailchimp}/__sandbox/state`),
    effects: Object.assign({}, ...logs.map((log) => log.effects)),
  }
}

async function readJson<T>(schema: z.ZodType<T>, url: string): Promise<T> {
  const response = await reach(url)
  claim(response.ok, `${url} answered ${response.status}.`)
  return schema.parse(await response.json())
}

/** How often an effect happened between two looks. */
export const timesBetween = (before: Seen, after: Seen, effect: string): number =>
  (after.effects[effect] ?? 0) - (before.effects[effect] ?? 0)

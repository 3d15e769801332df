import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { value, type World } from './world.ts'

export const SEND = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
export const DANA = 'dana@example.com'
export const PATIENT = 'patient-0001@example.com'
export const SIGNED_UP = new Date('2026-01-05T08:00:00.000Z')
export const UNKNOWN = { kind: 'not_found', what: 'this address' }

export async function address(world: World) {
  const all = value(await world.gate.listConnections(world.owner))
  const { id, webhookKey } = all.find(({ platform }) => platform === 'mailchimp') ?? {}
  if (!id || !webhookKey) throw new Error('Mailchimp has no address')
  return { platform: 'mailchimp', connectionId: id, key: webhookKey }
}

export const form = (type: string, data: Record<string, string>, firedAt = '2026-03-04 16:00:00'): string =>
  new URLSearchParams([
    ['type', type],
    ['fired_at', firedAt],
    ['data[list_id]', MAILCHIMP_SEED.listId],
    ...Object.entries(data).map(([name, said]) => [`data[${name}]`, said]),
  ]).toString()

/** As Mailchimp posts it, unsigned. */
export const post = (body: string) => ({ url: 'https://gate.example.com/webhooks', headers: {}, body })

export const hear = async (world: World, body: string | null) =>
  await world.gate.hearWebhook({ ...(await address(world)), message: body === null ? null : post(body) })

export const standing = async (world: World, email: string) =>
  value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: email }])).standing

export const suppressions = async (world: World, email: string) =>
  value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: email }])).suppressions

export function audienceOf(world: World) {
  const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
  if (!list) throw new Error('The seeded audience is gone')
  return list
}

export function memberOf(world: World, email: string) {
  const member = Object.values(audienceOf(world).members).find((one) => one.email === email)
  if (!member) throw new Error('The seeded member is gone')
  return member
}

/** How many of the first three members a campaign reaches. */
export async function reached(world: World): Promise<number | undefined> {
  const list = audienceOf(world)
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, 3))
  await world.approve(await world.propose(SEND))
  await world.settled()
  return world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]?.emailsSent
}

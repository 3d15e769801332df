import type { Level } from '../../core/domain/ceiling.ts'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { START, value, type World } from './world.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
export const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
export const draft = {
  kind: 'mailchimp.campaign.create',
  input: {
    listId: MAILCHIMP_SEED.listId,
    subject: 'Whitening week',
    fromName: 'Your dental practice',
    replyTo: 'hello@example.com',
  },
}
export const SENT = `campaign.send ${MAILCHIMP_SEED.campaignId}`

export const at = (ms: number): Date => new Date(START.getTime() + ms)

/** The seeded campaign goes to the 24 people with the tag "New patient": a small band, ceiling 3. */
export function toNewPatients(world: World): void {
  const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
  const campaign = world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]
  if (!list || !campaign) throw new Error('The seed has both')
  list.segments['3102'] = { id: 3102, name: 'New patients', tag: 'New patient' }
  campaign.segmentId = 3102
}

/** Level 1 is a person's own choice; more is earned. */
export const grant = async (world: World, scope: string, level: Level): Promise<unknown> =>
  level === 1 ? value(await world.gate.setGrant(world.owner, scope, 1, {})) : await world.letEarn(scope, level)

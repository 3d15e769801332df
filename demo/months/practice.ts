import { PEOPLE } from '../chat.ts'
import type { Owner, PolicyDocument } from '../owner-client.ts'
import { WALLS } from '../walls.ts'

/** What the stand-ins begin with. */
export const MAILCHIMP_LIST = '8f2c61d0ab'
export const RECALL_SEGMENT = 3101
export const RECALL_LIST = '11'

const POLICY: PolicyDocument = {
  ...WALLS,
  cost_per_person: { 'mailchimp.campaign.send': 1 },
  budget: { day: { cap: 2_000 } },
  quiet_hours: { from: '21:00', to: '08:00', outcome: 'ask' },
}

/** People and guardrails of the practice. Returns how to put the policy back. */
export async function openPractice(owner: Owner): Promise<() => Promise<void>> {
  const policy = await owner.policy()
  await owner.setPolicy(POLICY, 'For the months')
  await owner.addMember(PEOPLE.owner.name, PEOPLE.owner.email, 'admin')
  await owner.addMember(PEOPLE.approver.name, PEOPLE.approver.email, 'approver')
  return async () => await owner.setPolicy(policy, 'As it was before the months')
}

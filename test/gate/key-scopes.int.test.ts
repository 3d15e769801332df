import { expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { hourlyRate } from '../../core/gate/agent-scope.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' }, reason: 'Season' }
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId }, reason: 'Season' }
const MINUTE = 60_000

const its = useWorld({ policy: { cost_per_person: { 'hubspot.contact.update': 60, 'mailchimp.campaign.send': 1 } } })

it('a key is good for its channels, from the next proposal on', async () => {
  const { world } = its
  value(await world.gate.changeAgent(world.admin, world.agent.id, { channels: ['email', 'social'] }))
  const before = await world.rowCounts()
  expect(refusal(await world.gate.proposeAction(world.agent, update, world.once()))).toEqual({
    kind: 'not_permitted',
    why: '“Update a contact” goes out over the CRM; this key is for email, social media.',
  })
  expect(await world.rowCounts()).toEqual(before)
  value(await world.gate.changeAgent(world.admin, world.agent.id, { channels: [] }))
  expect((await world.propose(update)).state).toBe('awaiting_approval')
  expect(await world.events(world.agent.id)).toEqual(['agent_changed', 'agent_changed'])
})

it('and up to its amount, also where that is known only after a look at the platform', async () => {
  const { world } = its
  value(await world.gate.changeAgent(world.admin, world.agent.id, { maxAmountMinor: 59 }))
  expect(refusal(await world.gate.proposeAction(world.agent, update, world.once()))).toEqual({
    kind: 'not_permitted',
    why: 'It costs $0.60; this key is good for up to $0.59 a proposal.',
  })
  const blocked = await world.propose(send)
  expect(blocked).toMatchObject({ state: 'blocked', verdict: { outcome: 'block', reasons: [{ rule: 'key.amount' }] } })
  value(await world.gate.changeAgent(world.admin, world.agent.id, { maxAmountMinor: 60 }))
  expect((await world.propose(update)).state).toBe('awaiting_approval')
})

it('and at its rate, which what was refused does not use up', async () => {
  const { world } = its
  value(await world.gate.changeAgent(world.admin, world.agent.id, { ratePerHour: 4, channels: ['email'] }))
  for (let i = 0; i < 5; i += 1)
    expect(refusal(await world.gate.proposeAction(world.agent, update, world.once())).kind).toBe('not_permitted')
  value(await world.gate.changeAgent(world.admin, world.agent.id, { channels: [] }))
  for (let i = 0; i < 2; i += 1) await world.propose(update)
  const third = refusal(await world.gate.proposeAction(world.agent, update, world.once()))
  expect(third).toEqual({
    kind: 'rate_limited',
    retryAfterMs: 30 * MINUTE,
    says: 'This key is good for 4 proposals an hour.',
  })
  world.pass(30 * MINUTE)
  await world.propose(update)
  expect((await world.propose(update, world.approver)).state).toBe('awaiting_approval')
})

it('a new agent has what it was given, and a kind that does not exist is refused', async () => {
  const { world } = its
  const scope = { kinds: ['hubspot.contact.update'], channels: ['crm' as const], maxAmountMinor: 5, ratePerHour: 7 }
  expect(value(await world.gate.createAgent(world.admin, { name: 'New', ...scope })).agent).toMatchObject(scope)
  const unknown = await world.gate.changeAgent(world.admin, world.agent.id, { kinds: ['hubspot.dance'] })
  expect(refusal(unknown).kind).toBe('unknown_kind')
  for (const actor of [world.approver, world.agent])
    expect(refusal(await world.gate.changeAgent(actor, world.agent.id, { kinds: [] })).kind).toBe('not_permitted')
})

test.each([1, 2, 3, 4, 7, 20, 1000])('%i an hour is never more in any hour', (perHour) => {
  const { burst, intervalMs } = hourlyRate(perHour)
  const inAnHour = burst + Math.floor((60 * MINUTE - 1) / intervalMs)
  expect(inAnHour).toBeLessThanOrEqual(perHour)
})

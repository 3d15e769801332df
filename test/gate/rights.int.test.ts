import { expect, it, test } from 'vitest'
import type { SwitchTarget } from '../../core/domain/switches.ts'
import { refusal, value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const its = useWorld()

test.each<[string, SwitchTarget]>([
  ['platform', { kind: 'platform', value: 'hubspott' }],
  ['kind', { kind: 'kind', value: 'hubspot.contact.updat' }],
  ['category', { kind: 'category', value: 'CRM' }],
  ['agent', { kind: 'agent', value: 'nobody' }],
])('a stop of a %s that does not exist is refused and written nowhere', async (_what, target) => {
  const { world } = its
  const before = await world.rowCounts()
  expect(refusal(await world.gate.stop(world.owner, target, null))).toMatchObject({
    kind: 'malformed',
    problems: [{ path: 'target.value' }],
  })
  expect(await world.rowCounts()).toEqual(before)
})

test.each([
  ['a lower price', { cost_per_person: { 'mailchimp.campaign.send': 2 }, amount: { cap: 100 } }],
  ['no price', { amount: { cap: 100 } }],
  [
    'wider own approvals',
    { cost_per_person: { 'mailchimp.campaign.send': 3 }, amount: { cap: 100 }, own_approval_below: 5 },
  ],
])('an admin cannot pass a cap by %s; an owner can', async (_how, document) => {
  const { world } = its
  value(
    await world.gate.setPolicy(
      world.owner,
      { cost_per_person: { 'mailchimp.campaign.send': 3 }, amount: { cap: 100 } },
      null,
    ),
  )
  expect(refusal(await world.gate.setPolicy(world.admin, document, null)).kind).toBe('not_permitted')
  expect(value(await world.gate.setPolicy(world.owner, document, null)).version).toBe(2)
})

it('only an owner lets fewer people decide', async () => {
  const { world } = its
  const strict = { approvals: { four_eyes: true, people_needed: [{ people: 2 }] } }
  value(await world.gate.setPolicy(world.admin, strict, null))
  const before = await world.rowCounts()
  for (const document of [{}, { approvals: { four_eyes: true } }, { approvals: { people_needed: [{ people: 2 }] } }])
    expect(refusal(await world.gate.setPolicy(world.admin, document, null)).kind).toBe('not_permitted')
  expect(await world.rowCounts()).toEqual(before)
  value(await world.gate.setPolicy(world.owner, {}, null))
})

it('an admin cannot take an owner’s place in Slack, and nobody a place that is taken', async () => {
  const { world } = its
  expect(refusal(await world.gate.createLinkCode(world.admin, world.owner.id)).kind).toBe('not_permitted')
  const { code } = value(await world.gate.createLinkCode(world.owner, world.owner.id))
  value(await world.gate.linkSlackUser(world.workspaceId, 'U1', code))
  const again = value(await world.gate.createLinkCode(world.owner, world.owner.id))
  expect(refusal(await world.gate.linkSlackUser(world.workspaceId, 'U2', again.code)).kind).toBe('not_permitted')
  const added = value(
    await world.gate.addMember(world.owner, { name: 'Second', email: 'second@example.com', role: 'approver' }),
  )
  const second = value(await world.gate.createLinkCode(world.owner, added.member.id))
  expect(refusal(await world.gate.linkSlackUser(world.workspaceId, 'U1', second.code)).kind).toBe('not_permitted')
  expect((await world.gate.memberOfSlackUser(world.workspaceId, 'U1'))?.id).toBe(world.owner.id)
})

import { beforeEach, describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { MemberChange } from '../../core/gate/change-member.ts'
import { decide } from '../support/decide.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }

const its = useWorld({ policy: { cost_per_person: { 'mailchimp.campaign.send': 25, 'hubspot.contact.update': 60 } } })

describe('a member with limits', () => {
  test.each<[string, MemberChange['limits'] & object, typeof update | typeof send, string]>([
    [
      'a category',
      { categories: ['audience'] },
      update,
      'It is about CRM updates; you may decide audience changes. Owner or Bo can.',
    ],
    [
      'a channel',
      { channels: ['social', 'ads'] },
      send,
      'It goes out over email; you may decide social media and ads. Owner or Bo can.',
    ],
    ['an amount', { amountMinor: 59 }, update, 'It costs $0.60; you may approve up to $0.59. Owner or Bo can.'],
  ])('may not approve or edit beyond %s, and is told who can', async (_what, limits, proposal, why) => {
    const { world } = its
    const ann = await joins(world, 'Ann', 'approver', limits)
    await joins(world, 'Bo', 'admin')
    await joins(world, 'Vera', 'viewer')
    const action = await world.propose(proposal)
    const before = await world.rowCounts()
    expect(refusal(await decide(world, action, { decision: 'approve' }, ann))).toEqual({ kind: 'not_permitted', why })
    expect(why.length).toBeLessThanOrEqual(160)
    const edit = { decision: 'edit' as const, input: action.input }
    expect(refusal(await decide(world, action, edit, ann)).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    // Anybody who may decide may say no.
    expect(value(await decide(world, action, { decision: 'reject', reason: 'Not now' }, ann)).state).toBe('rejected')
  })

  it('approves what lies within, up to the last cent', async () => {
    const { world } = its
    const ann = await joins(world, 'Ann', 'approver', {
      categories: ['crm_update'],
      channels: ['crm'],
      amountMinor: 60,
    })
    expect((await world.approve(await world.propose(update), ann)).state).toBe('executed')
  })

  it('cannot pass an amount by cutting it into a plan', async () => {
    const { world } = its
    const ann = await joins(world, 'Ann', 'approver', { amountMinor: 119 })
    const plan = {
      title: 'Two',
      reason: 'Season',
      steps: [update, { ...update, input: { ...update.input, contactId: '102' } }],
    }
    const proposed = value(await world.gate.proposePlan(world.agent, plan, world.once())).plan
    const request = { decision: 'approve' as const, payloadHash: proposed.payloadHash ?? '' }
    const before = await world.rowCounts()
    expect(refusal(await world.gate.decidePlan(ann, proposed.id, request)).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    value(await world.gate.changeMember(world.owner, ann.id, { limits: { amountMinor: 120 } }))
    expect(value(await world.gate.decidePlan(ann, proposed.id, request)).state).toBe('running')
  })

  it('takes back within categories and channels, whatever it cost, and may always stop it before', async () => {
    const { world } = its
    const ann = await joins(world, 'Ann', 'approver', { channels: ['email'] })
    const bo = await joins(world, 'Bo', 'approver', { channels: ['crm'], amountMinor: 0 })
    const done = await world.approve(await world.propose(update))
    expect(refusal(await world.gate.undoAction(ann, done.id, { despiteChanges: false }))).toMatchObject({
      kind: 'not_permitted',
    })
    expect(value(await world.gate.undoAction(bo, done.id, { despiteChanges: false })).state).toBe('undone')
    const planned = await world.approve(
      await world.propose({ ...update, notBefore: new Date(world.now().getTime() + 3_600_000) }),
    )
    expect(value(await world.gate.undoAction(ann, planned.id, { despiteChanges: false })).state).toBe('cancelled')
  })

  it('decides by the role and limits in force, not by those of an older session', async () => {
    const { world } = its
    const ann = await joins(world, 'Ann', 'approver')
    const action = await world.propose(update)
    value(await world.gate.changeMember(world.owner, ann.id, { role: 'viewer' }))
    expect(refusal(await decide(world, action, { decision: 'approve' }, ann)).kind).toBe('not_permitted')
    value(await world.gate.changeMember(world.owner, ann.id, { role: 'approver', disabled: true }))
    expect(refusal(await decide(world, action, { decision: 'reject', reason: 'x' }, ann)).kind).toBe('not_permitted')
    value(await world.gate.changeMember(world.owner, ann.id, { disabled: false }))
    expect(value(await decide(world, action, { decision: 'approve' }, ann)).decisions).toHaveLength(1)
  })
})

describe('who changes a member', () => {
  type Who = 'owner' | 'admin' | 'approver' | 'viewer'
  let people: Record<Who | 'other', Awaited<ReturnType<typeof joins>>>
  beforeEach(async () => {
    const { world } = its
    people = {
      owner: await joins(world, 'Olga', 'owner'),
      admin: await joins(world, 'Adam', 'admin'),
      approver: await joins(world, 'Ann', 'approver'),
      viewer: await joins(world, 'Vera', 'viewer'),
      other: await joins(world, 'Otto', 'admin'),
    }
  })

  test.each<[Who, Who | 'other', MemberChange, boolean]>([
    ['owner', 'approver', { role: 'admin' }, true],
    ['owner', 'admin', { limits: { amountMinor: 5 } }, true],
    ['owner', 'owner', { role: 'admin' }, true],
    ['admin', 'approver', { limits: { amountMinor: 5 } }, true],
    ['admin', 'approver', { disabled: true }, true],
    ['admin', 'approver', { role: 'viewer' }, false],
    ['admin', 'admin', { limits: null }, false],
    ['admin', 'other', { limits: { amountMinor: 5 } }, false],
    ['admin', 'owner', { disabled: true }, false],
    ['approver', 'viewer', { disabled: true }, false],
    ['approver', 'approver', { limits: null }, false],
    ['viewer', 'viewer', { role: 'owner' }, false],
  ])('%s changes %s by %j: %s', async (who, whom, change, may) => {
    const { world } = its
    const before = await world.rowCounts()
    const answer = await world.gate.changeMember(people[who], people[whom].id, change)
    expect(answer.ok).toBe(may)
    expect(await world.events(people[whom].id)).toEqual(may ? ['member_added', 'member_changed'] : ['member_added'])
    if (!may) expect(await world.rowCounts()).toEqual(before)
  })

  it('leaves an owner, also when two owners send each other away at once', async () => {
    const { world } = its
    const olga = people.owner
    const answers = await Promise.all([
      world.gate.changeMember(olga, world.owner.id, { disabled: true }),
      world.gate.changeMember(world.owner, olga.id, { role: 'viewer' }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const owners = value(await world.gate.listMembers(people.viewer)).filter(({ role }) => role === 'owner')
    expect(owners).toHaveLength(1)
    const last = owners[0]?.id === olga.id ? olga : world.owner
    for (const change of [{ role: 'admin' as const }, { disabled: true }])
      expect(refusal(await world.gate.changeMember(last, last.id, change))).toEqual({
        kind: 'not_permitted',
        why: 'This is the last owner. Make somebody else an owner first.',
      })
  })
})

import { describe, expect, it, test } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { decide } from '../support/decide.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const approve = { decision: 'approve' } as const
const its = useWorld()

/** An agent whose key somebody holds. */
async function agentOf(world: World, by: Actor): Promise<Actor> {
  const { agent } = value(await world.gate.createAgent(by, { name: `of ${by.name}` }))
  return { kind: 'agent', id: agent.id, workspaceId: world.workspaceId, name: agent.name }
}

describe('what an agent proposes with a key that a member made', () => {
  it('is not approved by that member’s token, but by a press in Slack and by anybody else', async () => {
    const { world } = its
    const adam = await joins(world, 'Adam', 'admin')
    const agent = await agentOf(world, adam)
    const action = await world.propose(update, agent)
    const before = await world.rowCounts()
    for (const decision of [approve, { decision: 'edit', input: action.input } as const])
      expect(refusal(await decide(world, action, decision, adam))).toEqual({
        kind: 'not_permitted',
        why: 'Its agent works with a key that you made: decide it in Slack, or let somebody else decide it.',
      })
    expect(await world.rowCounts()).toEqual(before)
    expect(value(await decide(world, action, approve, { ...adam, via: 'slack' })).decisions).toHaveLength(1)
    expect(value(await decide(world, await world.propose(update, agent), approve)).decisions).toHaveLength(1)
    const third = await world.propose(update, agent)
    expect(value(await decide(world, third, { decision: 'reject', reason: 'No' }, adam)).state).toBe('rejected')
  })

  it('stays theirs when the agent is disabled, and becomes theirs who make the key anew', async () => {
    const { world } = its
    const adam = await joins(world, 'Adam', 'admin')
    const agent = await agentOf(world, adam)
    const action = await world.propose(update, agent)
    if (agent.kind !== 'agent') throw new Error('It is an agent')
    value(await world.gate.disableAgent(world.owner, agent.id))
    expect(refusal(await decide(world, action, approve, adam)).kind).toBe('not_permitted')
    const installed = await world.propose(update)
    value(await world.gate.rotateAgentKey(adam, world.agent.id))
    expect(refusal(await decide(world, installed, approve, adam)).kind).toBe('not_permitted')
  })

  it('stays theirs, too, when somebody else makes the key anew', async () => {
    const { world } = its
    const adam = await joins(world, 'Adam', 'admin')
    const agent = await agentOf(world, adam)
    const action = await world.propose(update, agent)
    if (agent.kind !== 'agent') throw new Error('It is an agent')
    for (const by of [world.owner, world.owner]) value(await world.gate.rotateAgentKey(by, agent.id))
    expect(refusal(await decide(world, action, approve, adam)).kind).toBe('not_permitted')
    expect(value(await decide(world, action, approve, { ...adam, via: 'slack' })).decisions).toHaveLength(1)
  })

  it('may be decided by anybody where the key came with the installation', async () => {
    const { world } = its
    expect(value(await decide(world, await world.propose(update), approve)).decisions).toHaveLength(1)
  })
})

describe('with four eyes', () => {
  it('nobody approves what they proposed, asked for, or had an agent propose, by any door', async () => {
    const { world } = its
    const document = { approvals: { four_eyes: true }, own_approval_below: 1000 }
    value(await world.gate.setPolicy(world.owner, document, null))
    const adam = await joins(world, 'Adam', 'admin', null, 'slack')
    await world.query("update members set slack_user_id = 'U0ADAM' where id = $1", [adam.id])
    const asked = (member: string) => world.propose({ ...update, requestedBy: { member } })
    const own = [
      await world.propose(update, adam),
      await world.propose(update, await agentOf(world, adam)),
      await asked(adam.id),
      await asked(' ADAM@example.com '),
      await asked('U0ADAM'),
    ]
    const before = await world.rowCounts()
    for (const action of own)
      expect(refusal(await decide(world, action, approve, adam))).toMatchObject({ kind: 'not_permitted' })
    expect(await world.rowCounts()).toEqual(before)
    for (const action of own) expect(value(await decide(world, action, approve)).decisions).toHaveLength(1)
  })

  it('without it a member approves what they asked for, and their own below the amount', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { own_approval_below: 1 }, null))
    const ann = await joins(world, 'Ann', 'approver')
    const asked = await world.propose({ ...update, requestedBy: { member: ann.id } })
    for (const action of [asked, await world.propose(update, ann)])
      expect(value(await decide(world, action, approve, ann)).decisions).toHaveLength(1)
  })
})

describe('under a version on trial', () => {
  const here = { kind: update.kind }

  it('with four eyes nobody approves what they asked for', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { approvals: { four_eyes: true } }, null, here))
    const ann = await joins(world, 'Ann', 'approver')
    const asked = await world.propose({ ...update, requestedBy: { member: ann.id } })
    expect(refusal(await decide(world, asked, approve, ann)).kind).toBe('not_permitted')
  })

  test.each([
    ['the policy in force lets nobody', {}, { own_approval_below: 1 }, false],
    ['the trial lets nobody', { own_approval_below: 1 }, {}, false],
    ['both let them', { own_approval_below: 1 }, { own_approval_below: 1 }, true],
  ])('%s approve their own: both bind', async (_name, inForce, onTrial, may) => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, inForce, null))
    value(await world.gate.setPolicy(world.owner, onTrial, null, here))
    const ann = await joins(world, 'Ann', 'approver')
    expect((await decide(world, await world.propose(update, ann), approve, ann)).ok).toBe(may)
  })
})

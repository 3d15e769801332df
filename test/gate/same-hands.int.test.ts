import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { decide } from '../support/decide.ts'
import type { Joined } from '../support/joins.ts'
import { added, inSlack, linked, takesToken } from '../support/issued-tokens.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const approve = { decision: 'approve' } as const
const its = useWorld()

const why = (said: { readonly kind: string; readonly why?: string }): string => {
  expect(said.kind).toBe('not_permitted')
  expect(said.why?.length).toBeLessThanOrEqual(160)
  return said.why ?? ''
}
const people = async (world: World) => {
  const ann = world.owner
  const mo = await added(world, 'Mo', 'admin', ann)
  const no = await added(world, 'No', 'approver', mo)
  return { ann, mo, no }
}

describe('where two people have to approve', () => {
  const policy = { approvals: { people_needed: [{ categories: ['crm_update'], people: 2 }] } }
  const start = async (world: World) => {
    value(await world.gate.setPolicy(world.owner, policy, null))
    return await people(world)
  }

  it('two tokens in the same hands count once, also through a third', async () => {
    const { world } = its
    const { ann, mo, no } = await start(world)
    for (const [first, second, says] of [
      [ann, mo, 'Your token was issued by Owner, who approved already'],
      [ann, no, 'Your token was issued by Owner, who approved already'],
      [mo, ann, 'Mo approved with a token that you had issued, which counts as you'],
      [mo, no, 'Your token was issued by Mo, who approved already'],
      [no, mo, 'No approved with a token that you had issued, which counts as you'],
    ] as const) {
      const action = await world.propose(update)
      value(await decide(world, action, approve, first))
      const before = await world.rowCounts()
      expect(why(refusal(await decide(world, action, approve, second)))).toContain(says)
      expect(await world.rowCounts()).toEqual(before)
      expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', approvals: { missing: 1 } })
    }
  })

  it('two whom one person added count once', async () => {
    const { world } = its
    const { mo } = await start(world)
    const bo = await added(world, 'Bo', 'approver', world.owner)
    const action = await world.propose(update)
    value(await decide(world, action, approve, mo))
    expect(why(refusal(await decide(world, action, approve, bo)))).toContain('issued by one person and count once')
  })

  it('a press in Slack counts beside whoever issued the token, before and after', async () => {
    const { world } = its
    const { ann, mo } = await start(world)
    await linked(world, ann, mo)
    for (const order of [
      [ann, inSlack(mo)],
      [inSlack(mo), ann],
    ]) {
      const action = await world.propose(update)
      for (const one of order) value(await decide(world, action, approve, one))
      await world.settled()
      expect((await world.get(action.id)).state).toBe('executed')
    }
  })

  it('a press takes the place of what was approved with the token before', async () => {
    const { world } = its
    const { ann, mo } = await start(world)
    await linked(world, ann, mo)
    const action = await world.propose(update)
    value(await decide(world, action, approve, mo))
    value(await decide(world, action, approve, inSlack(mo)))
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 1, given: [{ name: 'Mo' }] })
    value(await decide(world, action, approve, ann))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('a press does not show that it is another person while whoever issued the token has no Slack user', async () => {
    const { world } = its
    const { ann, mo } = await start(world)
    await linked(world, mo)
    const action = await world.propose(update)
    value(await decide(world, action, approve, ann))
    expect(why(refusal(await decide(world, action, approve, inSlack(mo))))).toContain(
      'Owner added you and first has to be linked in Slack',
    )
    await linked(world, ann)
    expect((await decide(world, action, approve, inSlack(mo))).ok).toBe(true)
  })

  it('a plan is not let run by two tokens in the same hands', async () => {
    const { world } = its
    const { ann, mo } = await start(world)
    const { plan } = value(
      await world.gate.proposePlan(world.agent, { title: 'One', reason: 'x', steps: [update] }, world.once()),
    )
    const request = { decision: 'approve' as const, payloadHash: plan.payloadHash ?? '' }
    value(await world.gate.decidePlan(ann, plan.id, request))
    expect(why(refusal(await world.gate.decidePlan(mo, plan.id, request)))).toContain('issued by Owner')
  })

  it('a token that the member took in Slack is theirs alone, but not what was approved with the old one', async () => {
    const { world } = its
    const { ann, mo } = await start(world)
    await linked(world, ann, mo)
    const action = await world.propose(update)
    value(await decide(world, action, approve, mo))
    const own = await takesToken(world, mo)
    expect(why(refusal(await decide(world, action, approve, ann)))).toContain('with a token that you had issued')
    value(await decide(world, action, approve, own))
    value(await decide(world, action, approve, ann))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })
})

describe('a new token', () => {
  it('is taken in Slack, not with the old one, whose place it takes, and the ledger knows', async () => {
    const { world } = its
    const { token: old, member } = value(
      await world.gate.addMember(world.owner, { name: 'Mo', email: 'mo@example.com', role: 'approver' }),
    )
    const mo = await world.gate.authenticate(old)
    if (mo?.kind !== 'member') throw new Error('It is a member')
    const before = await world.rowCounts()
    for (const one of [mo, world.agent]) why(refusal(await world.gate.takeOwnToken(one)))
    expect(await world.rowCounts()).toEqual(before)
    expect(await world.gate.authenticate(old)).toEqual(mo)
    const { token } = value(await world.gate.takeOwnToken(inSlack(mo)))
    expect(await world.gate.authenticate(old)).toBeNull()
    expect(await world.gate.authenticate(token)).toMatchObject({ id: member.id })
    expect(await world.events(member.id)).toEqual(['member_added', 'member_token_taken'])
  })
})

describe('one’s own work', () => {
  it('is also what was proposed with a token out of the same hands, but for a press in Slack', async () => {
    const { world } = its
    const { ann, mo, no } = await people(world)
    for (const [by, decider, says] of [
      [ann, mo, 'Owner, who proposed this, had your token issued: decide it in Slack'],
      [ann, no, 'Owner, who proposed this, had your token issued: decide it in Slack'],
      [mo, ann, 'Mo proposed this with a token that you had issued: decide it in Slack'],
      [no, ann, 'No proposed this with a token that you had issued: decide it in Slack'],
    ] as const) {
      const action = await world.propose(update, by)
      const before = await world.rowCounts()
      expect(why(refusal(await decide(world, action, approve, decider)))).toContain(says)
      expect(await world.rowCounts()).toEqual(before)
      expect((await decide(world, action, approve, inSlack(decider))).ok).toBe(true)
    }
  })

  it('is what an agent proposed whose key was made with a token out of the same hands', async () => {
    const { world } = its
    const { ann, mo } = await people(world)
    const { agent } = value(await world.gate.createAgent(mo, { name: 'Writer' }))
    const actor: Actor = { kind: 'agent', id: agent.id, workspaceId: world.workspaceId, name: agent.name }
    const action = await world.propose(update, actor)
    expect(why(refusal(await decide(world, action, approve, ann)))).toContain('out of the same hands')
    // A token that Mo takes later changes nothing about who held the one that the key was made with.
    await takesToken(world, mo)
    expect(refusal(await decide(world, action, approve, ann)).kind).toBe('not_permitted')
    expect((await decide(world, action, approve, inSlack(ann))).ok).toBe(true)
  })

  it('may be approved below the amount that the policy leaves to everybody', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { own_approval_below: 1 }, null))
    const { ann, mo } = await people(world)
    expect((await decide(world, await world.propose(update, ann), approve, mo)).ok).toBe(true)
  })

  it('locks nobody out of a fresh installation with a single token', async () => {
    const { world } = its
    const action = await world.propose(update)
    value(await decide(world, action, approve, world.owner))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })
})

describe('with four eyes', () => {
  it('a press is the other pair, the same hands are not, and what their token proposed or asked for is theirs', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { approvals: { four_eyes: true } }, null))
    const { ann, mo } = await people(world)
    await linked(world, ann, mo)
    const byAnn = await world.propose(update, ann)
    const byMo = await world.propose(update, mo)
    const asked = await world.propose({ ...update, requestedBy: { member: ann.id } })
    for (const [action, decider] of [
      [byAnn, mo],
      [byMo, ann],
      [byMo, inSlack(ann)],
      [asked, mo],
    ] as const)
      why(refusal(await decide(world, action, approve, decider)))
    for (const action of [byAnn, asked]) expect((await decide(world, action, approve, inSlack(mo))).ok).toBe(true)
  })
})

describe('the second person of a change of the guardrails', () => {
  const waiting = async (world: World, by: Joined) => {
    const { version } = value(await world.gate.setPolicy(by, { policy_changes: { second_person: true } }, null))
    return version
  }

  it('is nobody who holds a token that the first had issued, nor the other way round', async () => {
    const { world } = its
    const { ann, mo } = await people(world)
    await linked(world, ann, mo)
    await waiting(world, ann)
    const byAnn = await waiting(world, ann)
    expect(why(refusal(await world.gate.confirmPolicy(mo, byAnn)))).toContain('in the hands of whoever wrote this')
    const byMo = await waiting(world, mo)
    expect(why(refusal(await world.gate.confirmPolicy(ann, byMo)))).toContain('with a token that you had issued')
    const own = await takesToken(world, mo)
    expect(why(refusal(await world.gate.confirmPolicy(ann, byMo)))).toContain('with a token that you had issued')
    expect(value(await world.gate.confirmPolicy(own, byAnn)).version).toBe(byAnn)
  })
})

import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { openServer } from '../../core/postgres/database.ts'
import { decide } from '../support/decide.ts'
import { added, inSlack, issued, linked, takesToken } from '../support/issued-tokens.ts'
import { type Joined, joins } from '../support/joins.ts'
import { refused } from '../support/refused.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const approve = { decision: 'approve' } as const
const TWO = { approvals: { people_needed: [{ categories: ['crm_update'], people: 2 }] } }
const its = useWorld()

const why = (world: World, by: Actor, whom: Joined) => refused(world, () => world.gate.issueToken(by, whom.id))
const approvesFails = async (world: World, action: Awaited<ReturnType<World['propose']>>, by: Joined) =>
  await refused(world, () => decide(world, action, approve, by))

describe('a new token that somebody issues', () => {
  it('works at once, the old one no longer, and the ledger knows', async () => {
    const { world } = its
    const no = { name: 'No', email: 'no@example.com', role: 'approver' as const }
    const { member, token: old } = value(await world.gate.addMember(world.owner, no))
    const given = value(await world.gate.issueToken(world.owner, member.id))
    expect(given.member).toEqual(member)
    expect(await world.gate.authenticate(old)).toBeNull()
    expect(await world.gate.authenticate(given.token)).toMatchObject({ id: member.id, role: 'approver', via: 'http' })
    expect(await world.events(member.id)).toEqual(['member_added', 'member_token_issued'])
    const [event] = await world.query(
      "select body from ledger_events where subject = $1 and type = 'member_token_issued'",
      [member.id],
    )
    expect(JSON.parse(String(event?.['body']))).toMatchObject({ body: { by: world.owner.id } })
    expect(JSON.stringify(event)).not.toContain(given.token)
  })

  it('is an admin’s to issue, for admins and owners an owner’s, and nobody’s for themselves', async () => {
    const { world } = its
    const [mo, ann] = [await joins(world, 'Mo', 'admin'), await joins(world, 'Ann', 'admin')]
    const [no, bo] = [await joins(world, 'No', 'approver'), await joins(world, 'Bo', 'viewer')]
    for (const by of [world.agent, no, bo, inSlack(no)])
      expect(await why(world, by, bo)).toBe('Only admins and owners can issue tokens.')
    for (const whom of [ann, world.owner])
      expect(await why(world, mo, whom)).toBe('Only an owner can issue a token for an admin or owner.')
    for (const oneself of [mo, inSlack(mo), world.owner])
      expect(await why(world, oneself, oneself)).toBe(
        'For yourself, take one in Slack with /tenure token, or have an owner issue you one.',
      )
    for (const whom of [no, bo]) await issued(world, whom, mo)
    for (const whom of [no, ann]) await issued(world, whom, world.owner)
    const nobody = refusal(await world.gate.issueToken(world.owner, world.newId('mem')))
    expect(nobody).toEqual({ kind: 'not_found', what: 'the member' })
  })

  it('is not issued by who lost the right meanwhile, nor for who left', async () => {
    const { world } = its
    const [mo, no] = [await joins(world, 'Mo', 'admin'), await joins(world, 'No', 'approver')]
    value(await world.gate.changeMember(world.owner, mo.id, { role: 'approver' }))
    expect(await why(world, mo, no)).toContain('Only admins and owners')
    value(await world.gate.changeMember(world.owner, mo.id, { role: 'admin', disabled: true }))
    expect(await why(world, mo, no)).toContain('Only admins and owners')
    value(await world.gate.changeMember(world.owner, no.id, { disabled: true }))
    expect(await why(world, world.owner, no)).toBe('They left. Bring them back first, then issue a token.')
  })

  it('is not issued for somebody who may decide more than one can give; the old one goes on', async () => {
    const { world } = its
    const mo = await joins(world, 'Mo', 'admin', { categories: ['audience'] })
    const { member, token } = value(
      await world.gate.addMember(mo, { name: 'No', email: 'no@example.com', role: 'approver' }),
    )
    const no: Joined = { ...mo, id: member.id, name: 'No', role: 'approver' }
    value(await world.gate.changeMember(world.owner, no.id, { limits: null }))
    expect(await why(world, mo, no)).toBe(
      'Nobody gives more than they have: you can give audience changes. Stay within that, or ask an owner.',
    )
    expect(await world.gate.authenticate(token)).toMatchObject({ id: no.id })
    const own = await issued(world, no, world.owner)
    value(await decide(world, await world.propose(update), approve, own))
  })

  it.each([
    ['left', { disabled: true }],
    ['may only look now', { role: 'viewer' as const }],
    ['may decide less', { limits: { categories: ['audience' as const] } }],
  ])('decides again where whoever issued the one before %s', async (_what, change) => {
    const { world } = its
    const mo = await joins(world, 'Mo', 'admin')
    const no = await added(world, 'No', 'approver', mo)
    value(await world.gate.changeMember(world.owner, mo.id, change))
    const action = await world.propose(update)
    expect(await approvesFails(world, action, no)).toContain('issued by Mo')
    value(await decide(world, action, approve, await issued(world, no, world.owner)))
  })

  it('counts as theirs too who issued it, and with whose token, and goes no further than they', async () => {
    const { world } = its
    const mo = await added(world, 'Mo', 'admin', world.owner)
    const no = await issued(world, await joins(world, 'No', 'approver'), mo)
    value(await world.gate.setPolicy(world.owner, TWO, null))
    for (const other of [mo, world.owner]) {
      const action = await world.propose(update)
      value(await decide(world, action, approve, no))
      expect(await approvesFails(world, action, other)).toContain('with a token that you had issued')
    }
    value(await world.gate.changeMember(world.owner, mo.id, { role: 'viewer' }))
    expect(await approvesFails(world, await world.propose(update), no)).toContain('issued by Mo')
  })

  it('of two that are issued at once, one works', async () => {
    const { world, database } = its
    if (!('url' in database)) throw new Error('Races need a server')
    const connections = openServer(String(database.url), { max: 4 })
    const beside = await world.beside(connections)
    const ann = await joins(world, 'Ann', 'owner')
    const no = await joins(world, 'No', 'approver')
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        world.gate.issueToken(world.owner, no.id),
        beside.gate.issueToken(ann, no.id),
        world.gate.issueToken(ann, no.id),
      ])
      const known = await Promise.all(answers.map((one) => world.gate.authenticate(value(one).token)))
      expect(known.filter((one) => one !== null)).toMatchObject([{ id: no.id }])
    }
    await beside.close()
    await connections.close()
  })
})

describe('what was done with the token before', () => {
  const approvedByMoAsNo = async (world: World) => {
    value(await world.gate.setPolicy(world.owner, TWO, null))
    const mo = await joins(world, 'Mo', 'admin')
    const no = await issued(world, await joins(world, 'No', 'approver'), mo)
    const action = await world.propose(update)
    value(await decide(world, action, approve, no))
    const own = await issued(world, no, world.owner)
    return { mo, own, action }
  }

  it('counts as theirs who held that one, not as theirs who issued the new one', async () => {
    const { world } = its
    const { mo, action } = await approvedByMoAsNo(world)
    expect(await approvesFails(world, action, mo)).toContain('No approved with a token that you had issued')
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 1 })
    value(await decide(world, action, approve, world.owner))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('does not bind what is done with the new one', async () => {
    const { world } = its
    const { mo, own } = await approvedByMoAsNo(world)
    const action = await world.propose({ ...update, input: { ...update.input, phone: '+1 555 0100' } })
    value(await decide(world, action, approve, own))
    expect(await approvesFails(world, action, world.owner)).toContain('No approved with a token that you had issued')
    value(await decide(world, action, approve, mo))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('no longer counts once whoever issued that one left, and is their own work still', async () => {
    const { world } = its
    const { mo, own, action } = await approvedByMoAsNo(world)
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 1 })
    const proposedBefore = await joins(world, 'Cy', 'approver')
    const cy = await issued(world, proposedBefore, mo)
    const byCy = await world.propose(update, cy)
    await issued(world, cy, world.owner)
    expect(await approvesFails(world, byCy, mo)).toContain('with a token that you had issued')
    value(await world.gate.changeMember(world.owner, mo.id, { disabled: true }))
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 2 })
    value(await decide(world, action, approve, own))
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 1, given: [{ name: 'No' }] })
  })

  it('stays the member’s own where they had taken that one in Slack', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, TWO, null))
    const no = await added(world, 'No', 'approver', world.owner)
    await linked(world, no, world.owner)
    const action = await world.propose(update)
    value(await decide(world, action, approve, await takesToken(world, no)))
    await issued(world, no, world.owner)
    value(await decide(world, action, approve, world.owner))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('a press may still be theirs who had it issued and have no Slack user of their own', async () => {
    const { world } = its
    const { mo, own } = await approvedByMoAsNo(world)
    await linked(world, own, world.owner)
    const action = await world.propose({ ...update, input: { ...update.input, phone: '+1 555 0100' } })
    value(await decide(world, action, approve, mo))
    expect(await approvesFails(world, action, inSlack(own))).toContain('first has to be linked in Slack')
    await linked(world, mo)
    value(await decide(world, action, approve, inSlack(own)))
  })
})

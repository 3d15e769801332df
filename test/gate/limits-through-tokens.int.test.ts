import { describe, expect, it } from 'vitest'
import type { MemberChange } from '../../core/gate/change-member.ts'
import type { NewDelegation } from '../../core/gate/delegations.ts'
import { decide } from '../support/decide.ts'
import { added, inSlack, takesToken } from '../support/issued-tokens.ts'
import { type Joined, joins } from '../support/joins.ts'
import { refused } from '../support/refused.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const approve = { decision: 'approve' } as const
const TOMORROW = '2026-03-05'
const its = useWorld()

/** Mo may decide about audiences alone and adds No, whose token he keeps; an owner lets No decide everything later. */
async function people(world: World) {
  const mo = await joins(world, 'Mo', 'admin', { categories: ['audience'] })
  const no = await added(world, 'No', 'approver', mo)
  const widened = () => world.gate.changeMember(world.owner, no.id, { limits: null }).then(value)
  return { mo, no, widened }
}

const decideWith = (world: World, actor: Joined, action: Awaited<ReturnType<World['propose']>>) => () =>
  decide(world, action, approve, actor)

describe('a member with limits', () => {
  it('adds nobody who may more: whom they add may as much, and what is asked for beyond is refused', async () => {
    const { world } = its
    const { mo, no } = await people(world)
    const members = value(await world.gate.listMembers(world.owner))
    expect(members.find(({ id }) => id === no.id)?.limits).toEqual({ categories: ['audience'] })
    const action = await world.propose(update)
    expect(await refused(world, decideWith(world, no, action))).toContain('you may decide audience changes')
    expect(await refused(world, decideWith(world, inSlack(no), action))).toContain('you may decide audience changes')
    for (const limits of [null, {}, { amountMinor: 1 }, { categories: ['audience', 'crm_update'] as const }]) {
      const bo = { name: 'Bo', email: 'bo@example.com', role: 'approver' as const, limits }
      expect(await refused(world, () => world.gate.addMember(mo, bo))).toBe(
        'Nobody gives more than they have: you can give audience changes. Stay within that, or ask an owner.',
      )
    }
    const within = { categories: ['audience'], channels: ['crm'] } as const
    const cy = { name: 'Cy', email: 'cy@example.com', role: 'approver' as const, limits: within }
    const { member } = value(await world.gate.addMember(mo, cy))
    expect(member.limits).toEqual(within)
    const [event] = await world.query('select body from ledger_events where subject = $1', [member.id])
    expect(event?.['body']).toContain('"limits":{"categories":["audience"],"channels":["crm"]}')
  })

  it('is told the channel or the amount that they can give', async () => {
    const { world } = its
    const ed = await joins(world, 'Ed', 'admin', { channels: ['email'] })
    const flo = await joins(world, 'Flo', 'admin', { amountMinor: 5_000 })
    const bo = { name: 'Bo', email: 'bo@example.com', role: 'approver' as const, limits: null }
    expect(await refused(world, () => world.gate.addMember(ed, bo))).toContain('what goes out over email')
    expect(await refused(world, () => world.gate.addMember(flo, bo))).toContain('approvals up to $50')
  })

  it.each<[string, MemberChange, MemberChange, boolean]>([
    ['lets nobody decide more than they', { limits: { categories: ['crm_update'] } }, { limits: null }, false],
    ['moves nobody beyond', { limits: { categories: ['crm_update'] } }, { limits: { categories: ['seo_fix'] } }, false],
    ['widens within their own', { limits: { categories: [] } }, { limits: { categories: ['audience'] } }, true],
    ['narrows whoever may more', { limits: null }, { limits: { categories: ['crm_update'] } }, true],
    ['disables whoever may more', { limits: null }, { disabled: true }, true],
    ['brings nobody back who may more', { limits: null, disabled: true }, { disabled: false }, false],
    [
      'brings back who may as much',
      { limits: { categories: ['audience'] }, disabled: true },
      { disabled: false },
      true,
    ],
  ])('%s', async (_what, before, change, isAllowed) => {
    const { world } = its
    const { mo } = await people(world)
    const bo = await joins(world, 'Bo', 'approver')
    value(await world.gate.changeMember(world.owner, bo.id, before))
    if (isAllowed) value(await world.gate.changeMember(mo, bo.id, change))
    else expect(await refused(world, () => world.gate.changeMember(mo, bo.id, change))).toContain('Nobody gives more')
    value(await world.gate.changeMember(world.owner, bo.id, change))
  })

  it('lends no right for somebody else that goes further, and lets nobody into Slack with one', async () => {
    const { world } = its
    const { mo, no, widened } = await people(world)
    const bo = await joins(world, 'Bo', 'approver')
    const lending: NewDelegation = { from: bo.id, to: no.id, ends: TOMORROW }
    expect(await refused(world, () => world.gate.delegate(mo, lending))).toContain('Nobody gives more')
    value(await world.gate.delegate(world.owner, lending))
    expect(await refused(world, () => world.gate.createLinkCode(mo, bo.id))).toContain('Nobody gives more')
    value(await world.gate.createLinkCode(mo, no.id))
    await widened()
    expect(await refused(world, () => world.gate.createLinkCode(mo, no.id))).toContain('Nobody gives more')
    value(await world.gate.createLinkCode(world.owner, no.id))
  })
})

describe('with a token that somebody else had issued', () => {
  it.each<[string, MemberChange]>([
    ['who left', { disabled: true }],
    ['who is a member still', {}],
  ])('of somebody %s, nobody lets themselves into Slack', async (_what, change) => {
    const { world } = its
    const { mo, no } = await people(world)
    if (change.disabled) value(await world.gate.changeMember(world.owner, mo.id, change))
    expect(await refused(world, () => world.gate.createLinkCode(no, no.id))).toBe(
      'Mo holds your token too. An owner or admin can make the code, or open Slack with your work address.',
    )
    value(await world.gate.createLinkCode(world.owner, no.id))
    const own = await takesToken(world, no)
    value(await world.gate.createLinkCode(own, no.id))
  })

  it('nobody approves what that one may not; with a press or a token of their own they do', async () => {
    const { world } = its
    const { no, widened } = await people(world)
    await widened()
    const action = await world.propose(update)
    expect(await refused(world, decideWith(world, no, action))).toBe(
      'Your token was issued by Mo, who may not do this. Do it in Slack, take a token there (/tenure token), or ask an owner for one.',
    )
    const reject = { decision: 'reject', severity: 'minor', reason: 'Not now' } as const
    const other = { kind: update.kind, input: { contactId: '101', phone: '+1 555 0100' } }
    value(await decide(world, await world.propose(other), reject, no))
    value(await decide(world, action, approve, inSlack(no)))
    const own = await takesToken(world, no)
    value(await decide(world, await world.propose(update), approve, own))
  })

  it('the limits of the moment count, through everybody who held it', async () => {
    const { world } = its
    const { mo, no, widened } = await people(world)
    await widened()
    value(await world.gate.changeMember(world.owner, mo.id, { limits: { categories: ['crm_update'] } }))
    value(await decide(world, await world.propose(update), approve, no))
    value(await world.gate.changeMember(world.owner, no.id, { role: 'admin' }))
    const third = await added(world, 'Third', 'approver', { ...no, role: 'admin' })
    value(await world.gate.changeMember(world.owner, third.id, { limits: null }))
    value(await decide(world, await world.propose(update), approve, third))
    value(await world.gate.changeMember(world.owner, mo.id, { limits: { categories: ['audience'] } }))
    const action = await world.propose(update)
    expect(await refused(world, decideWith(world, third, action))).toContain('issued by Mo')
  })

  it.each<[string, MemberChange]>([
    ['who left', { disabled: true }],
    ['who may only look now', { role: 'viewer' }],
  ])('of somebody %s, nobody decides or undoes anything', async (_what, change) => {
    const { world } = its
    const mo = await joins(world, 'Mo', 'admin')
    const no = await added(world, 'No', 'approver', mo)
    const done = await world.propose(update)
    value(await decide(world, done, approve, no))
    await world.settled()
    value(await world.gate.changeMember(world.owner, mo.id, change))
    const action = await world.propose(update)
    expect(await refused(world, decideWith(world, no, action))).toContain('Your token was issued by Mo')
    const undo = (by: Joined) => () => world.gate.undoAction(by, done.id, { despiteChanges: false })
    expect(await refused(world, undo(no))).toContain('Your token was issued by Mo')
    value(await undo(inSlack(no))())
    value(await decide(world, action, approve, inSlack(no)))
  })

  it('what was lent to its member is bounded as well, and a press is not', async () => {
    const { world } = its
    const { no } = await people(world)
    const bo = await joins(world, 'Bo', 'approver')
    value(await world.gate.delegate(bo, { to: no.id, ends: TOMORROW }))
    const action = await world.propose(update)
    expect(await refused(world, decideWith(world, no, action))).toContain('Your token was issued by Mo')
    const decided = value(await decide(world, action, approve, inSlack(no)))
    expect(decided.decisions).toMatchObject([{ onBehalfOf: { name: 'Bo' } }])
  })

  it('a right that is lent goes no further, whoever uses it, and lent with a press it does', async () => {
    const { world } = its
    const { mo, no, widened } = await people(world)
    await widened()
    const bo = await joins(world, 'Bo', 'viewer')
    for (const to of [mo, bo]) value(await world.gate.delegate(no, { to: to.id, ends: TOMORROW }))
    const action = await world.propose(update)
    for (const by of [mo, inSlack(mo), bo, inSlack(bo)])
      expect(await refused(world, decideWith(world, by, action))).toBe(
        'No lent this with a token issued by Mo, who may not do this. An owner can lend it anew.',
      )
    value(await world.gate.delegate(inSlack(no), { to: mo.id, ends: TOMORROW }))
    expect(value(await decide(world, action, approve, mo)).decisions).toMatchObject([{ onBehalfOf: { name: 'No' } }])
  })

  it('an owner’s binds nobody: an owner adds whom they want, and what they gave counts over the token too', async () => {
    const { world } = its
    const bo = await added(world, 'Bo', 'approver', world.owner)
    value(await decide(world, await world.propose(update), approve, bo))
    const ann = await added(world, 'Ann', 'owner', world.owner)
    value(await decide(world, await world.propose(update), approve, ann))
    value(await world.gate.changeMember(world.owner, ann.id, { limits: { categories: ['audience'] } }))
    const cy = { name: 'Cy', email: 'cy@example.com', role: 'approver' as const }
    expect(value(await world.gate.addMember(ann, cy)).member.limits).toBeNull()
  })

  it('an approval before counts with the role that all who held the token have', async () => {
    const { world } = its
    const people = [{ categories: ['crm_update'], people: 2, roles: ['admin', 'owner'] }]
    value(await world.gate.setPolicy(world.owner, { approvals: { people_needed: people } }, null))
    const ann = await joins(world, 'Ann', 'owner')
    const bo = await added(world, 'Bo', 'admin', ann)
    const action = await world.propose(update)
    value(await decide(world, action, approve, bo))
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 1 })
    value(await world.gate.changeMember(world.owner, ann.id, { role: 'approver' }))
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 2 })
  })
})

import { describe, expect, it } from 'vitest'
import { decide } from '../support/decide.ts'
import { added, inSlack } from '../support/issued-tokens.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, START, value, type World } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const twoForCrm = { approvals: { people_needed: [{ categories: ['crm_update'], people: 2 }] } }
const HOUR = 3_600_000

const its = useWorld({ policy: twoForCrm })
const approve = (world: World, action: Awaited<ReturnType<World['get']>>, by: Awaited<ReturnType<typeof joins>>) =>
  decide(world, action, { decision: 'approve' }, by)
const people = async (world: World) => ({
  ann: await joins(world, 'Ann', 'approver'),
  bo: await joins(world, 'Bo', 'approver'),
  cy: await joins(world, 'Cy', 'approver'),
})

describe('where two people have to approve', () => {
  it('the first is kept and shown, and the second lets it run', async () => {
    const { world } = its
    const { ann, bo } = await people(world)
    const action = await world.propose(update)
    expect(action.approvals).toMatchObject({ needed: 2, missing: 2, says: 'Two people have to approve this.' })
    const first = value(await approve(world, action, ann))
    await world.settled()
    expect(first).toMatchObject({
      state: 'awaiting_approval',
      approvals: { missing: 1, given: [{ name: 'Ann' }], says: '1 of 2: Ann approved, one more needed.' },
      decisions: [{ decision: 'approve_in_part', by: { name: 'Ann' } }],
    })
    expect(world.hubspot.script.effects).toEqual({})
    value(await approve(world, action, bo))
    await world.settled()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', approvals: null })
    expect(await world.events(action.id)).toEqual(['proposed', 'approved_in_part', 'approved', 'claimed', 'executed'])
    expect(world.hubspot.script.effects['contact.update 101']).toBe(1)
    // One action, one decision that its agent hears of and that trust counts.
    expect(value(await world.gate.listFeedback(world.agent, { limit: 10 })).items).toHaveLength(1)
    world.pass(31 * 24 * HOUR)
    await world.sweep()
    expect(await world.query('select count(*)::int as n from trust_days')).toEqual([{ n: 1 }])
  })

  it('a label into another category changes nothing about that, nor about who may', async () => {
    const { world } = its
    const { ann } = await people(world)
    const action = await world.propose({ ...update, labels: { category: 'audience' } })
    expect(action).toMatchObject({ category: 'audience', approvals: { needed: 2, missing: 2 } })
    value(await world.gate.changeMember(world.owner, ann.id, { limits: { categories: ['audience'] } }))
    expect(refusal(await approve(world, action, ann))).toMatchObject({ kind: 'not_permitted' })
  })

  it('the same person counts once, however often they press', async () => {
    const { world } = its
    const { ann } = await people(world)
    const action = await world.propose(update)
    value(await approve(world, action, ann))
    const before = await world.rowCounts()
    expect(value(await approve(world, action, ann)).approvals?.missing).toBe(1)
    expect(await world.rowCounts()).toEqual(before)
  })

  it('one rejection ends it', async () => {
    const { world } = its
    const { ann, bo } = await people(world)
    const action = await world.propose(update)
    value(await approve(world, action, ann))
    expect(value(await decide(world, action, { decision: 'reject', reason: 'No' }, bo)).state).toBe('rejected')
  })

  it('an edit starts over, and counts for who made it', async () => {
    const { world } = its
    const { ann, bo, cy } = await people(world)
    const action = await world.propose(update)
    value(await approve(world, action, ann))
    const input = { contactId: '101', phone: '+1 555 0111' }
    const edited = value(await decide(world, action, { decision: 'edit', input }, bo))
    expect(edited).toMatchObject({ state: 'awaiting_approval', approvals: { missing: 1, given: [{ name: 'Bo' }] } })
    expect(refusal(await approve(world, action, cy)).kind).toBe('stale_hash')
    value(await approve(world, edited, cy))
    await world.settled()
    expect(world.hubspot.state.contacts['101']?.properties['phone']).toBe('+1 555 0111')
    expect(value(await world.gate.listFeedback(world.agent, { limit: 10 })).items).toMatchObject([{ decision: 'edit' }])
  })

  it('another policy starts over', async () => {
    const { world } = its
    const { ann, bo } = await people(world)
    const action = await world.propose(update)
    value(await approve(world, action, ann))
    value(await world.gate.setPolicy(world.owner, { ...twoForCrm, blocked_words: ['casino'] }, null))
    const again = value(await approve(world, await world.get(action.id), bo))
    expect(again).toMatchObject({ state: 'awaiting_approval', approvals: { missing: 1, given: [{ name: 'Bo' }] } })
    value(await approve(world, again, ann))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('a stricter verdict starts over, on a fresh card', async () => {
    const { world } = its
    const { ann, bo } = await people(world)
    const action = await world.propose(update)
    value(await approve(world, action, ann))
    const stricter = { ...twoForCrm, cost_per_person: { 'hubspot.contact.update': 5 }, amount: { ask_above: 1 } }
    value(await world.gate.setPolicy(world.owner, stricter, null))
    expect(refusal(await approve(world, action, bo)).kind).toBe('stricter_now')
    expect((await world.get(action.id)).approvals).toMatchObject({ missing: 2, given: [] })
  })

  it('who left meanwhile no longer counts', async () => {
    const { world } = its
    const { ann, bo, cy } = await people(world)
    const action = await world.propose(update)
    value(await approve(world, action, ann))
    value(await world.gate.changeMember(world.owner, ann.id, { disabled: true }))
    expect(value(await approve(world, action, bo)).state).toBe('awaiting_approval')
    expect(value(await approve(world, action, cy)).state).not.toBe('awaiting_approval')
  })

  it('what came back after it was approved is approved anew by both', async () => {
    const { world } = its
    const { ann, bo } = await people(world)
    const action = await world.propose({ ...update, notBefore: new Date(START.getTime() + 2 * HOUR) })
    value(await approve(world, action, ann))
    value(await approve(world, action, bo))
    const stop = value(await world.gate.stop(world.owner, { kind: 'agent', value: world.agent.id }, null))
    value(await world.gate.resume(world.owner, stop.switch.id, null))
    expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', approvals: { missing: 2 } })
  })

  it('a plan waits as a whole, and runs as a whole', async () => {
    const { world } = its
    const { ann, bo } = await people(world)
    const steps = [{ kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101'] } }, update]
    const { plan } = value(
      await world.gate.proposePlan(world.agent, { title: 'Two', reason: 'x', steps }, world.once()),
    )
    const request = { decision: 'approve' as const, payloadHash: plan.payloadHash ?? '' }
    const first = value(await world.gate.decidePlan(ann, plan.id, request))
    expect(first.steps.map(({ state }) => state)).toEqual(['awaiting_approval', 'awaiting_approval'])
    expect(value(await world.gate.decidePlan(ann, plan.id, request)).state).toBe('awaiting_approval')
    value(await world.gate.decidePlan(bo, plan.id, request))
    await world.settled()
    await world.sweep()
    expect(value(await world.gate.getPlan(world.owner, plan.id)).state).toBe('executed')
  })

  it('two people who press at once have one effect, however often it is tried', async () => {
    const { world } = its
    const { ann, bo, cy } = await people(world)
    for (let round = 0; round < 10; round += 1) {
      const contactId = String(101 + round)
      const action = await world.propose({ ...update, input: { ...update.input, contactId } })
      const answers = await Promise.all([ann, bo, cy].map((who) => approve(world, action, who)))
      await world.settled()
      // The third finds it decided, or was first and the other two were enough.
      expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(2)
      expect((await world.get(action.id)).state).toBe('executed')
      expect((await world.events(action.id)).filter((type) => type === 'approved')).toHaveLength(1)
      expect(world.hubspot.script.effects[`contact.update ${contactId}`]).toBe(1)
    }
  })
})

describe('under a version on trial', () => {
  const trial = useWorld()
  const here = { kind: 'hubspot.contact.update' }

  it('its own people are asked for, each counts, and the last lets it run', async () => {
    const { world } = trial
    value(await world.gate.setPolicy(world.owner, {}, null))
    value(await world.gate.setPolicy(world.owner, twoForCrm, null, here))
    const { ann, bo } = await people(world)
    const action = await world.propose(update)
    expect(action).toMatchObject({ policyVersion: 2, approvals: { needed: 2, missing: 2 } })
    const first = value(await approve(world, action, ann))
    expect(first).toMatchObject({ state: 'awaiting_approval', approvals: { missing: 1, given: [{ name: 'Ann' }] } })
    value(await approve(world, first, bo))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('that asks for nobody else the people of the policy in force are still asked for', async () => {
    const { world } = trial
    value(await world.gate.setPolicy(world.owner, twoForCrm, null))
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['casino'] }, null, here))
    const { ann, bo } = await people(world)
    const action = await world.propose(update)
    expect(action.approvals).toMatchObject({ needed: 2 })
    const first = value(await approve(world, action, ann))
    expect(first.state).toBe('awaiting_approval')
    value(await approve(world, first, bo))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })
})

describe('an approval by a lent right', () => {
  /** Ann, whose token Mo holds too, lends with it; Vera presses by that right. */
  async function lent(world: World) {
    const mo = await joins(world, 'Mo', 'admin')
    const ann = await added(world, 'Ann', 'approver', mo)
    const vera = await joins(world, 'Vera', 'viewer')
    const ends = new Date(START.getTime() + HOUR)
    const { id } = value(await world.gate.delegate(ann, { to: vera.id, ends }))
    const action = await world.propose(update)
    value(await approve(world, action, inSlack(vera)))
    const missing = async () => (await world.get(action.id)).approvals?.missing
    expect(await missing()).toBe(1)
    return { mo, ann, vera, id, missing }
  }

  it('counts while that was rightly lent, also when it is over by its time', async () => {
    const { world } = its
    const { missing } = await lent(world)
    world.pass(2 * HOUR)
    expect(await missing()).toBe(1)
  })

  it.each([
    ['who held the token that it was lent with left', 'mo', { disabled: true }],
    ['who held the token that it was lent with only looks now', 'mo', { role: 'viewer' as const }],
    ['who lent it left', 'ann', { disabled: true }],
    ['who pressed left', 'vera', { disabled: true }],
  ] as const)('counts no longer once somebody %s', async (_what, who, change) => {
    const { world } = its
    const { missing, ...all } = await lent(world)
    value(await world.gate.changeMember(world.owner, all[who].id, change))
    expect(await missing()).toBe(2)
  })

  it('counts no longer once the right was taken back before its time', async () => {
    const { world } = its
    const { ann, id, missing } = await lent(world)
    value(await world.gate.endDelegation(ann, id))
    expect(await missing()).toBe(2)
  })

  it('comes with the role of all through whose hands it was lent', async () => {
    const { world } = its
    const people = [{ categories: ['crm_update'], people: 2, roles: ['admin', 'owner'] }]
    value(await world.gate.setPolicy(world.owner, { approvals: { people_needed: people } }, null))
    const mo = await joins(world, 'Mo', 'owner')
    const ann = await added(world, 'Ann', 'admin', mo)
    const vera = await joins(world, 'Vera', 'viewer')
    value(await world.gate.delegate(ann, { to: vera.id, ends: new Date(START.getTime() + HOUR) }))
    const action = await world.propose(update)
    value(await approve(world, action, inSlack(vera)))
    expect((await world.get(action.id)).approvals?.missing).toBe(1)
    value(await world.gate.changeMember(world.owner, mo.id, { role: 'approver' }))
    expect((await world.get(action.id)).approvals?.missing).toBe(2)
  })
})

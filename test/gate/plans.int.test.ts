import { describe, expect, it, test } from 'vitest'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import type { Level } from '../../core/domain/ceiling.ts'
import type { Actor } from '../../core/domain/people.ts'
import type { PlanDecision } from '../../core/gate/decide-plan.ts'
import type { PlanView } from '../../core/gate/views.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const TODAY = 'day:2026-03-04'
const at = (ms: number): Date => new Date(START.getTime() + ms)
const phone = (contactId: string) => ({ kind: 'hubspot.contact.update', input: { contactId, phone: '+1 555 0199' } })
const add = (...contactIds: string[]) => ({ kind: 'hubspot.list.add', input: { listId: '12', contactIds } })
const three = [phone('101'), add('101', '102'), phone('103')]
const REFUSED: Fault = {
  status: 400,
  body: { status: 'error', message: 'No', correlationId: '00000000-0000-4000-8000-000000000000', category: 'TEST' },
}

async function propose(
  world: World,
  steps: readonly { kind: string; input: object }[] = three,
  more: { notBefore?: Date } = {},
): Promise<PlanView> {
  const { plan } = value(
    await world.gate.proposePlan(world.agent, { title: 'Recall', reason: 'Spring', steps, ...more }, world.once()),
  )
  await world.settled()
  return await get(world, plan)
}
const get = async (world: World, plan: PlanView) => value(await world.gate.getPlan(world.owner, plan.id))
async function decide(
  world: World,
  plan: PlanView,
  request: Partial<PlanDecision> & Pick<PlanDecision, 'decision'>,
  by: Actor = world.owner,
) {
  const answer = await world.gate.decidePlan(by, plan.id, { payloadHash: plan.payloadHash ?? '', ...request })
  await world.settled()
  return answer
}
const states = (plan: PlanView) => plan.steps.map(({ state }) => state)
const writes = (world: World) =>
  world.hubspot.script.log
    .filter(({ method, path }) => method !== 'GET' && !/search|batch\/read/.test(path))
    .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`)

describe('plans', () => {
  const its = useWorld()

  it('one card, one decision, ordered execution', async () => {
    const { world } = its
    const plan = await propose(world)
    expect(plan).toMatchObject({ state: 'awaiting_approval', people: 4 })
    expect(states(plan)).toEqual(['awaiting_approval', 'awaiting_approval', 'awaiting_approval'])
    expect(await world.drainJobs()).toEqual([{ queue: 'card', workspaceId: world.workspaceId, subject: plan.id }])
    value(await decide(world, plan, { decision: 'approve' }))
    expect(await get(world, plan)).toMatchObject({ state: 'executed' })
    expect(writes(world)).toEqual(['PATCH contacts/101', 'PUT memberships/add', 'PATCH contacts/103'])
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1, 'list.add 12': 1, 'contact.update 103': 1 })
  })

  it('its steps cannot be decided one by one', async () => {
    const { world } = its
    const plan = await propose(world)
    const [first] = plan.steps
    if (!first) throw new Error('It has three')
    const before = await world.rowCounts()
    expect(
      refusal(
        await world.gate.decideAction(world.owner, {
          actionId: first.id,
          decision: 'approve',
          payloadHash: first.payloadHash ?? '',
        }),
      ).kind,
    ).toBe('not_now')
    expect(refusal(await decide(world, plan, { decision: 'approve', payloadHash: first.payloadHash ?? '' }))).toEqual({
      kind: 'stale_hash',
      current: plan.payloadHash,
    })
    expect(refusal(await decide(world, plan, { decision: 'approve' }, world.agent)).kind).toBe('not_permitted')
    expect(refusal(await decide(world, plan, { decision: 'approve' }, world.viewer)).kind).toBe('not_permitted')
    expect(refusal(await decide(world, plan, { decision: 'edit' })).kind).toBe('malformed')
    expect(await world.rowCounts()).toEqual(before)
  })

  it('stops at a failure and cancels the rest', async () => {
    const { world } = its
    const plan = await propose(world)
    world.hubspot.script.queue({ match: (method) => method === 'PUT', fault: REFUSED })
    value(await decide(world, plan, { decision: 'approve' }))
    const stopped = await get(world, plan)
    expect(stopped.state).toBe('stopped')
    expect(states(stopped)).toEqual(['executed', 'failed', 'cancelled'])
    expect(stopped.steps[2]?.note).toBe('Step 2 of this plan failed, so it stopped.')
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  it('is undone in reverse, to how it was', async () => {
    const { world } = its
    const before = structuredClone(world.hubspot.state)
    const plan = await propose(world)
    value(await decide(world, plan, { decision: 'approve' }))
    const undone = value(await world.gate.undoPlan(world.owner, plan.id, {}))
    expect(undone.state).toBe('undone')
    expect(writes(world).slice(3)).toEqual(['PATCH contacts/103', 'PUT memberships/remove', 'PATCH contacts/101'])
    for (const id of ['101', '103'])
      expect(world.hubspot.state.contacts[id]?.properties).toEqual(before.contacts[id]?.properties)
    expect(Object.keys(world.hubspot.state.lists['12']?.members ?? {})).toEqual(
      Object.keys(before.lists['12']?.members ?? {}),
    )
  })

  it('stopped half way, an undo takes back what was done', async () => {
    const { world } = its
    const plan = await propose(world)
    world.hubspot.script.queue({ match: (method) => method === 'PUT', fault: REFUSED })
    value(await decide(world, plan, { decision: 'approve' }))
    const undone = value(await world.gate.undoPlan(world.owner, plan.id, {}))
    expect(states(undone)).toEqual(['undone', 'failed', 'cancelled'])
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 2 })
  })

  test.each([
    [4, 4, 'executed', ['executed', 'executed', 'executed']],
    [4, 2, 'awaiting_approval', ['awaiting_approval', 'awaiting_approval', 'awaiting_approval']],
    [4, 1, 'observed', ['observed', 'observed', 'observed']],
  ] as const)('contacts at %i, lists at %i: the plan is at the lowest', async (contacts, lists, state, all) => {
    const { world } = its
    await world.letEarn('crm_update.small', contacts as Level)
    await world.letEarn('audience.small', lists as Level)
    const plan = await propose(world)
    expect(plan.state).toBe(state)
    expect(states(plan)).toEqual(all)
    expect(Object.keys(world.hubspot.script.effects)).toHaveLength(state === 'executed' ? 3 : 0)
  })

  it('a step that is blocked blocks all, and reserves nothing', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        {
          kinds: { deny: ['hubspot.list.*'] },
          cost_per_person: { 'hubspot.contact.update': 100 },
          budget: { day: { cap: 1_000 } },
        },
        null,
      ),
    )
    const plan = await propose(world)
    expect(plan.state).toBe('blocked')
    expect(states(plan)).toEqual(['blocked', 'blocked', 'blocked'])
    expect(await world.budget(TODAY)).toMatchObject({ reserved: 0, committed: 0 })
  })

  it('is charged with the sum of its steps', async () => {
    const { world } = its
    const priced = { cost_per_person: { 'hubspot.list.add': 1_000 }, budget: { day: { cap: 5_000 } } }
    value(await world.gate.setPolicy(world.owner, priced, null))
    const plan = await propose(world, [add('101', '102'), phone('101'), add('103', '104', '105')])
    expect(plan).toMatchObject({ state: 'awaiting_approval', amount: { minor: 5_000, currency: 'USD' } })
    expect(await world.budget(TODAY)).toEqual({ reserved: 5_000, committed: 0 })
    expect((await propose(world, [add('106'), add('107')])).state).toBe('blocked')
    value(await decide(world, plan, { decision: 'reject' }))
    expect(await world.budget(TODAY)).toEqual({ reserved: 0, committed: 0 })
    const over = await propose(world, [add('101', '102', '103'), add('104', '105', '106')])
    expect(over.state).toBe('blocked')
    expect(await world.budget(TODAY)).toEqual({ reserved: 0, committed: 0 })
  })

  test.each([
    ['reject', 'rejected', {}],
    ['revise', 'changes_requested', { reason: 'Fewer' }],
    ['cancel', 'cancelled', {}],
  ] as const)('%s ends all steps as one', async (decision, state, more) => {
    const { world } = its
    const plan = await propose(world)
    expect(value(await decide(world, plan, { decision, ...more }))).toMatchObject({ state })
    expect(new Set(states(await get(world, plan)))).toEqual(new Set([state]))
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('a step that came back is decided as the plan, and the rest goes on', async () => {
    const { world } = its
    const plan = await propose(world)
    const list = world.hubspot.state.lists['12']
    if (!list) throw new Error('The seed has it')
    list.processingType = 'DYNAMIC'
    value(await decide(world, plan, { decision: 'approve' }))
    const waiting = await get(world, plan)
    expect(states(waiting)).toEqual(['executed', 'awaiting_approval', 'scheduled'])
    list.processingType = 'MANUAL'
    value(await decide(world, waiting, { decision: 'approve' }))
    expect(states(await get(world, plan))).toEqual(['executed', 'executed', 'executed'])
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1, 'list.add 12': 1, 'contact.update 103': 1 })
  })

  it('a step that came back and is rejected ends what waits for it', async () => {
    const { world } = its
    const plan = await propose(world)
    const list = world.hubspot.state.lists['12']
    if (list) list.processingType = 'DYNAMIC'
    value(await decide(world, plan, { decision: 'approve' }))
    value(await decide(world, await get(world, plan), { decision: 'reject' }))
    expect(states(await get(world, plan))).toEqual(['executed', 'rejected', 'cancelled'])
    expect((await get(world, plan)).steps[2]?.note).toBe('Step 2 of this plan was not approved, so it stopped.')
  })

  it('a step that came back and ran out of time ends what waits for it', async () => {
    const { world } = its
    const plan = await propose(world)
    const list = world.hubspot.state.lists['12']
    if (list) list.processingType = 'DYNAMIC'
    value(await decide(world, plan, { decision: 'approve' }))
    world.pass(7 * 24 * HOUR)
    await world.sweep()
    const [, second, third] = states(await get(world, plan))
    expect([second, third]).toEqual(['expired', 'cancelled'])
  })

  it('cancelling the first step before its effect ends the plan', async () => {
    const { world } = its
    const plan = await propose(world, three, { notBefore: at(HOUR) })
    value(await decide(world, plan, { decision: 'approve' }))
    const [first] = plan.steps
    if (!first) throw new Error('It has three')
    value(await world.gate.undoAction(world.owner, first.id, { despiteChanges: false }))
    expect(states(await get(world, plan))).toEqual(['cancelled', 'cancelled', 'cancelled'])
    world.pass(HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('waits for its slot, then runs in order', async () => {
    const { world } = its
    const plan = await propose(world, three, { notBefore: at(HOUR) })
    value(await decide(world, plan, { decision: 'approve' }))
    expect(states(await get(world, plan))).toEqual(['scheduled', 'scheduled', 'scheduled'])
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    world.pass(HOUR)
    await world.sweep()
    expect((await get(world, plan)).state).toBe('executed')
    expect(writes(world)).toEqual(['PATCH contacts/101', 'PUT memberships/add', 'PATCH contacts/103'])
  })

  it('stricter now: one fresh card for the whole, then it can be approved', async () => {
    const { world } = its
    const plan = await propose(world)
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.list.add': 1_000 }, amount: { ask_above: 1_000 } },
        null,
      ),
    )
    expect(refusal(await decide(world, plan, { decision: 'approve' }))).toMatchObject({
      kind: 'stricter_now',
      reasons: [{ rule: 'amount.ask_above' }],
    })
    const fresh = await get(world, plan)
    expect(states(fresh)).toEqual(['awaiting_approval', 'awaiting_approval', 'awaiting_approval'])
    expect(fresh.steps[1]).toMatchObject({ verdict: { outcome: 'ask' }, decisions: [] })
    value(await decide(world, fresh, { decision: 'approve' }))
    expect((await get(world, plan)).state).toBe('executed')
  })

  it.each([
    ['no step', [], 'steps'],
    ['too many', Array.from({ length: 21 }, () => phone('101')), 'steps'],
    [
      'a wrong field',
      [phone('101'), { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '1', colour: 'red' } }],
      'steps.1.input.colour',
    ],
    [
      'a kind that binds what is on the platform',
      [phone('101'), { kind: 'mailchimp.campaign.send', input: { campaignId: 'a1b2c3d4e5' } }],
      'steps.1.kind',
    ],
  ])('with %s is refused and writes nothing', async (_name, steps, path) => {
    const { world } = its
    const before = await world.rowCounts()
    expect(
      refusal(await world.gate.proposePlan(world.agent, { title: 'x', reason: 'x', steps }, world.once())),
    ).toMatchObject({ kind: 'malformed', problems: [{ path }] })
    expect(await world.rowCounts()).toEqual(before)
  })
})

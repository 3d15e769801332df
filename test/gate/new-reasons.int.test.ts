import { describe, expect, it } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const DAY = 24 * 3_600_000

describe('another reason to ask', () => {
  const its = useWorld()
  const add = { kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101', '102', '103'] } }
  const priced = { cost_per_person: { 'hubspot.list.add': 1_000 }, amount: { ask_above: 2_000 } }
  const big = { name: 'big', if: 'people > 2', outcome: 'ask', says: 'It reaches more than 2 people.' }
  const stricter = { ...priced, conditions: [big] }
  const approve = (world: World, action: Awaited<ReturnType<World['get']>>) =>
    world.gate.decideAction(world.owner, {
      actionId: action.id,
      decision: 'approve',
      payloadHash: action.payloadHash ?? '',
    })

  it('is shown before what was seen without it is approved', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, priced, null))
    const action = await world.propose(add)
    expect(action.verdict?.reasons.map(({ rule }) => rule)).toEqual(['amount.ask_above'])
    value(await world.gate.setPolicy(world.owner, stricter, null))
    const refused = refusal(await approve(world, action))
    expect(refused.kind).toBe('stricter_now')
    const fresh = await world.get(action.id)
    expect(fresh.verdict?.reasons).toHaveLength(2)
    value(await approve(world, fresh))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('is shown first also where the sweep judged it anew before anybody pressed', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, priced, null))
    const action = await world.propose(add)
    value(await world.gate.setPolicy(world.owner, stricter, null))
    await world.sweep()
    const fresh = await world.get(action.id)
    expect(fresh.verdict?.reasons).toHaveLength(2)
    const before = await world.rowCounts()
    expect(refusal(await approve(world, action))).toEqual({ kind: 'stale_hash', current: fresh.payloadHash })
    expect(await world.rowCounts()).toEqual(before)
    value(await approve(world, fresh))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('that one approver was told of is not accepted by another who saw the card before', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, priced, null))
    const action = await world.propose(add)
    value(await world.gate.setPolicy(world.owner, stricter, null))
    expect(refusal(await approve(world, action)).kind).toBe('stricter_now')
    expect(refusal(await approve(world, action)).kind).toBe('stale_hash')
  })

  it('that goes and comes back is shown to whoever saw the card without it', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, stricter, null))
    const first = await world.propose(add)
    value(await world.gate.setPolicy(world.owner, priced, null))
    await world.sweep()
    const looser = await world.get(first.id)
    expect(looser).toMatchObject({
      payloadHash: first.payloadHash,
      verdict: { reasons: [{ rule: 'amount.ask_above' }] },
    })
    value(await world.gate.setPolicy(world.owner, stricter, null))
    await world.sweep()
    expect(refusal(await approve(world, looser)).kind).toBe('stale_hash')
  })

  it('that only went leaves the card as it was', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, stricter, null))
    const action = await world.propose(add)
    value(await world.gate.setPolicy(world.owner, priced, null))
    await world.sweep()
    value(await approve(world, action))
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('of what came back after it was approved is not accepted on the card before', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, priced, null))
    const slot = new Date(world.now().getTime() + DAY)
    const action = await world.propose({ ...add, notBefore: slot })
    value(await approve(world, action))
    value(await world.gate.setPolicy(world.owner, stricter, null))
    await world.sweep()
    const back = await world.get(action.id)
    expect(back.state).toBe('awaiting_approval')
    expect(refusal(await approve(world, action)).kind).toBe('stale_hash')
    expect(value(await approve(world, back)).state).toBe('scheduled')
  })

  it.each(['recalled by the sweep', 'claimed before it'])(
    'brings back what was approved without it, %s',
    async (how) => {
      const { world } = its
      value(await world.gate.setPolicy(world.owner, priced, null))
      const slot = new Date(world.now().getTime() + DAY)
      const action = value(await approve(world, await world.propose({ ...add, notBefore: slot })))
      expect(action.state).toBe('scheduled')
      value(await world.gate.setPolicy(world.owner, stricter, null))
      if (how === 'claimed before it') world.pass(DAY)
      await world.sweep()
      const back = await world.get(action.id)
      expect(back).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'ask' } })
      expect(back.verdict?.reasons).toHaveLength(2)
      expect(world.hubspot.script.effects).toEqual({})
      expect(value(await approve(world, back)).state).not.toBe('awaiting_approval')
    },
  )
})

import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TODAY = 'day:2026-03-04'
const TOMORROW = 'day:2026-03-05'

const at = (ms: number): Date => new Date(START.getTime() + ms)
const contacts = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => String(101 + i))
/** Costs ten dollars a contact under `priced`. */
const add = (n: number) => ({ kind: 'hubspot.list.add', input: { listId: '12', contactIds: contacts(n) } })
const priced = { cost_per_person: { 'hubspot.list.add': 1_000 } }
const policy = async (world: World, document: object) => value(await world.gate.setPolicy(world.owner, document, null))

describe('the day’s budget', () => {
  const its = useWorld()
  const budget = { ...priced, budget: { day: { ask_above: 6_000, cap: 10_000 } } }

  it('is reserved by what waits, committed by what ran, released by what ended', async () => {
    const { world } = its
    await policy(world, budget)
    const [a, b, c] = [await world.propose(add(2)), await world.propose(add(1)), await world.propose(add(3))]
    expect(await world.budget(TODAY)).toEqual({ reserved: 6_000, committed: 0 })
    await world.approve(a)
    expect(await world.budget(TODAY)).toEqual({ reserved: 4_000, committed: 2_000 })
    value(
      await world.gate.decideAction(world.owner, {
        actionId: b.id,
        decision: 'reject',
        payloadHash: b.payloadHash ?? '',
      }),
    )
    expect(await world.budget(TODAY)).toEqual({ reserved: 3_000, committed: 2_000 })
    world.pass(7 * DAY)
    await world.sweep()
    expect((await world.get(c.id)).state).toBe('expired')
    expect(await world.budget(TODAY)).toEqual({ reserved: 0, committed: 2_000 })
  })

  it('keeps what was spent committed after an undo', async () => {
    const { world } = its
    await policy(world, budget)
    const done = await world.approve(await world.propose(add(2)))
    expect(value(await world.gate.undoAction(world.owner, done.id, { despiteChanges: false })).state).toBe('undone')
    expect(await world.budget(TODAY)).toEqual({ reserved: 0, committed: 2_000 })
  })

  it('asks above the one number and blocks above the other; what is blocked reserves nothing', async () => {
    const { world } = its
    await policy(world, budget)
    expect(await world.propose(add(6))).toMatchObject({ verdict: { outcome: 'pass' } })
    expect(await world.propose(add(1))).toMatchObject({
      verdict: {
        outcome: 'ask',
        reasons: [{ text: 'It takes the day’s budget to $70.00; above $60.00 a person decides.' }],
      },
    })
    expect(await world.propose(add(4))).toMatchObject({
      state: 'blocked',
      verdict: {
        reasons: [
          {
            rule: 'budget.day.cap',
            text: 'It costs $40.00; of the day’s budget of $100.00 only $30.00 is left. Up to that it would pass.',
          },
        ],
      },
    })
    expect(await world.budget(TODAY)).toEqual({ reserved: 7_000, committed: 0 })
    expect(await world.propose(add(3))).toMatchObject({ state: 'awaiting_approval' })
    expect(await world.budget(TODAY)).toEqual({ reserved: 10_000, committed: 0 })
  })

  it('charges the day of the slot', async () => {
    const { world } = its
    await policy(world, budget)
    await world.propose({ ...add(2), notBefore: at(DAY) })
    expect(await world.budget(TODAY)).toBeNull()
    expect(await world.budget(TOMORROW)).toEqual({ reserved: 2_000, committed: 0 })
  })

  it('moves to the day on which it really runs', async () => {
    const { world } = its
    await policy(world, budget)
    const action = await world.propose(add(2))
    world.pass(DAY)
    await world.approve(action)
    expect(await world.budget(TODAY)).toEqual({ reserved: 0, committed: 0 })
    expect(await world.budget(TOMORROW)).toEqual({ reserved: 0, committed: 2_000 })
  })

  it('does not let yesterday’s approval overrun today: a fresh card says why, and approving that works', async () => {
    const { world } = its
    await policy(world, budget)
    const late = await world.propose(add(3))
    world.pass(DAY)
    await world.propose(add(4))
    const card = refusal(
      await world.gate.decideAction(world.owner, {
        actionId: late.id,
        decision: 'approve',
        payloadHash: late.payloadHash ?? '',
      }),
    )
    expect(card).toMatchObject({ kind: 'stricter_now', reasons: [{ rule: 'budget.day.ask_above' }] })
    expect(await world.get(late.id)).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'ask' } })
    expect((await world.approve(await world.get(late.id))).state).toBe('executed')
    expect(await world.budget(TOMORROW)).toEqual({ reserved: 4_000, committed: 3_000 })
  })

  it('never runs over the cap by waiting a day', async () => {
    const { world } = its
    await policy(world, budget)
    const late = await world.propose(add(5))
    world.pass(DAY)
    await world.propose(add(6))
    for (let press = 0; press < 2; press += 1) {
      const now = await world.get(late.id)
      expect(
        refusal(
          await world.gate.decideAction(world.owner, {
            actionId: late.id,
            decision: 'approve',
            payloadHash: now.payloadHash ?? '',
          }),
        ),
      ).toMatchObject({ kind: 'stricter_now', reasons: [{ rule: 'budget.day.cap' }] })
    }
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    expect(await world.budget(TOMORROW)).toEqual({ reserved: 6_000, committed: 0 })
  })

  it('sends a scheduled action back when its day of dispatch has no room, and its card says which limit', async () => {
    const { world } = its
    await policy(world, budget)
    // 23:50 in the workspace's zone; it runs ten minutes into the next day.
    const slotAt = at(13 * HOUR + 50 * 60_000)
    const action = await world.approve(await world.propose({ ...add(5), notBefore: slotAt }))
    world.pass(14 * HOUR)
    await world.propose(add(6))
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      verdict: { outcome: 'block', reasons: [{ rule: 'budget.day.cap' }] },
    })
    expect(world.hubspot.script.effects).toEqual({})
    expect(await world.budget(TODAY)).toEqual({ reserved: 5_000, committed: 0 })
    expect(await world.budget(TOMORROW)).toEqual({ reserved: 6_000, committed: 0 })
  })

  it('counts what was proposed before there was a budget', async () => {
    const { world } = its
    await policy(world, priced)
    const early = [await world.propose(add(6)), await world.propose(add(6))]
    await policy(world, budget)
    const [first, second] = early
    if (!first || !second) throw new Error('Two were proposed')
    expect((await world.approve(first)).state).toBe('executed')
    expect(await world.budget(TODAY)).toEqual({ reserved: 0, committed: 6_000 })
    expect(
      refusal(
        await world.gate.decideAction(world.owner, {
          actionId: second.id,
          decision: 'approve',
          payloadHash: second.payloadHash ?? '',
        }),
      ),
    ).toMatchObject({ kind: 'stricter_now', reasons: [{ rule: 'budget.day.cap' }] })
    expect(world.hubspot.script.effects).toEqual({ 'list.add 12': 1 })
  })

  it('does not count a version that is being replaced against its replacement', async () => {
    const { world } = its
    await policy(world, budget)
    const old = await world.propose(add(6))
    value(
      await world.gate.decideAction(world.owner, {
        actionId: old.id,
        decision: 'revise',
        reason: 'Five are enough',
        payloadHash: old.payloadHash ?? '',
      }),
    )
    expect(await world.propose({ ...add(5), supersedes: old.id })).toMatchObject({
      state: 'awaiting_approval',
      verdict: { outcome: 'pass' },
    })
    expect(await world.budget(TODAY)).toEqual({ reserved: 5_000, committed: 0 })
  })

  it('80 proposals at once never pass the cap by a cent', async () => {
    const { world } = its
    await policy(world, { cost_per_person: { 'hubspot.list.add': 333 }, budget: { day: { cap: 10_000 } } })
    const agents: Actor[] = []
    for (const name of ['A', 'B', 'C', 'D']) {
      const { agent } = value(await world.gate.createAgent(world.owner, { name, kinds: [] }))
      agents.push({ kind: 'agent', id: agent.id, workspaceId: world.workspaceId, name })
    }
    const proposals = Array.from({ length: 80 }, (_, i) => {
      const n = (i % 3) + 1
      return world.gate.proposeAction(
        agents[i % 4] ?? world.agent,
        { ...add(n), reason: 'At once' },
        { key: `at-once-${i}`, bodyDigest: String(i) },
      )
    })
    const answers = (await Promise.all(proposals)).map((answer) => value(answer).action)
    const waiting = answers.filter(({ state }) => state === 'awaiting_approval')
    const reserved = waiting.reduce((sum, { reach }) => sum + (reach?.amount?.minor ?? 0), 0)
    expect(await world.budget(TODAY)).toEqual({ reserved, committed: 0 })
    expect(reserved).toBeLessThanOrEqual(10_000)
    // Of 333 a contact 30 fit; whoever was blocked would not have fitted any more.
    expect(reserved).toBe(9_990)
    expect(answers.filter(({ state }) => state === 'blocked')).toHaveLength(80 - waiting.length)
  })
})

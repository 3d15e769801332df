import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { refusal, value, type World } from '../support/world.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'

const DAY = 24 * 3_600_000
const update = (phone = '+1 555 0199') => ({ kind: 'hubspot.contact.update', input: { contactId: '101', phone } })
const note = (body: string) => ({ kind: 'hubspot.note.create', input: { contactId: '101', body } })

async function addMember(world: World, role: 'admin' | 'owner'): Promise<Extract<Actor, { kind: 'member' }>> {
  return await joins(world, `The-${role}`, role)
}

describe('a policy as a file', () => {
  const its = useWorld()

  it('is kept with its text, its author and its note, and says what is wrong with the line', async () => {
    const { world } = its
    const { gate, owner } = world
    const source = 'blocked_words: [guaranteed]\n# Our own words\nlevels:\n  crm_update: 3\n'
    const set = value(await gate.setPolicy(owner, source, 'For spring'))
    expect(set).toMatchObject({ version: 1, source, by: 'Owner', note: 'For spring', isInForce: true, waits: false })
    expect(set.document).toEqual({ blocked_words: ['guaranteed'], levels: { crm_update: 3 } })
    const wrong = await gate.setPolicy(owner, 'blocked_words: [free]\nlevels:\n  crm_update: 9\n', null)
    expect(refusal(wrong)).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'policy.levels.crm_update', says: expect.stringMatching(/^Line 3: /) }],
    })
    const broken = refusal(await gate.setPolicy(owner, 'levels: {crm_update: [', null))
    expect(broken.kind === 'malformed' && broken.problems[0]).toEqual({
      path: 'policy',
      says: expect.stringMatching(/^Line 1: /),
    })
    expect(value(await gate.listPolicies(owner))).toHaveLength(1)
  })

  it('is checked before it is put in force', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { amount: { cap: 1_000 } }, null))
    const checked = value(await world.gate.checkPolicy(world.owner, 'amount: {cap: 2000}'))
    expect(checked.differences).toEqual([{ path: 'amount.cap', was: '1000', is: '2000' }])
    expect(checked.needsOwner).toEqual(['the cap of one action'])
    expect(value(await world.gate.getPolicy(world.owner))).toMatchObject({
      version: 1,
      document: { amount: { cap: 1_000 } },
    })
  })

  it('is rolled back as a new version', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { blocked_words: ['free'] }, null))
    value(await gate.setPolicy(owner, { blocked_words: ['cheap'] }, null))
    expect(value(await gate.rollBackPolicy(owner, 1, null))).toMatchObject({
      version: 3,
      document: { blocked_words: ['free'] },
      note: 'Back to version 1',
      isInForce: true,
    })
    expect(refusal(await gate.rollBackPolicy(owner, 9, null))).toMatchObject({ kind: 'not_found' })
    // To loosen a cap by rolling back needs what loosening needs.
    value(await gate.setPolicy(owner, { amount: { cap: 1 } }, null))
    const admin = await addMember(world, 'admin')
    expect(refusal(await gate.rollBackPolicy(admin, 3, null))).toMatchObject({
      kind: 'not_permitted',
      why: 'Only an owner can loosen or remove the cap of one action.',
    })
  })

  it('waits for a second person where the policy asks for one', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { policy_changes: { second_person: true }, blocked_words: ['free'] }, null))
    const next = { policy_changes: { second_person: true }, blocked_words: ['555 0199'] }
    const admin = await addMember(world, 'admin')
    const waiting = value(await gate.setPolicy(admin, next, null))
    expect(waiting).toMatchObject({ version: 2, waits: true, isInForce: false })
    expect((await world.propose(update())).state).toBe('awaiting_approval')
    expect(refusal(await gate.confirmPolicy(admin, 2))).toMatchObject({ kind: 'not_permitted' })
    expect(value(await gate.confirmPolicy(owner, 2))).toMatchObject({
      version: 2,
      isInForce: true,
      confirmedBy: ['Owner'],
    })
    expect((await world.propose(update('+1 555 0199 x'))).state).toBe('blocked')
    // Once it is in force there is nothing left to agree to, and nothing happens twice.
    expect(value(await gate.confirmPolicy(owner, 2))).toMatchObject({ isInForce: true })
    // What somebody else overtook is not put in force over it.
    value(await gate.setPolicy(owner, { ...next, blocked_words: ['a'] }, null))
    value(await gate.setPolicy(owner, { ...next, blocked_words: ['b'] }, null))
    value(await gate.confirmPolicy(admin, 4))
    expect(refusal(await gate.confirmPolicy(admin, 3))).toMatchObject({ kind: 'not_permitted' })
  })

  it('of two who confirm at once one puts it in force', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { policy_changes: { second_person: true } }, null))
    const [a, b] = [await addMember(world, 'admin'), await addMember(world, 'owner')]
    value(await gate.setPolicy(owner, { policy_changes: { second_person: true }, blocked_words: ['x'] }, null))
    await Promise.all([gate.confirmPolicy(a, 2), gate.confirmPolicy(b, 2)])
    const events = await world.query("select 1 from ledger_events where type = 'policy_confirmed'")
    expect(events).toHaveLength(1)
  })
})

describe('a version on trial', () => {
  const its = useWorld()

  it('holds for its scope alone, until it holds everywhere', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, {}, null))
    const strict = { blocked_words: ['overdue'] }
    value(await gate.setPolicy(owner, strict, null, { kind: 'hubspot.note.create' }))
    expect(value(await gate.getPolicy(owner))).toMatchObject({ version: 1, trials: [{ version: 2 }] })
    const there = await world.propose(note('They are overdue'))
    expect(there).toMatchObject({ state: 'blocked', policyVersion: 2 })
    const elsewhere = await world.propose({
      kind: 'hubspot.task.create',
      input: { contactId: '101', subject: 'overdue', dueAt: '2026-03-10T09:00:00Z' },
    })
    expect(elsewhere).toMatchObject({ state: 'awaiting_approval', policyVersion: 1 })
    const [trial] = value(await gate.getPolicy(owner)).trials
    if (!trial) throw new Error('There is no trial')
    value(await gate.endPolicyTrial(owner, trial.id, 'promoted'))
    expect(value(await gate.getPolicy(owner))).toMatchObject({ version: 2, document: strict, trials: [] })
    // What became stricter is not approved unseen.
    expect(
      refusal(
        await gate.decideAction(owner, {
          actionId: elsewhere.id,
          decision: 'approve',
          payloadHash: elsewhere.payloadHash ?? '',
        }),
      ),
    ).toMatchObject({ kind: 'stricter_now' })
    expect(refusal(await gate.endPolicyTrial(owner, trial.id, 'withdrawn'))).toMatchObject({ kind: 'not_found' })
  })

  it('ends by two where changes need a second person, unless it only allowed more', async () => {
    const { world } = its
    const { gate, owner } = world
    const words = { blocked_words: ['overdue'] }
    const together = { policy_changes: { second_person: true } }
    const trials = async () => value(await gate.getPolicy(owner)).trials
    value(await gate.setPolicy(owner, { amount: { cap: 10 } }, null))
    value(await gate.setPolicy(owner, { ...words, ...together }, null, { kind: 'hubspot.note.create' }))
    value(await gate.setPolicy(owner, { amount: { cap: 90 } }, null, { kind: 'hubspot.task.create' }))
    value(await gate.setPolicy(owner, { amount: { cap: 10 }, ...together }, null))
    const [strict, loose] = [...(await trials())].sort((a, b) => a.version - b.version)
    if (!strict || !loose) throw new Error('There are two trials')
    for (const outcome of ['promoted', 'withdrawn'] as const)
      expect(refusal(await gate.endPolicyTrial(owner, strict.id, outcome))).toMatchObject({
        kind: 'not_permitted',
        why: expect.stringMatching(
          /^Changes need a second person.* propose what .*, so that somebody else can confirm it/,
        ),
      })
    expect(refusal(await gate.endPolicyTrial(owner, loose.id, 'promoted'))).toMatchObject({ kind: 'not_permitted' })
    value(await gate.endPolicyTrial(owner, loose.id, 'withdrawn'))
    const { version } = value(await gate.setPolicy(owner, { ...words, ...together }, null))
    value(await gate.confirmPolicy(await addMember(world, 'owner'), version))
    expect(await trials()).toEqual([])
  })

  it('that is withdrawn leaves nothing behind', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { blocked_words: ['overdue'] }, null, { channel: 'crm' }))
    const [trial] = value(await gate.getPolicy(owner)).trials
    if (!trial) throw new Error('There is no trial')
    expect((await world.propose(note('They are overdue'))).state).toBe('blocked')
    value(await gate.endPolicyTrial(owner, trial.id, 'withdrawn'))
    expect((await world.propose(note('They are overdue'))).state).toBe('awaiting_approval')
  })
})

describe('a label into another category', () => {
  const its = useWorld()

  it('is no way around the rules and the stops of its own', async () => {
    const { world } = its
    const { gate, owner } = world
    value(
      await gate.setPolicy(
        owner,
        { scopes: [{ when: { category: 'crm_update' }, blocked_words: ['555 0199'] }] },
        null,
      ),
    )
    const labels = { category: 'audience' }
    expect((await world.propose({ ...update(), labels })).state).toBe('blocked')
    value(await gate.stop(owner, { kind: 'category', value: 'crm_update' }, null))
    const stopped = await gate.proposeAction(
      world.agent,
      { ...update('+1 555 0100'), labels, reason: 'x' },
      world.once(),
    )
    expect(refusal(stopped)).toMatchObject({ kind: 'stopped' })
  })
})

describe('what rules look up', () => {
  const its = useWorld()

  it('is looked up on the long way, also where the configuration is known already', async () => {
    const { world } = its
    const benchmarks = [{ category: 'crm_update', metric: 'replies', floor: 1 }]
    const rules = {
      missed_benchmarks: {},
      new_audience: {},
      duplicates: { days: 30 },
      rates: [{ most: 9, per: 'day', of: 'kind' }],
      send_windows: { holidays: ['US'] },
    }
    value(await world.gate.setPolicy(world.owner, { ...rules, benchmarks }, null))
    for (const phone of ['+1 555 0101', '+1 555 0102', '+1 555 0103'])
      expect((await world.propose(update(phone))).state).toBe('awaiting_approval')
  })
})

describe('a trial', () => {
  const its = useWorld()

  it('ends when something is tightened that it does not have', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, {}, null))
    value(await gate.setPolicy(owner, { blocked_words: ['a'] }, null, { kind: 'hubspot.contact.update' }))
    value(await gate.setPolicy(owner, { tone: { max_emoji: 3 } }, null))
    expect(value(await gate.getPolicy(owner)).trials).toHaveLength(1)
    value(await gate.setPolicy(owner, { amount: { cap: 100 } }, null))
    expect(value(await gate.getPolicy(owner)).trials).toEqual([])
  })
})

describe('what a person rejected', () => {
  const its = useWorld()
  const reject = async (world: World, phone?: string, how: object = {}) => {
    const action = await world.propose(update(phone))
    value(
      await world.gate.decideAction(world.owner, {
        actionId: action.id,
        decision: 'reject',
        payloadHash: action.payloadHash ?? '',
        reason: 'That number is wrong',
        ...how,
      }),
    )
    return action
  }

  it('is blocked for 30 days, with who and why, whoever proposes it', async () => {
    const { world } = its
    await reject(world)
    for (const actor of [world.agent, world.owner]) {
      const again = await world.propose(update(), actor)
      expect(again).toMatchObject({ state: 'blocked', verdict: { reasons: [{ rule: 'rejected_before' }] } })
      expect(again.verdict?.reasons[0]?.text).toMatch(/^Owner rejected exactly this .*“That number is wrong”/)
    }
    // A minute later, or planned for another time, it is the same.
    const later = { ...update(), notBefore: new Date(world.now().getTime() + DAY) }
    expect((await world.propose(later)).state).toBe('blocked')
    expect((await world.propose(update('+1 555 0100'))).state).toBe('awaiting_approval')
    world.pass(31 * DAY)
    expect((await world.propose(update())).state).toBe('awaiting_approval')
  })

  it('for its time only is blocked at that time only', async () => {
    const { world } = its
    await reject(world, undefined, { cause: 'time' })
    expect((await world.propose(update())).state).toBe('awaiting_approval')
  })

  it('is free again when what was learned from it is deleted', async () => {
    const { world } = its
    await reject(world)
    const [feedback] = value(await world.gate.listFeedback(world.owner, { limit: 1 })).items
    value(await world.gate.deleteFeedback(world.owner, feedback?.id ?? world.newId('fbk')))
    expect((await world.propose(update())).state).toBe('awaiting_approval')
  })
})

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

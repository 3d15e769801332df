import { describe, expect, it, test } from 'vitest'
import { refusal, START, value } from '../support/world.ts'
import { decide } from '../support/decide.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (ms: number): Date => new Date(START.getTime() + ms)
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }

describe('decisions', () => {
  const its = useWorld()

  it('an edit is typed, gets a new hash, runs as edited and records what changed', async () => {
    const { world } = its
    const action = await world.propose(update)
    const edited = value(
      await decide(
        world,
        action,
        { decision: 'edit', input: { contactId: '101', phone: '+1 555 0111', firstName: 'Pat' } },
        world.approver,
      ),
    )
    expect(edited.payloadHash).not.toBe(action.payloadHash)
    expect(edited.decisions).toMatchObject([
      {
        decision: 'edit',
        by: { id: world.approver.id, name: 'Approver' },
        payloadHash: action.payloadHash,
        changes: [
          { label: 'First name', was: '', is: 'Pat' },
          { label: 'Phone', was: '+1 555 0199', is: '+1 555 0111' },
        ],
      },
    ])
    await world.settled()
    expect(world.hubspot.state.contacts['101']?.properties).toMatchObject({ phone: '+1 555 0111', firstname: 'Pat' })
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
    expect(await world.events(action.id)).toEqual(['proposed', 'edited', 'claimed', 'executed'])
    const { items } = value(await world.gate.listFeedback(world.agent, { limit: 10 }))
    expect(items).toMatchObject([
      {
        actionId: action.id,
        decision: 'edit',
        changes: [{ label: 'First name' }, { label: 'Phone' }],
        advice: 'Propose it with these changes next time.',
      },
    ])
  })

  test.each([
    ['an unknown field', { contactId: '101', phone: '1', colour: 'red' }, 'input.colour'],
    ['a wrong type', { contactId: '101', phone: 5 }, 'input.phone'],
    ['another contact', { contactId: '102', phone: '+1 555 0111' }, 'input.contactId'],
  ])('an edit with %s is refused and changes nothing', async (_name, input, path) => {
    const { world } = its
    const action = await world.propose(update)
    const before = await world.rowCounts()
    expect(refusal(await decide(world, action, { decision: 'edit', input }))).toMatchObject({
      kind: 'malformed',
      problems: [{ path }],
    })
    expect(await world.rowCounts()).toEqual(before)
    expect(await world.get(action.id)).toEqual(action)
  })

  it('an edit that a guardrail blocks is refused, and the action waits as it was', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['miracle'] }, null))
    const action = await world.propose(update)
    const before = await world.rowCounts()
    expect(
      refusal(await decide(world, action, { decision: 'edit', input: { contactId: '101', firstName: 'Miracle' } })),
    ).toMatchObject({ kind: 'stricter_now', reasons: [{ rule: 'blocked_words' }] })
    expect(await world.rowCounts()).toEqual(before)
    expect(await world.get(action.id)).toEqual(action)
    expect((await world.approve(action)).state).toBe('executed')
  })

  it('an edit takes its own reservation with it', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.list.add': 1_000 }, budget: { day: { cap: 5_000 } } },
        null,
      ),
    )
    const action = await world.propose({
      kind: 'hubspot.list.add',
      input: { listId: '12', contactIds: ['101', '102', '103'] },
    })
    const contactIds = ['101', '102', '103', '104', '105']
    expect(
      refusal(
        await decide(world, action, { decision: 'edit', input: { listId: '12', contactIds: [...contactIds, '106'] } }),
      ),
    ).toMatchObject({ kind: 'stricter_now', reasons: [{ rule: 'budget.day.cap' }] })
    value(await decide(world, action, { decision: 'edit', input: { listId: '12', contactIds } }))
    await world.settled()
    expect(await world.budget('day:2026-03-04')).toEqual({ reserved: 0, committed: 5_000 })
    expect(Object.keys(world.hubspot.state.lists['12']?.members ?? {})).toEqual(expect.arrayContaining(contactIds))
  })

  test.each([
    [{}, { severity: 'major', outside: false }, 'Do not resend this.'],
    [
      { severity: 'critical', reason: 'Wrong person' } as const,
      { severity: 'critical', outside: false, reason: 'Wrong person' },
      'Do not resend this.',
    ],
    [
      { outside: true, reason: 'The event was cancelled' },
      { severity: 'major', outside: true },
      'This was for a reason outside your work. Do not resend it as it was.',
    ],
  ])('reject with %j', async (more, decision, advice) => {
    const { world } = its
    const action = await world.propose(update)
    const rejected = value(await decide(world, action, { decision: 'reject', ...more }))
    expect(rejected).toMatchObject({ state: 'rejected', decisions: [decision] })
    expect(value(await world.gate.listFeedback(world.agent, { limit: 1 })).items).toMatchObject([
      { decision: 'reject', advice },
    ])
    world.pass(8 * DAY)
    await world.sweep()
    expect(world.hubspot.script.log).toEqual([])
  })

  it('an agent cancels its own, also after it was approved, and decides nothing', async () => {
    const { world } = its
    const action = await world.propose({ ...update, notBefore: at(HOUR) })
    for (const decision of ['approve', 'edit', 'revise', 'reject', 'confirm'] as const) {
      const before = await world.rowCounts()
      expect(refusal(await decide(world, action, { decision, input: update.input, reason: 'x' }, world.agent))).toEqual(
        { kind: 'not_permitted', why: 'An agent cannot decide; it can only cancel its own proposals.' },
      )
      expect(await world.rowCounts()).toEqual(before)
    }
    await world.approve(action)
    expect(value(await decide(world, action, { decision: 'cancel', reason: 'Outdated' }, world.agent))).toMatchObject({
      state: 'cancelled',
    })
    world.pass(HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('a viewer decides nothing', async () => {
    const { world } = its
    const action = await world.propose(update)
    const before = await world.rowCounts()
    for (const decision of ['approve', 'edit', 'revise', 'reject', 'cancel', 'confirm'] as const) {
      expect(
        refusal(await decide(world, action, { decision, input: update.input, reason: 'x' }, world.viewer)).kind,
      ).toBe('not_permitted')
    }
    expect(refusal(await world.gate.snoozeAction(world.viewer, action.id, '1h')).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
  })

  it('confirm keeps the judgement once and moves nothing', async () => {
    const { world } = its
    const done = await world.approve(await world.propose(update))
    world.pass(1)
    expect(value(await decide(world, done, { decision: 'confirm' }))).toMatchObject({
      state: 'executed',
      undo: done.undo,
    })
    expect(
      value(await decide(world, done, { decision: 'confirm' }, world.admin)).decisions.map(({ decision }) => decision),
    ).toEqual(['approve', 'confirm'])
    expect(await world.events(done.id)).toEqual(['proposed', 'approved', 'claimed', 'executed', 'confirmed'])
  })

  it('decides only on what was seen', async () => {
    const { world } = its
    const action = await world.propose(update)
    const hash = action.payloadHash ?? ''
    const before = await world.rowCounts()
    for (const payloadHash of ['', hash.slice(0, 15), `${hash}0`, '0'.repeat(64)]) {
      expect(refusal(await decide(world, action, { decision: 'approve', payloadHash }))).toEqual({
        kind: 'stale_hash',
        current: hash,
      })
    }
    expect(await world.rowCounts()).toEqual(before)
    value(await decide(world, action, { decision: 'approve', payloadHash: hash.slice(0, 16) }))
  })

  it('tells who decided and when', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }), world.approver)
    world.pass(1000)
    for (const decision of ['approve', 'reject', 'edit', 'revise'] as const) {
      expect(refusal(await decide(world, action, { decision, input: update.input, reason: 'x' }))).toEqual({
        kind: 'already_decided',
        state: 'scheduled',
        by: 'Approver',
        at: START,
      })
    }
  })

  it('an expired card is neither approved nor rejected', async () => {
    const { world } = its
    const action = await world.propose(update)
    world.pass(7 * DAY)
    expect(refusal(await decide(world, action, { decision: 'approve' }))).toEqual({ kind: 'expired', at: at(7 * DAY) })
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'expired', decisions: [] })
    expect(refusal(await decide(world, action, { decision: 'approve' }))).toEqual({ kind: 'expired', at: at(7 * DAY) })
    expect(world.hubspot.script.effects).toEqual({})
  })

  test.each([
    [{}, false],
    [{ own_approval_below: 1 }, true],
    [{ own_approval_below: 0 }, false],
  ])('one’s own proposal under %j', async (document, allowed) => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, document, null))
    const action = await world.propose(update, world.approver)
    const before = await world.rowCounts()
    for (const request of [
      { decision: 'approve' as const },
      { decision: 'edit' as const, input: { ...update.input, firstName: 'Pat' } },
    ]) {
      if (allowed) continue
      expect(refusal(await decide(world, action, request, world.approver))).toEqual({
        kind: 'not_permitted',
        why: 'You proposed this yourself; somebody else has to decide it.',
      })
    }
    if (!allowed) expect(await world.rowCounts()).toEqual(before)
    const answer = await decide(world, action, { decision: 'approve' }, allowed ? world.approver : world.owner)
    expect(value(answer).state).toBe('ready')
  })

  it('stricter now: the fresh card is committed and can be approved as it reads now', async () => {
    const { world } = its
    const add = { kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101', '102'] } }
    const action = await world.propose(add)
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.list.add': 1_000 }, amount: { ask_above: 1_000 } },
        null,
      ),
    )
    expect(refusal(await decide(world, action, { decision: 'approve' }))).toMatchObject({
      kind: 'stricter_now',
      reasons: [{ rule: 'amount.ask_above' }],
    })
    const fresh = await world.get(action.id)
    expect(fresh).toMatchObject({
      state: 'awaiting_approval',
      policyVersion: 1,
      verdict: { outcome: 'ask' },
      reach: { amount: { minor: 2_000 } },
      decisions: [],
    })
    expect(world.hubspot.script.effects).toEqual({})
    expect((await world.approve(fresh)).state).toBe('executed')
    expect(await world.events(action.id)).toEqual(['proposed', 'stricter', 'approved', 'claimed', 'executed'])
  })

  it('stricter to the point of blocking stays refused', async () => {
    const { world } = its
    const action = await world.propose(update)
    value(await world.gate.setPolicy(world.owner, { kinds: { deny: ['hubspot.*'] } }, null))
    for (let press = 0; press < 3; press += 1)
      expect(refusal(await decide(world, await world.get(action.id), { decision: 'approve' }))).toMatchObject({
        kind: 'stricter_now',
        reasons: [{ rule: 'kinds.deny' }],
      })
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
    expect(world.hubspot.script.effects).toEqual({})
  })
})

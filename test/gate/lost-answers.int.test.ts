import { describe, expect, it, test } from 'vitest'
import { CREDENTIALS } from '../support/platforms.ts'
import { refusal, value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'
import {
  SECOND,
  HOUR,
  update,
  create,
  note,
  UPDATED,
  CREATED,
  hubspotError,
  nextWrite,
} from '../support/platform-fault-steps.ts'

describe('a lost answer', () => {
  const its = useWorld()

  it('to what must not be repeated: looked up, found, executed once', async () => {
    const { world } = its
    nextWrite(world, 'lost_after')
    const action = await world.approve(await world.propose(create))
    expect(action).toMatchObject({
      state: 'unknown',
      note: 'HubSpot did not answer, so we do not know yet whether it happened.',
    })
    world.pass(30 * SECOND - 1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('unknown')
    world.pass(1)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', note: null })
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
    expect(await world.events(action.id)).toEqual(['proposed', 'approved', 'claimed', 'attempt_failed', 'executed'])
    expect(await world.query('select attempt, state from executions')).toEqual([{ attempt: 1, state: 'done' }])
  })

  it('to what did not happen: absent twice, then repeated, once', async () => {
    const { world } = its
    nextWrite(world, 'lost_before')
    const action = await world.approve(await world.propose(create))
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('unknown')
    expect(world.hubspot.script.effects).toEqual({})
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
    expect(await world.events(action.id)).toEqual([
      'proposed',
      'approved',
      'claimed',
      'attempt_failed',
      'looked_up',
      'looked_up',
      'claimed',
      'executed',
    ])
    expect(await world.query('select attempt, state from executions order by 1')).toEqual([
      { attempt: 1, state: 'failed' },
      { attempt: 2, state: 'done' },
    ])
  })

  test.each(['lost_after', 'lost_before'] as const)(
    '(%s) to what may be repeated: repeated, and the undo still knows how it was',
    async (fault) => {
      const { world } = its
      const before = structuredClone(world.hubspot.state.contacts['103']?.properties)
      nextWrite(world, fault)
      const action = await world.approve(await world.propose(update))
      expect(action.state).toBe('ready')
      world.pass(SECOND)
      await world.sweep()
      expect((await world.get(action.id)).state).toBe('executed')
      expect(world.hubspot.state.contacts['103']?.properties['phone']).toBe('+1 555 0199')
      expect(value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false })).state).toBe('undone')
      expect(world.hubspot.state.contacts['103']?.properties).toEqual(before)
    },
  )

  it.each([
    ['a refusal', () => hubspotError(400), 1],
    ['a limit that stays', () => hubspotError(429, { 'retry-after': '1' }), 100],
  ])('to what may be repeated, and then %s: it happened, and is not told as failed', async (_name, fault, times) => {
    const { world } = its
    nextWrite(world, 'lost_after')
    nextWrite(world, fault(), times)
    const action = await world.approve(await world.propose(update))
    for (let turn = 0; turn < 14; turn += 1) {
      world.pass(300 * SECOND)
      await world.sweep()
    }
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', note: null })
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })

  it('whose look-up finds the connection lost: people are told, and it goes on when that is mended', async () => {
    const { world } = its
    nextWrite(world, 'lost_after')
    const action = await world.approve(await world.propose(create))
    world.hubspot.script.queue({ match: () => true, fault: hubspotError(401), times: 1000 })
    world.pass(30 * SECOND)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'unknown',
      note: expect.stringContaining('HubSpot no longer accepts our connection.'),
    })
    const [connection] = value(await world.gate.listConnections(world.owner))
    if (connection?.platform !== 'hubspot') throw new Error('HubSpot is connected first')
    expect(connection.state).toBe('lost')
    world.hubspot.script.clear()
    value(await world.gate.replaceCredentials(world.owner, connection.id, CREDENTIALS['hubspot'] ?? ''))
    world.pass(60 * SECOND)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', note: null })
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
  })

  it('keeps the money reserved until it is known', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.contact.create': 100 }, budget: { day: { cap: 1_000 } } },
        null,
      ),
    )
    nextWrite(world, 'lost_after')
    await world.approve(await world.propose(create))
    expect(await world.budget('day:2026-03-04')).toEqual({ reserved: 100, committed: 0 })
    world.pass(30 * SECOND)
    await world.sweep()
    expect(await world.budget('day:2026-03-04')).toEqual({ reserved: 0, committed: 100 })
  })

  it('that a look-up cannot settle goes to a person, after two looks', async () => {
    const { world } = its
    nextWrite(world, 'lost_before')
    const action = await world.approve(await world.propose(note))
    for (let look = 0; look < 2; look += 1) {
      expect((await world.get(action.id)).exception).toBeNull()
      world.pass(30 * SECOND)
      await world.sweep()
    }
    const asked = await world.get(action.id)
    expect(asked).toMatchObject({
      state: 'unknown',
      exception: { source: 'unknown_outcome', options: ['happened', 'did_not_happen'] },
    })
    world.pass(48 * HOUR)
    await world.sweep()
    expect((await world.get(action.id)).version).toBe(asked.version)
    expect(world.hubspot.script.effects).toEqual({})
  })

  test.each([
    ['happened', 'executed', { reserved: 0, committed: 100 }],
    ['did_not_happen', 'failed', { reserved: 0, committed: 0 }],
  ] as const)('a person says it %s', async (how, state, budget) => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.note.create': 100 }, budget: { day: { cap: 1_000 } } },
        null,
      ),
    )
    nextWrite(world, 'lost_before')
    const action = await world.approve(await world.propose(note))
    for (let look = 0; look < 2; look += 1) {
      world.pass(30 * SECOND)
      await world.sweep()
    }
    const [open] = value(await world.gate.listExceptions(world.viewer))
    if (!open) throw new Error('One is open')
    expect(refusal(await world.gate.resolveException(world.viewer, open.id, how)).kind).toBe('not_permitted')
    expect(refusal(await world.gate.resolveException(world.approver, open.id, 'retry')).kind).toBe('malformed')
    value(await world.gate.resolveException(world.approver, open.id, how))
    expect(refusal(await world.gate.resolveException(world.owner, open.id, how))).toMatchObject({
      kind: 'already_decided',
      by: 'Approver',
    })
    expect(await world.get(action.id)).toMatchObject({
      state,
      exception: { resolvedBy: 'Approver' },
      undo: { until: null },
    })
    expect(await world.budget('day:2026-03-04')).toEqual(budget)
    expect(value(await world.gate.listExceptions(world.owner))).toEqual([])
    // Nothing is known of what was made, so nothing can be taken back.
    expect((await world.gate.undoAction(world.owner, action.id, { despiteChanges: true })).ok).toBe(false)
  })

  it('while the platform cannot be asked is looked for every minute for half an hour, then a person is asked', async () => {
    const { world } = its
    nextWrite(world, 'lost_after')
    const action = await world.approve(await world.propose(create))
    world.hubspot.script.queue({ match: (method) => method === 'GET', fault: hubspotError(503), times: 1000 })
    for (let minute = 0; minute < 32; minute += 1) {
      world.pass(60 * SECOND)
      await world.sweep()
    }
    expect(await world.get(action.id)).toMatchObject({ state: 'unknown', exception: { source: 'unknown_outcome' } })
    world.hubspot.script.clear()
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
  })
})

import { describe, expect, it, test } from 'vitest'
import { openServer } from '../../core/postgres/database.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (ms: number): Date => new Date(START.getTime() + ms)
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }

/** The reminders that were sent since the last look, as kind and addressee. */
const reminders = async (world: World) =>
  (await world.drainJobs()).flatMap((job) => (job.queue === 'reminder' ? [[job.kind, job.to]] : []))

/** Turns the clock in steps and says when each reminder came. */
async function remindersUntil(
  world: World,
  end: Date,
  step = 15 * MINUTE,
): Promise<readonly (readonly [string, string])[]> {
  const found: [string, string][] = []
  while (world.now() < end) {
    world.pass(Math.min(step, end.getTime() - world.now().getTime()))
    await world.sweep()
    for (const [kind] of await reminders(world)) found.push([world.now().toISOString(), String(kind)])
  }
  return found
}

describe('a card that waits', () => {
  const its = useWorld()

  it('reminds after 1 and 3 working days, escalates once to an owner, and expires after 7 days', async () => {
    const { world } = its
    const action = await world.propose(update)
    // Clocks change in that zone on Sunday the 8th: ten o'clock stays ten o'clock.
    expect(await remindersUntil(world, at(7 * DAY - MINUTE), HOUR)).toEqual([
      ['2026-03-05T17:00:00.000Z', 'remind'],
      ['2026-03-09T16:00:00.000Z', 'remind'],
      ['2026-03-10T16:00:00.000Z', 'escalate'],
    ])
    expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', reminders: 3, escalated: true })
    world.pass(MINUTE)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'expired', decisions: [] })
    expect(await reminders(world)).toEqual([])
    expect(await world.events(action.id)).toEqual(['proposed', 'reminded', 'reminded', 'escalated', 'expired'])
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('escalates to the owner by name', async () => {
    const { world } = its
    await world.propose({ ...update, notBefore: at(8 * HOUR) })
    const told: unknown[] = []
    for (const ms of [2, 4, 1]) {
      world.pass(ms * HOUR)
      await world.sweep()
      told.push(...(await reminders(world)))
    }
    expect(told).toEqual([
      ['remind', null],
      ['remind', null],
      ['escalate', world.owner.id],
    ])
  })

  test.each([
    ['8 h', 8 * HOUR, [2 * HOUR, 6 * HOUR, 7 * HOUR]],
    ['1 h', HOUR, [15 * MINUTE, 45 * MINUTE, 52.5 * MINUTE]],
    ['40 min', 40 * MINUTE, [20 * MINUTE]],
  ])('with a slot in %s reminds on the way to it, and expires at it', async (_name, slot, times) => {
    const { world } = its
    const action = await world.propose({ ...update, notBefore: at(slot) })
    expect((await remindersUntil(world, at(slot - 1), 2.5 * MINUTE)).map(([time]) => time)).toEqual(
      times.map((ms) => at(ms).toISOString()),
    )
    world.pass(1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('expired')
  })

  it('expires when the agent said, never later than it would have', async () => {
    const { world } = its
    const soon = await world.propose({ ...update, expiresAt: at(HOUR) })
    const late = await world.propose({ ...update, expiresAt: at(30 * DAY) })
    expect([soon.expiresAt, late.expiresAt]).toEqual([at(HOUR), at(7 * DAY)])
    world.pass(HOUR)
    await world.sweep()
    expect((await world.get(soon.id)).state).toBe('expired')
    expect((await world.get(late.id)).state).toBe('awaiting_approval')
  })

  it('does not make up for reminders after it came back late', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(20 * DAY) }), world.owner)
    world.pass(15 * DAY)
    await world.drainJobs()
    value(await world.gate.setGrant(world.owner, 'crm_update.small', 1, {}))
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      reminders: 0,
      expiresAt: at(20 * DAY),
    })
    const day = (days: number): string => at(15 * DAY + days * DAY).toISOString()
    expect((await remindersUntil(world, at(20 * DAY - 1), 15 * MINUTE)).map(([time]) => time)).toEqual([
      day(1.25),
      day(3.75),
      day(4.375),
    ])
  })

  describe('snoozed', () => {
    test.each([
      ['1h' as const, at(HOUR)],
      ['tomorrow' as const, new Date('2026-03-05T16:00:00.000Z')],
      [at(2 * DAY), at(2 * DAY)],
    ])('for %s speaks up again then', async (until, time) => {
      const { world } = its
      const action = await world.propose(update)
      const snoozed = value(await world.gate.snoozeAction(world.approver, action.id, until))
      expect(snoozed).toMatchObject({ snoozedUntil: time, expiresAt: action.expiresAt })
      world.pass(time.getTime() - START.getTime() - 1)
      await world.sweep()
      expect(await reminders(world)).toEqual([])
      world.pass(1)
      await world.sweep()
      expect(await reminders(world)).toEqual([['remind', null]])
      expect(await world.get(action.id)).toMatchObject({ snoozedUntil: null, reminders: 1 })
    })

    test.each([
      [at(HOUR), 'window_closed'],
      [at(2 * HOUR), 'window_closed'],
      [START, 'malformed'],
      [at(-1), 'malformed'],
      ['tomorrow' as const, 'window_closed'],
    ])('until %s is refused with a slot in an hour: %s', async (until, kind) => {
      const { world } = its
      const action = await world.propose({ ...update, notBefore: at(HOUR) })
      const before = await world.rowCounts()
      expect(refusal(await world.gate.snoozeAction(world.owner, action.id, until)).kind).toBe(kind)
      expect(await world.rowCounts()).toEqual(before)
      expect(await world.get(action.id)).toEqual(action)
    })
  })
})

describe('what was decided and waits for its time', () => {
  const its = useWorld()

  it('lives in rows only: another process does it', async () => {
    const { world, database } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    if (!('url' in database)) throw new Error('It needs a server')
    const connections = openServer(String(database.url), { max: 2 })
    const restarted = await world.beside(connections)
    world.pass(HOUR)
    expect(await restarted.sweepOnce(10)).toEqual({ done: 1, failed: [] })
    await restarted.close()
    await connections.close()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  test.each([
    [HOUR - 1, 'executed'],
    [HOUR, 'expired'],
    [9 * DAY, 'expired'],
  ])('%i ms after its slot it is %s', async (late, state) => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    world.pass(HOUR + late)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe(state)
    expect(world.hubspot.script.effects).toEqual(state === 'executed' ? { 'contact.update 101': 1 } : {})
  })

  it('does not go out long after its slot because the platform was away', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    const body = {
      status: 'error',
      message: 'No',
      correlationId: '00000000-0000-4000-8000-000000000000',
      category: 'TEST',
    }
    world.hubspot.script.queue({
      match: (method) => method === 'PATCH',
      fault: { status: 429, headers: { 'retry-after': '7200' }, body },
    })
    world.pass(HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('ready')
    world.pass(2 * HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('expired')
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('a due thing that another process took is hidden for a minute, then taken again', async () => {
    const { world } = its
    await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    world.pass(HOUR)
    expect(await world.store.takeDue(10, 60_000)).toHaveLength(1)
    expect(await world.store.takeDue(10, 60_000)).toEqual([])
    world.pass(60_000)
    expect(await world.store.takeDue(10, 60_000)).toMatchObject([{ work: 'execute' }])
  })

  it('more at once than a connection takes go out one by one, none lost', async () => {
    const { world } = its
    for (let i = 0; i < 15; i += 1)
      await world.approve(
        await world.propose({ ...update, input: { ...update.input, contactId: String(101 + i) }, notBefore: at(HOUR) }),
      )
    world.pass(HOUR)
    await world.sweep()
    expect(Object.keys(world.hubspot.script.effects)).toHaveLength(10)
    world.pass(1000)
    await world.sweep()
    expect(Object.values(world.hubspot.script.effects)).toEqual(Array.from({ length: 15 }, () => 1))
  })
})

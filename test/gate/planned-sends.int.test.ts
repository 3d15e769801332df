import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const { campaignId, listId } = MAILCHIMP_SEED
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const its = useWorld()

const at = (world: World, ms: number): Date => new Date(world.now().getTime() + ms)
const planning = (world: World, ms: number) => ({
  kind: 'mailchimp.campaign.schedule',
  input: { campaignId, scheduleTime: at(world, ms).toISOString() },
})
const campaign = (world: World) => world.mailchimp.state.campaigns[campaignId]
/** What happened in Mailchimp. */
const effects = (world: World): Readonly<Record<string, number>> => world.mailchimp.script.effects
const SENT = { [`campaign.send ${campaignId}`]: 1 }

/** A small audience, so that a test reads in numbers that it can count. */
function audienceOf(world: World, size: number): void {
  const list = world.mailchimp.state.lists[listId]
  if (!list) throw new Error('The seeded audience is gone')
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, size))
}

const withdraw = async (world: World, n: number) =>
  value(
    await world.gate.recordConsents(world.approver, [
      {
        identifiers: [{ kind: 'email', value: `patient-${String(n).padStart(4, '0')}@example.com` }],
        channel: 'email',
        standing: 'withdrawn',
        source: 'told us on the phone',
      },
    ]),
  )

async function approved(world: World, ms: number): Promise<ActionView> {
  audienceOf(world, 5)
  return await world.approve(await world.propose(planning(world, ms)))
}

async function passing(world: World, ms: number): Promise<void> {
  world.pass(ms)
  await world.sweep()
}

describe('a planned campaign', () => {
  it('is held here and sent at its time', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    expect(action).toMatchObject({ state: 'scheduled', slotAt: at(world, HOUR) })
    await passing(world, HOUR - 1)
    expect(campaign(world)).toMatchObject({ status: 'save', sendTime: null })
    expect(effects(world)).toEqual({})
    await passing(world, 1)
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', executedAt: world.now() })
    expect(effects(world)).toEqual(SENT)
  })

  it('leaves out who withdrew since it was approved', async () => {
    const { world } = its
    const action = await approved(world, DAY)
    await passing(world, DAY - 1)
    await withdraw(world, 3)
    await passing(world, 1)
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      preview: { title: expect.stringContaining('4 people') },
    })
    const segment = Object.values(world.mailchimp.state.lists[listId]?.segments ?? {}).at(-1)
    expect(segment?.emails).toHaveLength(4)
    expect(segment?.emails).not.toContain('patient-0003@example.com')
    expect(campaign(world)?.segmentId).toBe(segment?.id)
  })

  it('does not go out under a stop that was pressed since, and is over an hour after its time', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await passing(world, HOUR - 1)
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, 'Just in case'))
    await passing(world, HOUR + 1)
    expect(await world.get(action.id)).toMatchObject({ state: 'scheduled' })
    value(await world.gate.resume(world.owner, 'every', null))
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'expired',
      note: 'Its time passed before it could go out, so nothing went out.',
    })
    expect(effects(world)).toEqual({})
  })

  it('is decided until its time, also where a stop gave its card time back before it', async () => {
    const { world } = its
    audienceOf(world, 5)
    const action = await world.propose(planning(world, 4 * HOUR))
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, 'Just in case'))
    await passing(world, 2 * HOUR)
    value(await world.gate.resume(world.owner, 'every', null))
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', expiresAt: action.slotAt })
  })

  it('that came back is decided by its new card alone', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, 'Just in case'))
    value(await world.gate.resume(world.owner, 'every', null, { stage: 'review' }))
    await world.sweep()
    const back = await world.get(action.id)
    expect(back.state).toBe('awaiting_approval')
    const old = { actionId: action.id, decision: 'approve', payloadHash: action.payloadHash ?? '' } as const
    expect(refusal(await world.gate.decideAction(world.owner, old)).kind).toBe('stale_hash')
    expect((await world.approve(back)).state).toBe('scheduled')
  })

  it('goes back to a person where its time passed under a stop, for the hour in which it may go out late', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, 'Just in case'))
    await passing(world, HOUR + 5 * MINUTE)
    value(await world.gate.resume(world.owner, 'every', null))
    await world.sweep()
    const back = await world.get(action.id)
    expect(back).toMatchObject({ state: 'awaiting_approval', expiresAt: at(world, 55 * MINUTE) })
    expect((await world.approve(back)).state).toBe('executed')
    expect(effects(world)).toEqual(SENT)
  })

  it('goes back to a person where the policy became stricter since', async () => {
    const { world } = its
    const action = await approved(world, DAY)
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['check-ups'] }, null))
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
    await passing(world, DAY)
    expect(await world.get(action.id)).toMatchObject({
      state: 'expired',
      note: 'Nobody decided before the time at which it would go out, so nothing went out.',
    })
    expect(effects(world)).toEqual({})
  })

  it('is only cancelled until it goes out', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    const undone = value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    expect(undone.state).toBe('cancelled')
    await passing(world, HOUR)
    expect(effects(world)).toEqual({})
  })

  it('that an earlier version would have told Mailchimp of before its time is not sent before it', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await world.query('update action_states set run_at = $2, due_at = $2, expires_at = $3 where action_id = $1', [
      action.id,
      at(world, 50 * MINUTE),
      at(world, HOUR),
    ])
    await passing(world, 50 * MINUTE)
    expect(await world.get(action.id)).toMatchObject({ state: 'scheduled', expiresAt: at(world, 70 * MINUTE) })
    expect(effects(world)).toEqual({})
    await passing(world, 10 * MINUTE)
    expect(effects(world)).toEqual(SENT)
  })

  it('goes out a little late where the gate was away', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await passing(world, 2 * HOUR - 1)
    expect((await world.get(action.id)).state).toBe('executed')
    expect(effects(world)).toEqual(SENT)
  })

  it('is not sent an hour after its time, however late the gate comes to it', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await passing(world, 2 * HOUR)
    expect((await world.get(action.id)).state).toBe('expired')
    expect(effects(world)).toEqual({})
    expect(await world.events(action.id)).not.toContain('claimed')
  })

  it('is not sent then by a gate whose clocks have no end, either', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await world.query('update action_states set expires_at = null where action_id = $1', [action.id])
    await passing(world, 2 * HOUR)
    expect((await world.get(action.id)).state).toBe('expired')
    expect(effects(world)).toEqual({})
  })
})

describe('where Mailchimp is in trouble as it is sent', () => {
  const isSending = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/actions/send')

  it('a lost answer is looked up, and it is sent once', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    world.mailchimp.script.queue({ match: isSending, fault: 'lost_after', times: 1 })
    await passing(world, HOUR)
    for (let minutes = 0; minutes < 10; minutes += 1) await passing(world, MINUTE)
    expect((await world.get(action.id)).state).toBe('executed')
    expect(effects(world)).toEqual(SENT)
  })

  it('it is tried again, never an hour after its time, and then people are told', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    const latest = at(world, 2 * HOUR)
    world.mailchimp.script.queue({ match: isSending, fault: 'lost_before', times: 99 })
    await passing(world, HOUR)
    for (let minutes = 0; minutes < 90; minutes += 1) await passing(world, MINUTE)
    expect(await world.get(action.id)).toMatchObject({
      state: 'failed',
      note: 'It did not happen, after several tries.',
    })
    const asked = world.mailchimp.script.log.filter(({ method, path }) => isSending(method, path))
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.filter((one) => Date.parse(one.at) >= latest.getTime())).toEqual([])
    expect(effects(world)).toEqual({})
  })
})

describe('an approval that comes too late', () => {
  it('is refused, and nothing is sent', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    world.pass(HOUR)
    const request = { actionId: action.id, decision: 'approve', payloadHash: action.payloadHash ?? '' } as const
    const answer = await world.gate.decideAction(world.owner, request)
    expect(refusal(answer)).toEqual({ kind: 'expired', at: action.slotAt })
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'expired' })
    expect(effects(world)).toEqual({})
  })

  it('is refused under a stop and after it, whatever time the stop gave back', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, null))
    world.pass(2 * HOUR)
    const request = { actionId: action.id, decision: 'approve', payloadHash: action.payloadHash ?? '' } as const
    expect(refusal(await world.gate.decideAction(world.owner, request)).kind).toBe('expired')
    value(await world.gate.resume(world.owner, 'every', null))
    expect(refusal(await world.gate.decideAction(world.owner, request)).kind).toBe('expired')
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'expired',
      note: 'Nobody decided before the time at which it would go out, so nothing went out.',
    })
    expect(effects(world)).toEqual({})
  })
})

test.each([
  ['a time that has passed', -15 * MINUTE, null, 'The time at which it would go out has passed. Choose a later one.'],
  [
    'a slot after that time',
    HOUR,
    HOUR + 1,
    'It may not start before a time that is after the one it names. Start it earlier, or let it go out later.',
  ],
] as const)('%s is refused and leaves nothing behind', async (_name, effect, slot, says) => {
  const { world } = its
  const before = await world.rowCounts()
  const notBefore = slot === null ? {} : { notBefore: at(world, slot) }
  const proposal = { ...planning(world, effect), reason: 'Recall season', ...notBefore }
  const answer = await world.gate.proposeAction(world.agent, proposal, world.once())
  expect(refusal(answer)).toEqual({ kind: 'malformed', problems: [{ path: 'input', says }] })
  expect(await world.rowCounts()).toEqual(before)
})

describe('an edit of the time', () => {
  const edit = async (world: World, action: ActionView, ms: number) =>
    await world.gate.decideAction(world.owner, {
      actionId: action.id,
      decision: 'edit',
      payloadHash: action.payloadHash ?? '',
      input: planning(world, ms).input,
    })

  it('moves the moment at which it is sent', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    expect(value(await edit(world, action, 2 * HOUR))).toMatchObject({
      state: 'scheduled',
      slotAt: at(world, 2 * HOUR),
      expiresAt: at(world, 3 * HOUR),
    })
  })

  it('to one after its expiry is refused', async () => {
    const { world } = its
    const action = await world.propose({ ...planning(world, HOUR), expiresAt: at(world, 2 * HOUR) })
    expect(refusal(await edit(world, action, 5 * HOUR))).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'input', says: expect.stringContaining('expire before its time') }],
    })
  })

  it('to one that has passed is refused', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    expect(refusal(await edit(world, action, -HOUR)).kind).toBe('malformed')
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
  })
})

test.each([
  ['for whenever', undefined, 'blocked'],
  ['for its time alone', 'time', 'awaiting_approval'],
] as const)('a rejection holds for another time, too: %s', async (_name, cause, state) => {
  const { world } = its
  audienceOf(world, 5)
  const { id, payloadHash } = await world.propose(planning(world, HOUR))
  const why = { reason: 'Not this one', ...(cause ? { cause } : {}) }
  const request = { actionId: id, decision: 'reject', payloadHash: payloadHash ?? '', ...why } as const
  value(await world.gate.decideAction(world.owner, request))
  expect((await world.propose(planning(world, HOUR))).state).toBe('blocked')
  expect((await world.propose(planning(world, 2 * HOUR))).state).toBe(state)
})

it('is charged to the day on which it goes', async () => {
  const { world } = its
  audienceOf(world, 5)
  const costs = { cost_per_person: { 'mailchimp.campaign.schedule': 100 }, budget: { day: { cap: 10_000 } } }
  value(await world.gate.setPolicy(world.owner, costs, null))
  // It is 10:00 there: it goes at midnight.
  const action = await world.approve(await world.propose(planning(world, 14 * HOUR)))
  const charged = async () =>
    await world.query('select "window", reserved, committed from budgets where reserved + committed > 0')
  expect(await charged()).toMatchObject([{ window: expect.stringContaining('2026-03-05'), reserved: '500' }])
  await passing(world, 14 * HOUR)
  expect((await world.get(action.id)).state).toBe('executed')
  expect(await charged()).toMatchObject([{ window: expect.stringContaining('2026-03-05'), committed: '500' }])
})

import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const { campaignId, listId } = MAILCHIMP_SEED
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LEAD = 10 * MINUTE
const its = useWorld()

const at = (world: World, ms: number): Date => new Date(world.now().getTime() + ms)
const planning = (world: World, ms: number) => ({
  kind: 'mailchimp.campaign.schedule',
  input: { campaignId, scheduleTime: at(world, ms).toISOString() },
})
const campaign = (world: World) => world.mailchimp.state.campaigns[campaignId]
/** What happened in Mailchimp, the planned send included once somebody looked. */
const effects = (world: World): Readonly<Record<string, number>> => world.mailchimp.script.effects
const PLANNED = { [`campaign.schedule ${campaignId}`]: 1 }

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

describe('a campaign planned in Mailchimp', () => {
  it('is held here and handed over ten minutes before it goes', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    expect(action).toMatchObject({ state: 'scheduled', slotAt: at(world, HOUR - LEAD), effectAt: at(world, HOUR) })
    expect(campaign(world)).toMatchObject({ status: 'save', sendTime: null })
    await passing(world, HOUR - LEAD - 1)
    expect(effects(world)).toEqual({})
    await passing(world, 1)
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', executedAt: world.now() })
    expect(campaign(world)).toMatchObject({ status: 'schedule', sendTime: at(world, LEAD).toISOString() })
    expect(effects(world)).toEqual(PLANNED)
  })

  it('leaves out who withdrew since it was approved', async () => {
    const { world } = its
    const action = await approved(world, DAY)
    await withdraw(world, 3)
    await passing(world, DAY - LEAD)
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      preview: { title: expect.stringContaining('4 people') },
    })
    const segment = Object.values(world.mailchimp.state.lists[listId]?.segments ?? {}).at(-1)
    expect(segment?.emails).toHaveLength(4)
    expect(segment?.emails).not.toContain('patient-0003@example.com')
    expect(campaign(world)?.segmentId).toBe(segment?.id)
  })

  it('does not go out under a stop that was pressed since, and is over when its time has passed', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
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

  it('goes back to a person where the stop was lifted between its hand-over and its time', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, 'Just in case'))
    await passing(world, HOUR - 5 * MINUTE)
    value(await world.gate.resume(world.owner, 'every', null))
    await world.sweep()
    const back = await world.get(action.id)
    expect(back).toMatchObject({ state: 'awaiting_approval', expiresAt: at(world, 5 * MINUTE) })
    expect((await world.approve(back)).state).toBe('executed')
    expect(effects(world)).toEqual(PLANNED)
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

  it('is only cancelled while it is held here', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    const undone = value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    expect(undone.state).toBe('cancelled')
    await passing(world, HOUR)
    expect(effects(world)).toEqual({})
  })

  it('is handed over at once where its time is nearer than that', async () => {
    const { world } = its
    world.pass(51 * MINUTE)
    const action = await world.propose(planning(world, 9 * MINUTE))
    expect(action).toMatchObject({ state: 'awaiting_approval', expiresAt: at(world, 9 * MINUTE) })
    expect((await world.approve(action)).state).toBe('executed')
    expect(effects(world)).toEqual(PLANNED)
  })

  it('waits for the later of its slot and that moment', async () => {
    const { world } = its
    audienceOf(world, 5)
    const slot = at(world, HOUR - 5 * MINUTE)
    const action = await world.propose({ ...planning(world, HOUR), notBefore: slot })
    expect(await world.approve(action)).toMatchObject({ state: 'scheduled', slotAt: slot })
    await passing(world, HOUR - 5 * MINUTE - 1)
    expect(effects(world)).toEqual({})
    await passing(world, 1)
    expect(effects(world)).toEqual(PLANNED)
  })

  it('is not handed over when its time has passed, however late the gate comes to it', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await passing(world, HOUR)
    expect((await world.get(action.id)).state).toBe('expired')
    expect(effects(world)).toEqual({})
    expect(await world.events(action.id)).not.toContain('claimed')
  })

  it('is not handed over by a gate whose clocks have no end, either', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    await world.query('update action_states set expires_at = null where action_id = $1', [action.id])
    await passing(world, HOUR)
    expect((await world.get(action.id)).state).toBe('expired')
    expect(effects(world)).toEqual({})
  })
})

describe('where Mailchimp is in trouble as it is handed over', () => {
  const isPlanning = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/actions/schedule')

  it('a lost answer is looked up, and it is planned once', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    world.mailchimp.script.queue({ match: isPlanning, fault: 'lost_after', times: 1 })
    await passing(world, HOUR - LEAD)
    expect((await world.get(action.id)).state).toBe('ready')
    await passing(world, 5 * MINUTE)
    expect((await world.get(action.id)).state).toBe('executed')
    expect(effects(world)).toEqual(PLANNED)
  })

  it('it is tried again, never after its time, and then people are told', async () => {
    const { world } = its
    const action = await approved(world, HOUR)
    world.mailchimp.script.queue({ match: isPlanning, fault: 'lost_before', times: 99 })
    await passing(world, HOUR - LEAD)
    for (let minutes = 0; minutes < 30; minutes += 1) await passing(world, MINUTE)
    expect(await world.get(action.id)).toMatchObject({
      state: 'failed',
      note: 'It did not happen, after several tries.',
    })
    const asked = world.mailchimp.script.log.filter(({ method, path }) => isPlanning(method, path))
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.filter((one) => Date.parse(one.at) >= (action.effectAt?.getTime() ?? 0))).toEqual([])
    expect(effects(world)).toEqual({})
  })
})

describe('an approval that comes too late', () => {
  it('is refused, and nothing is planned', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    world.pass(HOUR)
    const request = { actionId: action.id, decision: 'approve', payloadHash: action.payloadHash ?? '' } as const
    const answer = await world.gate.decideAction(world.owner, request)
    expect(refusal(answer)).toEqual({ kind: 'expired', at: action.effectAt })
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'expired',
      note: 'Nobody decided before the time at which it would go out, so nothing went out.',
    })
    expect(effects(world)).toEqual({})
  })

  it('is refused under a stop and after it, whatever time the stop gave back', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    value(await world.gate.stop(world.viewer, { kind: 'workspace' }, null))
    world.pass(HOUR)
    const request = { actionId: action.id, decision: 'approve', payloadHash: action.payloadHash ?? '' } as const
    expect(refusal(await world.gate.decideAction(world.owner, request)).kind).toBe('expired')
    value(await world.gate.resume(world.owner, 'every', null))
    expect(refusal(await world.gate.decideAction(world.owner, request)).kind).toBe('expired')
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('expired')
    expect(effects(world)).toEqual({})
  })
})

test.each([
  ['a time that has passed', -15 * MINUTE, null, 'The time at which it would go out has passed. Choose a later one.'],
  [
    'a slot at that time',
    HOUR,
    HOUR,
    'It may not start before it would already have gone out. Start it earlier, or let it go out later.',
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

  it('moves the moment at which it is handed over', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    expect(value(await edit(world, action, 2 * HOUR))).toMatchObject({
      state: 'scheduled',
      slotAt: at(world, 2 * HOUR - LEAD),
      expiresAt: at(world, 2 * HOUR),
    })
  })

  it('to one that has passed is refused', async () => {
    const { world } = its
    const action = await world.propose(planning(world, HOUR))
    expect(refusal(await edit(world, action, -HOUR)).kind).toBe('malformed')
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
  })
})

it('is charged to the day on which it goes', async () => {
  const { world } = its
  audienceOf(world, 5)
  const costs = { cost_per_person: { 'mailchimp.campaign.schedule': 100 }, budget: { day: { cap: 10_000 } } }
  value(await world.gate.setPolicy(world.owner, costs, null))
  // It is 10:00 there: it goes at midnight, and is handed over the evening before.
  const action = await world.approve(await world.propose(planning(world, 14 * HOUR)))
  const charged = async () =>
    await world.query('select "window", reserved, committed from budgets where reserved + committed > 0')
  expect(await charged()).toMatchObject([{ window: expect.stringContaining('2026-03-05'), reserved: '500' }])
  await passing(world, 14 * HOUR - LEAD)
  expect((await world.get(action.id)).state).toBe('executed')
  expect(await charged()).toMatchObject([{ window: expect.stringContaining('2026-03-05'), committed: '500' }])
})

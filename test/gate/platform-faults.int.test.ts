import { describe, expect, it, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import { ok } from '../../core/domain/result.ts'
import { claimExecution } from '../../core/gate/claim-execution.ts'
import { recordReceipt } from '../../core/gate/record-receipt.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { CREDENTIALS } from '../support/platforms.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const SECOND = 1000
const HOUR = 3_600_000
const at = (ms: number): Date => new Date(START.getTime() + ms)
const update = { kind: 'hubspot.contact.update', input: { contactId: '103', phone: '+1 555 0199' } }
const create = { kind: 'hubspot.contact.create', input: { email: 'new@example.com', firstName: 'New' } }
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings' } }
const UPDATED = 'contact.update 103'
const CREATED = 'contact.create new@example.com'

const hubspotError = (status: number, headers: Record<string, string> = {}): Fault => ({
  status,
  headers,
  body: { status: 'error', message: 'No', correlationId: '00000000-0000-4000-8000-000000000000', category: 'TEST' },
})
/** The next write on HubSpot goes wrong. */
const nextWrite = (world: World, fault: Fault, times = 1) =>
  world.hubspot.script.queue({
    match: (method, path) => method !== 'GET' && !/search|batch\/read/.test(path),
    fault,
    times,
  })

async function loaded(world: World, action: ActionView) {
  const stored = await world.store.read(world.workspaceId, (tx) => tx.loadAction(action.id))
  const kind = createKinds().get(action.kind.id)
  if (!stored || !kind) throw new Error('Both exist')
  return { stored, kind }
}

/** A process that claims and dies before (or after) it sent anything. */
async function claimAndDie(world: World, proposal: typeof update | typeof create, when: 'before' | 'after') {
  const action = await world.approve(await world.propose({ ...proposal, notBefore: at(HOUR) }))
  world.pass(HOUR)
  const { stored, kind } = await loaded(world, action)
  const session = world.platforms.session(kind)
  const before = value2(await kind.beforeState(stored.payload.input, session))
  const claimed = await claimExecution(world.context, stored, kind, before, null)
  if (!claimed) throw new Error('It was claimed')
  const receipt =
    when === 'after' ? value2(await kind.run(stored.payload.input, before, session, { key: action.id })) : null
  return { action, claimed, kind, receipt, before }
}

function value2<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

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

describe('an answer that says no', () => {
  const its = useWorld()

  test.each([
    [429, { 'retry-after': '7' }, 7 * SECOND],
    [429, { 'retry-after': '0' }, SECOND],
    [503, {}, SECOND],
  ])('%i with %j is tried again after %i ms', async (status, headers, wait) => {
    const { world } = its
    nextWrite(world, hubspotError(status, headers))
    const action = await world.approve(await world.propose(create))
    expect(action.state).toBe('ready')
    expect(await world.stateRow(action.id)).toMatchObject({ run_at: at(wait), due_at: at(wait), approved: true })
    world.pass(wait - 1)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    world.pass(1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
  })

  it('500 to what must not be repeated is a lost answer', async () => {
    const { world } = its
    nextWrite(world, hubspotError(500))
    expect((await world.approve(await world.propose(create))).state).toBe('unknown')
  })

  it('503 eight times is the end of it, and releases its money', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.contact.create': 100 }, budget: { day: { cap: 1_000 } } },
        null,
      ),
    )
    nextWrite(world, hubspotError(503), 100)
    const action = await world.approve(await world.propose(create))
    for (let i = 0; i < 10; i += 1) {
      world.pass(300 * SECOND)
      await world.sweep()
    }
    expect(await world.get(action.id)).toMatchObject({ state: 'failed', note: 'HubSpot could not be reached.' })
    expect(await world.query('select count(*)::int as n from executions')).toEqual([{ n: 8 }])
    expect(await world.budget('day:2026-03-04')).toEqual({ reserved: 0, committed: 0 })
  })

  test.each([
    ['the write', (method: string) => method === 'PATCH'],
    ['the look before it', (method: string) => method === 'GET'],
  ])('401 to %s: back to waiting, connection lost, and approving again is enough', async (_name, match) => {
    const { world } = its
    world.hubspot.script.queue({ match, fault: hubspotError(401), times: 1 })
    const action = await world.approve(await world.propose(update))
    expect(action).toMatchObject({
      state: 'awaiting_approval',
      note: 'HubSpot no longer accepts our connection. Connect it again, then approve.',
      decisions: [{ decision: 'approve' }],
    })
    expect(action.expiresAt).toEqual(at(7 * 24 * HOUR))
    expect(
      value(await world.gate.listConnections(world.owner)).map(({ platform, state }) => [platform, state]),
    ).toEqual([
      ['hubspot', 'lost'],
      ['mailchimp', 'live'],
    ])
    expect(world.hubspot.script.effects).toEqual({})
    expect((await world.approve(action)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })

  it('400 to the write fails for good', async () => {
    const { world } = its
    nextWrite(world, hubspotError(400))
    const action = await world.approve(await world.propose(create))
    expect(action).toMatchObject({ state: 'failed', note: 'HubSpot does not accept one of these values.' })
    world.pass(HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    expect(await world.query('select state, error from executions')).toMatchObject([
      { state: 'failed', error: { kind: 'rejected', status: 400 } },
    ])
  })

  it('a contact that is gone before the write sends it back with the reason', async () => {
    const { world } = its
    const gone = world.hubspot.state.contacts['103']
    const action = await world.propose(update)
    if (gone) gone.archived = true
    expect(await world.approve(action)).toMatchObject({
      state: 'awaiting_approval',
      note: 'Something on the platform has to be mended first.',
      preflight: [expect.stringContaining('contact')],
    })
    expect(await world.query('select 1 from executions')).toEqual([])
  })
})

describe('a process that dies between claim and receipt', () => {
  const its = useWorld()

  it('after it sent what must not be repeated: found, once', async () => {
    const { world } = its
    const { action } = await claimAndDie(world, create, 'after')
    expect((await world.get(action.id)).state).toBe('executing')
    world.pass(30 * SECOND - 1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executing')
    world.pass(1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('unknown')
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
    expect(await world.events(action.id)).toEqual(['proposed', 'approved', 'claimed', 'lease_lapsed', 'executed'])
  })

  it('before it sent it: absent twice, then once', async () => {
    const { world } = its
    const { action } = await claimAndDie(world, create, 'before')
    for (let step = 0; step < 3; step += 1) {
      world.pass(30 * SECOND)
      await world.sweep()
    }
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
  })

  it('after what may be repeated: repeated soon, and the undo still knows how it was', async () => {
    const { world } = its
    const before = structuredClone(world.hubspot.state.contacts['103']?.properties)
    const { action } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    expect(world.hubspot.state.contacts['103']?.properties).toEqual(before)
  })

  it('a late receipt settles what is not known', async () => {
    const { world } = its
    const { action, claimed, kind, receipt } = await claimAndDie(world, create, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    if (!receipt) throw new Error('It was sent')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      exception: null,
      receipt: { reference: receipt.reference },
    })
  })

  it('a late receipt before the repeat settles what waits for it', async () => {
    const { world } = its
    const { action, claimed, kind, receipt } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('ready')
    if (!receipt) throw new Error('It was sent')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', exception: null })
    world.pass(SECOND)
    await world.sweep()
    expect(await world.query('select attempt, state from executions')).toEqual([{ attempt: 1, state: 'done' }])
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })

  it.each([
    ['is refused', () => hubspotError(400)],
    ['is refused for its connection', () => hubspotError(401)],
    ['has to wait', () => hubspotError(429, { 'retry-after': '1' })],
  ])('a late receipt while the repeat is under way counts where the repeat %s', async (_name, fault) => {
    const { world } = its
    const was = structuredClone(world.hubspot.state.contacts['103']?.properties)
    const { action, claimed, kind, receipt, before } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    const { stored } = await loaded(world, action)
    const again = await claimExecution(world.context, stored, kind, before, null)
    if (!again || !receipt) throw new Error('It was claimed again')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    nextWrite(world, fault())
    const answer = await kind.run(again.payload.input, before, world.platforms.session(kind), { key: action.id })
    await recordReceipt(world.context, again, kind, answer)
    expect((await world.get(action.id)).state).toBe('executed')
    expect(value(await world.gate.listExceptions(world.owner))).toEqual([])
    value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: true }))
    expect(world.hubspot.state.contacts['103']?.properties).toEqual(was)
  })

  it('a late receipt after a repeat is recorded and raises a possible double', async () => {
    const { world } = its
    const { action, claimed, kind, receipt } = await claimAndDie(world, update, 'after')
    world.pass(30 * SECOND)
    await world.sweep()
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    if (!receipt) throw new Error('It was sent')
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    await recordReceipt(world.context, claimed, kind, ok(receipt))
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      exception: { source: 'possible_double', options: ['happened'] },
    })
    expect(value(await world.gate.listExceptions(world.owner))).toHaveLength(1)
    expect(await world.query('select attempt, state from executions order by 1')).toEqual([
      { attempt: 1, state: 'done' },
      { attempt: 2, state: 'done' },
    ])
  })
})

describe('undo', () => {
  const its = useWorld()
  const undo = (world: World, action: ActionView, despiteChanges = false) =>
    world.gate.undoAction(world.approver, action.id, { despiteChanges })

  it('names what somebody changed since and asks; despite it, puts back what was', async () => {
    const { world } = its
    const contact = world.hubspot.state.contacts['103']
    const before = structuredClone(contact?.properties)
    const action = await world.approve(await world.propose(update))
    if (contact) contact.properties['phone'] = '+1 555 0000'
    const counts = await world.rowCounts()
    expect(refusal(await undo(world, action))).toEqual({
      kind: 'platform_changed',
      differences: [{ label: 'Phone', was: '+1 555 0199', is: '+1 555 0000' }],
    })
    expect(await world.rowCounts()).toEqual(counts)
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
    expect(value(await undo(world, action, true)).state).toBe('undone')
    expect(contact?.properties).toEqual(before)
    expect(refusal(await undo(world, action))).toMatchObject({ kind: 'not_now', state: 'undone' })
  })

  it('whose answer was lost is looked up', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    nextWrite(world, 'lost_after')
    expect(value(await undo(world, action)).state).toBe('undoing')
    world.pass(30 * SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('undone')
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 2 })
  })

  it('that did not happen leaves it done, says so, and can be pressed again', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    nextWrite(world, 'lost_before')
    value(await undo(world, action))
    world.pass(30 * SECOND)
    await world.sweep()
    // "Unchanged" is believed the second time.
    expect((await world.get(action.id)).state).toBe('undoing')
    world.pass(30 * SECOND)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      exception: { source: 'undo_failed' },
      note: 'It could not be undone: the platform shows it unchanged. Press Undo again.',
    })
    expect(value(await undo(world, action)).state).toBe('undone')
  })

  it('that the platform refuses leaves it done', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    nextWrite(world, hubspotError(400))
    expect(value(await undo(world, action))).toMatchObject({ state: 'executed', exception: { source: 'undo_failed' } })
  })

  it.each([
    ['the write', 'PATCH'],
    ['the look before it', 'GET'],
  ])(
    'whose connection is lost at %s leaves it done, and can be pressed again when that is mended',
    async (_name, hit) => {
      const { world } = its
      const action = await world.approve(await world.propose(update))
      world.hubspot.script.queue({ match: (method) => method === hit, fault: hubspotError(403), times: 1000 })
      await undo(world, action)
      expect((await world.get(action.id)).state).toBe('executed')
      const [connection] = value(await world.gate.listConnections(world.owner))
      expect(connection).toMatchObject({ platform: 'hubspot', state: 'lost' })
      world.hubspot.script.clear()
      expect(value(await undo(world, action)).state).toBe('undone')
      expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 2 })
    },
  )

  it('twice at once is one undo', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    const answers = await Promise.all([undo(world, action), undo(world, action)])
    expect(answers.filter(({ ok: done }) => done)).toHaveLength(1)
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 2 })
  })

  it('before the effect cancels', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    expect(value(await undo(world, action))).toMatchObject({ state: 'cancelled' })
    world.pass(HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('is refused after its window, to viewers, and while stopped', async () => {
    const { world } = its
    const action = await world.approve(await world.propose(update))
    const counts = await world.rowCounts()
    expect(refusal(await world.gate.undoAction(world.viewer, action.id, { despiteChanges: false })).kind).toBe(
      'not_permitted',
    )
    expect(await world.rowCounts()).toEqual(counts)
    value(await world.gate.stop(world.owner, { kind: 'platform', value: 'hubspot' }, 'Broken'))
    expect(refusal(await undo(world, action))).toMatchObject({ kind: 'stopped', what: 'HubSpot', reason: 'Broken' })
    value(await world.gate.resume(world.owner, 'every', null))
    world.pass(24 * HOUR)
    expect(refusal(await undo(world, action))).toEqual({
      kind: 'window_closed',
      at: at(24 * HOUR),
      why: 'The time to undo it is over.',
    })
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })
})

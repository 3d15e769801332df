import { describe, expect, it } from 'vitest'
import type { ActionView } from '../../core/gate/views.ts'
import { CREDENTIALS } from '../support/platforms.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const SECOND = 1000
const update = { kind: 'hubspot.contact.update', input: { contactId: '103', phone: '+1 555 0199' } }
const UPDATED = 'contact.update 103'
const isWrite = (method: string, path: string): boolean => method !== 'GET' && !/search|batch\/read/.test(path)

/** Approved, and its answer was lost: it may be repeated, and waits for that. */
async function inQuestion(world: World, fault: 'lost_after' | 'lost_before', more: object = {}): Promise<ActionView> {
  world.hubspot.script.queue({ match: isWrite, fault })
  const action = await world.approve(await world.propose({ ...update, ...more }))
  expect(action.state).toBe('ready')
  return action
}

/** Until the gate has looked often enough to know. */
async function lookUp(world: World): Promise<void> {
  for (let look = 0; look < 3; look += 1) {
    world.pass(30 * SECOND)
    await world.sweep()
  }
}

const lower = async (world: World): Promise<void> =>
  void value(await world.gate.setGrant(world.owner, 'crm_update.small', 1, { reason: 'Watch it again' }))

describe('what may have gone through and may be repeated', () => {
  const its = useWorld()

  it('is not cancelled as if it had not', async () => {
    const { world } = its
    const action = await inQuestion(world, 'lost_after')
    const answer = await world.gate.undoAction(world.owner, action.id, { despiteChanges: false })
    expect(refusal(answer)).toMatchObject({ kind: 'not_now', why: expect.stringContaining('may have gone through') })
    expect((await world.get(action.id)).state).toBe('ready')
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it.each([
    ['lost_after', 'executed', 1],
    ['lost_before', 'expired', 0],
  ] as const)('does not run out of time before it is known (%s → %s)', async (fault, state, effects) => {
    const { world } = its
    const action = await inQuestion(world, fault, { expiresAt: new Date(world.now().getTime() + SECOND) })
    // Nobody sweeps until its time is over.
    world.pass(2 * SECOND)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'unknown',
      note: 'An earlier try may have gone through; we are finding out whether it happened.',
    })
    await lookUp(world)
    expect((await world.get(action.id)).state).toBe(state)
    expect(world.hubspot.script.effects[UPDATED] ?? 0).toBe(effects)
  })

  it.each([
    ['lost_after', 'executed', 1],
    ['lost_before', 'awaiting_approval', 0],
  ] as const)('does not come back to a person before it is known (%s → %s)', async (fault, state, effects) => {
    const { world } = its
    const action = await inQuestion(world, fault)
    await lower(world)
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('unknown')
    await lookUp(world)
    expect((await world.get(action.id)).state).toBe(state)
    expect(world.hubspot.script.effects[UPDATED] ?? 0).toBe(effects)
  })

  it('and whose repeat is refused for its connection is looked up once that is mended', async () => {
    const { world } = its
    const action = await inQuestion(world, 'lost_after')
    const body = {
      status: 'error',
      message: 'No',
      correlationId: '00000000-0000-4000-8000-000000000000',
      category: 'X',
    }
    world.hubspot.script.queue({ match: () => true, fault: { status: 401, body }, times: 1000 })
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('unknown')
    const [connection] = value(await world.gate.listConnections(world.owner))
    expect(connection).toMatchObject({ platform: 'hubspot', state: 'lost' })
    world.hubspot.script.clear()
    if (connection) value(await world.gate.replaceCredentials(world.owner, connection.id, CREDENTIALS['hubspot'] ?? ''))
    world.pass(60 * SECOND)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', note: null })
    expect(await world.query('select attempt, state from executions')).toEqual([{ attempt: 1, state: 'done' }])
    expect(world.hubspot.script.effects).toEqual({ [UPDATED]: 1 })
  })
})

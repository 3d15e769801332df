import { describe, expect, it } from 'vitest'
import { refusal, START, value } from '../support/world.ts'
import { decide } from '../support/decide.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (ms: number): Date => new Date(START.getTime() + ms)
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }

describe('a revision', () => {
  const its = useWorld()

  it('revise asks the agent for a new version, whose card shows what changed', async () => {
    const { world } = its
    const action = await world.propose(update)
    expect(refusal(await decide(world, action, { decision: 'revise', reason: ' ' }))).toEqual({
      kind: 'malformed',
      problems: [{ path: 'reason', says: 'Say what should change.' }],
    })
    const sent = value(await decide(world, action, { decision: 'revise', reason: 'Use the mobile number' }))
    expect(sent).toMatchObject({ state: 'changes_requested', expiresAt: at(7 * DAY) })
    const next = await world.propose({
      kind: update.kind,
      input: { contactId: '101', phone: '+1 555 0177' },
      supersedes: action.id,
    })
    expect(next).toMatchObject({
      state: 'awaiting_approval',
      supersedes: action.id,
      changes: [{ label: 'Phone', was: '+1 555 0199', is: '+1 555 0177' }],
    })
    expect(await world.get(action.id)).toMatchObject({ state: 'superseded', supersededBy: next.id })
    expect(await world.events(action.id)).toEqual(['proposed', 'revised', 'superseded'])
    expect(
      refusal(
        await world.gate.proposeAction(
          world.agent,
          { ...update, reason: 'Again', supersedes: action.id },
          world.once(),
        ),
      ),
    ).toMatchObject({ kind: 'not_now', state: 'superseded' })
  })

  it('a version that nobody sent expires after a week', async () => {
    const { world } = its
    const action = await world.propose(update)
    value(await decide(world, action, { decision: 'revise', reason: 'Use the mobile number' }))
    world.pass(7 * DAY - 1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('changes_requested')
    world.pass(1)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('expired')
  })

  it('only the same agent’s same kind supersedes', async () => {
    const { world } = its
    const action = await world.propose(update)
    value(await decide(world, action, { decision: 'revise', reason: 'Shorter' }))
    const other = {
      kind: 'hubspot.note.create',
      input: { contactId: '101', body: 'Hello' },
      reason: 'x',
      supersedes: action.id,
    }
    const before = await world.rowCounts()
    expect(refusal(await world.gate.proposeAction(world.agent, other, world.once()))).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'supersedes' }],
    })
    expect(
      refusal(
        await world.gate.proposeAction(world.approver, { ...update, reason: 'x', supersedes: action.id }, world.once()),
      ),
    ).toMatchObject({ kind: 'not_found' })
    expect({ ...(await world.rowCounts()), rate_limits: 0 }).toEqual({ ...before, rate_limits: 0 })
  })
})

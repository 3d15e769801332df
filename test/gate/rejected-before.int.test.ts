import { describe, expect, it } from 'vitest'
import { changePhone } from '../support/change-phone.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const DAY = 24 * 3_600_000

describe('what a person rejected', () => {
  const its = useWorld()
  const reject = async (world: World, phone?: string, how: object = {}) => {
    const action = await world.propose(changePhone(phone))
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
      const again = await world.propose(changePhone(), actor)
      expect(again).toMatchObject({ state: 'blocked', verdict: { reasons: [{ rule: 'rejected_before' }] } })
      expect(again.verdict?.reasons[0]?.text).toMatch(/^Owner rejected exactly this .*“That number is wrong”/)
    }
    // A minute later, or planned for another time, it is the same.
    const later = { ...changePhone(), notBefore: new Date(world.now().getTime() + DAY) }
    expect((await world.propose(later)).state).toBe('blocked')
    expect((await world.propose(changePhone('+1 555 0100'))).state).toBe('awaiting_approval')
    world.pass(31 * DAY)
    expect((await world.propose(changePhone())).state).toBe('awaiting_approval')
  })

  it('for its time only is blocked at that time only', async () => {
    const { world } = its
    await reject(world, undefined, { cause: 'time' })
    expect((await world.propose(changePhone())).state).toBe('awaiting_approval')
  })

  it('is free again when what was learned from it is deleted', async () => {
    const { world } = its
    await reject(world)
    const [feedback] = value(await world.gate.listFeedback(world.owner, { limit: 1 })).items
    value(await world.gate.deleteFeedback(world.owner, feedback?.id ?? world.newId('fbk')))
    expect((await world.propose(changePhone())).state).toBe('awaiting_approval')
  })
})

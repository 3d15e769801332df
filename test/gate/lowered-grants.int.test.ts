import { describe, expect, it, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import { claimExecution } from '../../core/gate/claim-execution.ts'
import { lookOf } from '../support/platform-fault-steps.ts'
import { useWorld } from '../support/use-world.ts'
import { HOUR, DAY, update, send, draft, at, toNewPatients, grant } from '../support/level-steps.ts'

describe('a lowered grant', () => {
  const its = useWorld()

  it('recalls what was let through: the sweep redraws it, and nothing goes out', async () => {
    const { world } = its
    toNewPatients(world)
    await grant(world, 'email_campaign.small', 3)
    const action = await world.propose(send)
    await grant(world, 'email_campaign.small', 2)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      note: 'The level for this was lowered, so it came back to you.',
      level: { inForce: 2, boundBy: 'grant' },
    })
    world.pass(DAY)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual({})
    expect(await world.events(action.id)).toEqual(['proposed', 'checked', 'recalled', 'reminded'])
  })

  it('refuses a claim of the old epoch at once, before any sweep', async () => {
    const { world } = its
    const action = await world.propose({ ...update, notBefore: at(HOUR) })
    const scheduled = await world.approve(action)
    expect(scheduled.state).toBe('scheduled')
    await grant(world, 'crm_update.small', 1)
    world.pass(HOUR)
    const stored = await world.store.read(world.workspaceId, (tx) => tx.loadAction(action.id))
    const kind = createKinds().get(action.kind.id)
    if (!stored || !kind) throw new Error('Both exist')
    expect(await claimExecution(world.context, stored, kind, lookOf(world, {}))).toBeNull()
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({})
    expect(await world.query('select 1 from executions')).toEqual([])
  })

  it('leaves other scopes alone, and a higher grant recalls nothing', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    await grant(world, 'audience.small', 1)
    await grant(world, 'crm_update.small', 3)
    world.pass(HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  test.each([
    [3, 2, 'scheduled', { 'campaign.create Whitening week': 1 }],
    [2, 1, 'awaiting_approval', {}],
  ] as const)('from level %s to %s a preparing write is %s', async (from, to, state, effects) => {
    const { world } = its
    await grant(world, 'email_campaign.small', from)
    const action = await world.propose({ ...draft, notBefore: at(HOUR) })
    expect(action.state).toBe('scheduled')
    await grant(world, 'email_campaign.small', to)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state })
    world.pass(HOUR)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual(effects)
  })

  it('a preparing write is not sent back by its claim either', async () => {
    const { world } = its
    await grant(world, 'email_campaign.small', 3)
    const action = await world.propose({ ...draft, notBefore: at(HOUR) })
    await grant(world, 'email_campaign.small', 2)
    world.pass(HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(await world.events(action.id)).toEqual(['proposed', 'rebound', 'claimed', 'executed'])
  })
})

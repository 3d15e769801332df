import { describe, expect, it, test } from 'vitest'
import type { SwitchTarget } from '../../core/domain/switches.ts'
import { at } from '../support/at.ts'
import { DAY, HOUR, send, toNewPatients, update } from '../support/level-steps.ts'
import { resume, stop } from '../support/switches.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, refusal, START, value, type World } from '../support/world.ts'

const MINUTE = 60_000
const add = { kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101'] } }

describe('a stop', () => {
  const its = useWorld()

  test.each([
    ['everything', (): SwitchTarget => ({ kind: 'all' }), 'the whole installation', [true, true, true]],
    ['a workspace', (): SwitchTarget => ({ kind: 'workspace' }), 'everything', [true, true, true]],
    [
      'an agent',
      (world: World): SwitchTarget => ({ kind: 'agent', value: world.agent.id }),
      'this agent',
      [true, true, true],
    ],
    [
      'a category',
      (): SwitchTarget => ({ kind: 'category', value: 'crm_update' }),
      'CRM updates',
      [true, false, false],
    ],
    ['a platform', (): SwitchTarget => ({ kind: 'platform', value: 'hubspot' }), 'HubSpot', [true, true, false]],
    [
      'a kind',
      (): SwitchTarget => ({ kind: 'kind', value: 'hubspot.list.add' }),
      'hubspot.list.add',
      [false, true, false],
    ],
  ] as const)(
    'of %s freezes what it covers and refuses new proposals of it, and nothing else',
    async (_name, target, words, covered) => {
      const { world } = its
      const proposals = [update, add, send]
      const waiting = []
      for (const proposal of proposals) waiting.push(await world.propose(proposal))
      const stopped = await stop(world, target(world))
      expect(stopped.switch).toMatchObject({ words, by: 'Owner', reason: 'Just in case' })
      const before = await world.rowCounts()
      for (const [i, proposal] of proposals.entries()) {
        if (!covered[i]) continue
        const said = refusal(
          await world.gate.proposeAction(world.agent, { ...proposal, reason: 'Again' }, world.once()),
        )
        expect(said).toEqual({ kind: 'stopped', what: words, by: 'Owner', at: START, reason: 'Just in case' })
      }
      expect(await world.rowCounts()).toEqual(before)
      for (const [i, action] of waiting.entries()) {
        const approved = await world.approve(action)
        expect(approved.frozenBy?.id ?? null).toBe(covered[i] ? stopped.switch.id : null)
        expect(approved.state).toBe(covered[i] ? 'ready' : 'executed')
      }
      await world.sweep()
      const effects = () => Object.keys({ ...world.hubspot.script.effects, ...world.mailchimp.script.effects }).length
      expect(effects()).toBe(covered.filter((it) => !it).length)
      await resume(world)
      await world.sweep()
      // After the stop of an agent a person looks again at what it had in flight; all else runs on its approval.
      const recalled = target(world).kind === 'agent'
      expect((await Promise.all(waiting.map(({ id }) => world.get(id)))).map(({ state }) => state)).toEqual(
        waiting.map(() => (recalled ? 'awaiting_approval' : 'executed')),
      )
      expect(effects()).toBe(recalled ? 0 : 3)
    },
  )

  it('says the same twice and stops once', async () => {
    const { world } = its
    for (const target of [{ kind: 'workspace' }, { kind: 'all' }] as const) {
      const first = await stop(world, target)
      const before = await world.rowCounts()
      expect((await stop(world, target)).switch.id).toBe(first.switch.id)
      expect(await world.rowCounts()).toEqual(before)
      await resume(world, first.switch.id)
      expect(value(await world.gate.listSwitches(world.viewer))).toEqual([])
      expect(await world.events(first.switch.id)).toEqual(['stopped', 'resumed'])
    }
  })

  it('may be pressed by a viewer and lifted by an admin only', async () => {
    const { world } = its
    const { switch: on } = value(await world.gate.stop(world.viewer, { kind: 'workspace' }, null))
    const before = await world.rowCounts()
    for (const actor of [world.viewer, world.approver, world.agent]) {
      expect(refusal(await world.gate.resume(actor, on.id, null))).toEqual({
        kind: 'not_permitted',
        why: 'Only admins and owners can resume.',
      })
    }
    expect(refusal(await world.gate.stop(world.agent, { kind: 'workspace' }, null)).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    expect(value(await world.gate.resume(world.admin, on.id, 'All clear'))).toHaveLength(1)
    expect(refusal(await world.gate.resume(world.admin, on.id, null)).kind).toBe('not_found')
  })

  it('of everything can be pressed and lifted from the operator’s own workspace only', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const foreign = { ...client.owner }
    // The gate of the installation, entered by the owner of another workspace.
    expect(refusal(await world.gate.stop(foreign, { kind: 'all' }, null)).kind).toBe('not_permitted')
    expect(refusal(await world.gate.stop(world.viewer, { kind: 'all' }, null)).kind).toBe('not_permitted')
    expect(refusal(await world.gate.stop(world.approver, { kind: 'all' }, null)).kind).toBe('not_permitted')
    const { switch: on } = await stop(world, { kind: 'all' })
    expect(
      refusal(await world.gate.proposeAction({ ...client.agent }, { ...update, reason: 'x' }, world.once())),
    ).toMatchObject({ kind: 'stopped', what: 'the whole installation' })
    expect(refusal(await world.gate.resume(foreign, on.id, null)).kind).toBe('not_found')
    expect(value(await world.gate.resume(foreign, 'every', null))).toEqual([])
    expect(value(await world.gate.listSwitches(world.owner))).toHaveLength(1)
    await client.close()
  })

  it('of one workspace leaves another alone', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    await stop(world, { kind: 'workspace' })
    expect((await client.approve(await client.propose(update))).state).toBe('executed')
    await client.close()
  })
})

describe('after a resume', () => {
  const its = useWorld()

  it('what waited for its slot and still has it runs then', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(4 * HOUR) }))
    await stop(world, { kind: 'workspace' })
    world.pass(HOUR)
    await resume(world)
    expect(await world.get(action.id)).toMatchObject({ state: 'scheduled', slotAt: at(4 * HOUR) })
    world.pass(3 * HOUR)
    await world.sweep()
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  test.each([
    ['a few minutes', 10 * MINUTE],
    ['days', 3 * DAY],
  ])('what is past its slot by %s goes back to a person', async (_name, late) => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
    await stop(world, { kind: 'workspace' })
    world.pass(HOUR + late)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('scheduled')
    await resume(world)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      note: 'Its time passed while it was stopped, so it came back to you.',
      expiresAt: at(HOUR + late + 7 * DAY),
    })
    expect(world.hubspot.script.effects).toEqual({})
    expect((await world.approve(await world.get(action.id))).state).toBe('executed')
  })

  it('a held send past its slot goes back, too', async () => {
    const { world } = its
    toNewPatients(world)
    await world.letEarn('email_campaign.small', 3)
    const action = await world.propose({ ...send, notBefore: at(2 * DAY) })
    expect(action.state).toBe('held')
    await stop(world, { kind: 'workspace' })
    world.pass(2 * DAY + MINUTE)
    await resume(world)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('what a held send keeps of its slot does not move', async () => {
    const { world } = its
    toNewPatients(world)
    await world.letEarn('email_campaign.small', 3)
    const action = await world.propose({ ...send, notBefore: at(2 * DAY) })
    await stop(world, { kind: 'workspace' })
    world.pass(DAY)
    await resume(world)
    expect(await world.get(action.id)).toMatchObject({ state: 'held', holdUntil: at(2 * DAY) })
  })

  it('what became stricter meanwhile goes back', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...update, notBefore: at(4 * HOUR) }))
    await stop(world, { kind: 'workspace' })
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['555 0199'] }, null))
    await resume(world)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'block' } })
  })

  it('reservations were kept', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { cost_per_person: { 'hubspot.list.add': 100 }, budget: { day: { cap: 1_000 } } },
        null,
      ),
    )
    await world.propose(add)
    await stop(world, { kind: 'workspace' })
    world.pass(HOUR)
    await world.sweep()
    expect(await world.budget('day:2026-03-04')).toEqual({ reserved: 100, committed: 0 })
  })

  it('a stop lists what is on its way', async () => {
    const { world } = its
    world.hubspot.script.queue({ match: (method) => method === 'PATCH', fault: 'slow' })
    const action = await world.propose(update)
    value(
      await world.gate.decideAction(world.owner, {
        actionId: action.id,
        decision: 'approve',
        payloadHash: action.payloadHash ?? '',
      }),
    )
    while (!world.hubspot.script.log.some(({ method }) => method === 'PATCH')) await world.query('select 1')
    const stopped = await stop(world, { kind: 'platform', value: 'hubspot' })
    expect(stopped.executing.map(({ id, state }) => [id, state])).toEqual([[action.id, 'executing']])
    world.hubspot.script.release()
    await world.settled()
    expect((await world.get(action.id)).state).toBe('executed')
  })
})

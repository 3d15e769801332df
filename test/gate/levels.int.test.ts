import { describe, expect, it, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import type { Kinds } from '../../core/ports/kind.ts'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { refusal, START, value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'
import { HOUR, DAY, update, send, draft, SENT, at, toNewPatients, grant } from '../support/level-steps.ts'

describe('levels', () => {
  const its = useWorld()

  it('observes at level 1: recorded, nothing done, no card', async () => {
    const { world } = its
    await grant(world, 'crm_update.small', 1)
    const action = await world.propose(update)
    expect(action).toMatchObject({
      state: 'observed',
      level: { inForce: 1, boundBy: 'grant', why: 'Level 1 was granted for this.' },
      undo: { class: 'exact', until: null },
    })
    await world.sweep()
    expect(world.hubspot.script.log).toEqual([])
    expect(await world.events(action.id)).toEqual(['proposed'])
    expect(await world.drainJobs()).toEqual([])
  })

  it('shows, while a scope is observed, how what an agent would have done agrees with what people did', async () => {
    const { world } = its
    await grant(world, 'crm_update.small', 1)
    const another = { ...update, input: { contactId: '102', phone: '+1 555 0100' } }
    for (const proposal of [update, another, { ...update, input: { contactId: '103', phone: '+1 555 0101' } }])
      expect((await world.propose(proposal)).state).toBe('observed')
    await world.approve(await world.propose(another, world.approver))
    await world.approve(
      await world.propose({ ...update, input: { contactId: '101', phone: '+1 555 0777' } }, world.approver),
    )
    const observed = value(await world.gate.listGrants(world.owner)).find(({ agentId }) => agentId === '*')?.observed
    expect(observed).toMatchObject({ proposals: 3, done: 2, same: 1, close: 0, different: 1 })
    world.pass(31 * DAY)
    expect(await world.reviewTrust()).toMatchObject({ lapsed: 1 })
    expect((await world.propose(update)).state).toBe('awaiting_approval')
  })

  it('observes at level 1 even what a guardrail would have blocked', async () => {
    const { world } = its
    await grant(world, 'crm_update.small', 1)
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['free'] }, null))
    const action = await world.propose({ kind: 'hubspot.note.create', input: { contactId: '101', body: 'It is free' } })
    expect(action).toMatchObject({ state: 'observed', verdict: { outcome: 'block' } })
  })

  test.each([
    [null, 'no_grant', 'Nobody has granted more than recommendations for this yet.'],
    [2, 'grant', 'Level 2 was granted for this.'],
  ] as const)('asks with grant %s, and does nothing meanwhile', async (level, boundBy, why) => {
    const { world } = its
    if (level !== null) await grant(world, 'crm_update.small', level)
    const action = await world.propose(update)
    expect(action).toMatchObject({
      state: 'awaiting_approval',
      level: { inForce: 2, boundBy, why, ceiling: 5, tier: level === null ? null : 'autonomous' },
    })
    expect(action.expiresAt).toEqual(at(7 * DAY))
    await world.sweep()
    expect(world.hubspot.script.log).toEqual([])
    expect(await world.drainJobs()).toEqual([{ queue: 'card', workspaceId: world.workspaceId, subject: action.id }])
  })

  test.each([3, 4, 5] as const)('acts at level %s and gives a day to undo', async (level) => {
    const { world } = its
    await grant(world, 'crm_update.small', level)
    const action = await world.propose(update)
    expect(action).toMatchObject({
      state: 'executed',
      level: { inForce: level, boundBy: 'grant' },
      decisions: [],
      undo: { class: 'exact', until: at(DAY) },
      executedAt: START,
    })
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
    expect(await world.events(action.id)).toEqual(['proposed', 'claimed', 'executed'])
    world.pass(DAY)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'settled', undo: { until: null } })
    expect(refusal(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))).toMatchObject({
      kind: 'window_closed',
    })
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  it('names the ceiling where it binds: risk, undo and band together', async () => {
    const { world } = its
    await grant(world, 'email_campaign.large', 5)
    const action = await world.propose(send)
    expect(action).toMatchObject({
      state: 'awaiting_approval',
      band: 'large',
      scope: 'email_campaign.large',
      level: {
        inForce: 2,
        boundBy: 'ceiling',
        grant: 5,
        ceiling: 2,
        why: 'The grant is level 5, but for its risk and what can be undone the ceiling is level 2.',
      },
    })
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('names the policy where it binds', async () => {
    const { world } = its
    await grant(world, 'crm_update.small', 4)
    value(await world.gate.setPolicy(world.owner, { levels: { crm_update: 2 } }, null))
    expect(await world.propose(update)).toMatchObject({
      state: 'awaiting_approval',
      level: {
        inForce: 2,
        boundBy: 'policy',
        why: 'The grant is level 4, but the policy allows level 2 at most here.',
      },
    })
  })

  it('a grant that lapsed costs one level', async () => {
    const { world } = its
    await world.letEarn('crm_update.small', 3, at(DAY))
    world.pass(DAY)
    expect(await world.propose(update)).toMatchObject({ state: 'awaiting_approval', level: { inForce: 2, grant: 2 } })
  })

  it('holds for 24 h at level 3 what cannot be undone afterwards, then sends once', async () => {
    const { world } = its
    toNewPatients(world)
    await grant(world, 'email_campaign.small', 5)
    const action = await world.propose(send)
    expect(action).toMatchObject({
      state: 'held',
      level: { inForce: 3, boundBy: 'ceiling' },
      holdUntil: at(DAY),
      undo: { class: 'held', until: at(DAY) },
    })
    world.pass(DAY - 1)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual({})
    world.pass(1)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', undo: { until: null } })
    expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
  })

  it('undo during the hold takes it out before anything is sent', async () => {
    const { world } = its
    toNewPatients(world)
    await grant(world, 'email_campaign.small', 3)
    const action = await world.propose(send)
    const undone = value(await world.gate.undoAction(world.approver, action.id, { despiteChanges: false }))
    expect(undone).toMatchObject({ state: 'cancelled', decisions: [{ decision: 'cancel', by: { name: 'Approver' } }] })
    world.pass(2 * DAY)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual({})
  })

  test.each([
    ['nearer than the hold', DAY - 1, 'awaiting_approval'],
    ['exactly at its end', DAY, 'held'],
    ['later', 2 * DAY, 'held'],
  ] as const)('with a slot %s', async (_name, after, state) => {
    const { world } = its
    toNewPatients(world)
    await grant(world, 'email_campaign.small', 3)
    const action = await world.propose({ ...send, notBefore: at(after) })
    expect(action).toMatchObject({ state, holdUntil: state === 'held' ? at(after) : null })
    if (state === 'awaiting_approval') expect(action.expiresAt).toEqual(at(after))
    world.pass(after)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual(state === 'held' ? { [SENT]: 1 } : {})
    expect((await world.get(action.id)).state).toBe(state === 'held' ? 'executed' : 'expired')
  })

  test.each([
    ['nearer than the hold', DAY - 1, 'awaiting_approval', 'expired', {}],
    ['at its end', DAY, 'held', 'executed', { [SENT]: 1 }],
  ] as const)('planning a campaign for a time %s', async (_name, after, state, then, effects) => {
    const { world } = its
    toNewPatients(world)
    await grant(world, 'email_campaign.small', 3)
    const input = { campaignId: MAILCHIMP_SEED.campaignId, scheduleTime: at(after).toISOString() }
    const action = await world.propose({ kind: 'mailchimp.campaign.schedule', input })
    expect(action).toMatchObject({ state, level: { inForce: 3 }, verdict: { outcome: 'pass' } })
    world.pass(DAY)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual(effects)
    expect((await world.get(action.id)).state).toBe(then)
  })

  it('there is no hold after a person approved', async () => {
    const { world } = its
    toNewPatients(world)
    const action = await world.propose(send)
    expect(action.state).toBe('awaiting_approval')
    expect((await world.approve(action)).state).toBe('executed')
    expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
  })

  it('preparing writes pass and are recorded without any grant', async () => {
    const { world } = its
    const action = await world.propose(draft)
    expect(action).toMatchObject({ state: 'executed', level: { inForce: 2 }, decisions: [] })
    expect(world.mailchimp.script.effects).toEqual({ 'campaign.create Whitening week': 1 })
  })

  it('preparing writes are only observed at level 1, and blocked by a blocked word', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['whitening'] }, null))
    expect(await world.propose(draft)).toMatchObject({
      state: 'blocked',
      verdict: { outcome: 'block', reasons: [{ rule: 'blocked_words' }] },
    })
    value(await world.gate.setPolicy(world.owner, {}, null))
    await grant(world, 'email_campaign.small', 1)
    expect(await world.propose(draft)).toMatchObject({ state: 'observed' })
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('a preparing write passes although a guardrail asks', async () => {
    const { world } = its
    value(
      await world.gate.setPolicy(
        world.owner,
        { amount: { ask_above: 0 }, cost_per_person: { 'mailchimp.campaign.set_content': 100 } },
        null,
      ),
    )
    const content = {
      kind: 'mailchimp.campaign.set_content',
      input: { campaignId: MAILCHIMP_SEED.campaignId, html: '<p>Hello</p>' },
    }
    expect(await world.propose(content)).toMatchObject({ state: 'executed' })
  })
})

describe('a held kind whose risk is low', () => {
  const all = createKinds().all.map((kind) =>
    kind.id === 'mailchimp.campaign.send' ? { ...kind, risk: 'low' as const } : kind,
  )
  const kinds: Kinds = { all, get: (id) => all.find((kind) => kind.id === id) }
  const its = useWorld({ kinds })

  test.each([
    [4, {}, HOUR],
    [5, {}, HOUR],
    [4, { hold_minutes: { report: 10 } }, 600_000],
    [3, { hold_minutes: { notify: 30 } }, 1_800_000],
  ] as const)('at grant %s with %j waits its hold', async (level, policy, hold) => {
    const { world } = its
    toNewPatients(world)
    value(await world.gate.setPolicy(world.owner, policy, null))
    await grant(world, 'email_campaign.small', level)
    const action = await world.propose(send)
    expect(action).toMatchObject({ state: 'held', holdUntil: at(hold) })
    world.pass(hold - 1)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual({})
    world.pass(1)
    await world.sweep()
    expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
  })
})

import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import type { Gate } from '../../core/gate/gate.ts'
import type { Result } from '../../core/domain/result.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import { createWorld, refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings' } }

async function agentOf(
  world: World,
  name: string,
  kinds: readonly string[],
): Promise<{ readonly actor: Actor; readonly key: string }> {
  const { agent, key } = value(await world.gate.createAgent(world.owner, { name, kinds }))
  return { actor: { kind: 'agent', id: agent.id, workspaceId: world.workspaceId, name }, key }
}

describe('an agent', () => {
  const its = useWorld()

  it('sees its own actions and nothing of another agent', async () => {
    const { world } = its
    const { actor: other } = await agentOf(world, 'Other', [])
    const mine = await world.propose(update)
    const theirs = await world.propose(note, other)
    expect(value(await world.gate.listActions(world.agent, {}, { limit: 10 })).items.map(({ id }) => id)).toEqual([
      mine.id,
    ])
    expect(
      value(
        await world.gate.listActions(other, mine.agent.id === null ? {} : { agentId: mine.agent.id }, { limit: 10 }),
      ).items.map(({ id }) => id),
    ).toEqual([theirs.id])
    for (const attempt of [
      world.gate.getAction(other, mine.id),
      world.gate.awaitResting(other, mine.id, 0),
      world.gate.decideAction(other, { actionId: mine.id, decision: 'cancel', payloadHash: '' }),
      world.gate.undoAction(other, mine.id, { despiteChanges: false }),
    ]) {
      expect(refusal(await attempt)).toEqual({ kind: 'not_found', what: 'the action' })
    }
    expect(await world.get(mine.id)).toEqual(mine)
  })

  it('reads the feedback on its own work only', async () => {
    const { world } = its
    const { actor: other } = await agentOf(world, 'Other', [])
    await world.approve(await world.propose(update))
    expect(value(await world.gate.listFeedback(world.agent, { limit: 10 })).items).toHaveLength(1)
    expect(value(await world.gate.listFeedback(other, { limit: 10 })).items).toEqual([])
  })

  it('proposes the kinds of its key only', async () => {
    const { world } = its
    const { actor } = await agentOf(world, 'Notes', ['hubspot.note.create'])
    const before = await world.rowCounts()
    expect(refusal(await world.gate.proposeAction(actor, { ...update, reason: 'x' }, world.once()))).toEqual({
      kind: 'not_permitted',
      why: 'This key may propose hubspot.note.create; “Update a contact” (hubspot.contact.update) is not among them.',
    })
    expect(
      refusal(await world.gate.proposePlan(actor, { title: 'x', reason: 'x', steps: [note, update] }, world.once()))
        .kind,
    ).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    expect((await world.propose(note, actor)).state).toBe('awaiting_approval')
  })

  it('without its key is nobody, and proposes nothing', async () => {
    const { world } = its
    const { actor, key } = await agentOf(world, 'Gone', [])
    expect(await world.gate.authenticate(key)).toEqual(actor)
    if (actor.kind !== 'agent') throw new Error('It is one')
    const { key: next } = value(await world.gate.rotateAgentKey(world.owner, actor.id))
    expect(await world.gate.authenticate(key)).toBeNull()
    expect(await world.gate.authenticate(next)).toEqual(actor)
    value(await world.gate.disableAgent(world.owner, actor.id))
    expect(await world.gate.authenticate(next)).toBeNull()
    const before = await world.rowCounts()
    expect(refusal(await world.gate.proposeAction(actor, { ...update, reason: 'x' }, world.once())).kind).toBe(
      'not_permitted',
    )
    expect(refusal(await world.gate.rotateAgentKey(world.owner, actor.id)).kind).toBe('not_found')
    expect(await world.rowCounts()).toEqual(before)
  })

  it('manages nothing', async () => {
    const { world } = its
    const { gate, agent } = world
    const before = await world.rowCounts()
    const attempts: readonly Promise<Result<unknown, Refusal>>[] = [
      gate.setGrant(agent, 'crm_update.small', 5, {}),
      gate.setPolicy(agent, {}, null),
      gate.getPolicy(agent),
      gate.stop(agent, { kind: 'workspace' }, null),
      gate.resume(agent, 'every', null),
      gate.addMember(agent, { name: 'x', email: 'x@example.com', role: 'owner' }),
      gate.listMembers(agent),
      gate.createAgent(agent, { name: 'x', kinds: [] }),
      gate.rotateAgentKey(agent, world.agent.id),
      gate.disableAgent(agent, world.agent.id),
      gate.listAgents(agent),
      gate.addConnection(agent, { platform: 'hubspot', name: 'x', credentials: 'x' }),
      gate.listConnections(agent),
      gate.listExceptions(agent),
    ]
    for (const attempt of attempts) expect(refusal(await attempt).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
  })
})

describe('roles', () => {
  const its = useWorld()

  it.each([
    ['viewer', 'Only admins and owners can grant a level.', false],
    ['approver', 'Only admins and owners can grant a level.', false],
    ['admin', 'Only an owner can grant full delegation.', true],
    ['owner', null, true],
  ] as const)('%s: grants', async (role, says, lowers) => {
    const { world } = its
    const actor = { viewer: world.viewer, approver: world.approver, admin: world.admin, owner: world.owner }[role]
    await world.letEarn('crm_update.small', 4)
    const one = { scenario: 'hubspot.contact.update', agentId: world.agent.id }
    const five = refusal(await world.gate.setGrant(actor, 'crm_update.small', 5, one))
    if (says === null) expect(five.kind).toBe('not_earned')
    else expect(five).toEqual({ kind: 'not_permitted', why: says })
    expect((await world.gate.setGrant(actor, 'crm_update.small', 3, {})).ok).toBe(lowers)
  })

  it('an unknown scope and a past end are refused', async () => {
    const { world } = its
    const before = await world.rowCounts()
    expect(refusal(await world.gate.setGrant(world.owner, 'crm_update', 3, {})).kind).toBe('malformed')
    expect(refusal(await world.gate.setGrant(world.owner, 'crm_update.small', 3, { until: START })).kind).toBe(
      'malformed',
    )
    expect(await world.rowCounts()).toEqual(before)
  })

  it('only an owner makes admins and owners', async () => {
    const { world } = its
    const add = (actor: Actor, role: 'viewer' | 'approver' | 'admin' | 'owner') =>
      world.gate.addMember(actor, { name: role, email: `${role}@example.com`, role })
    for (const role of ['admin', 'owner'] as const)
      expect(refusal(await add(world.admin, role)).kind).toBe('not_permitted')
    for (const role of ['viewer', 'approver', 'admin', 'owner'] as const)
      expect(refusal(await add(world.approver, role)).kind).toBe('not_permitted')
    expect((await add(world.admin, 'approver')).ok).toBe(true)
    const { member, token } = value(
      await world.gate.addMember(world.owner, { name: 'Two', email: 'two@example.com', role: 'owner' }),
    )
    expect(await world.gate.authenticate(token)).toMatchObject({
      kind: 'member',
      id: member.id,
      role: 'owner',
      workspaceId: world.workspaceId,
    })
    expect(
      refusal(await world.gate.addMember(world.owner, { name: 'Two', email: 'TWO@example.com', role: 'viewer' })).kind,
    ).toBe('malformed')
  })
})

describe('another workspace in the same database', () => {
  const its = useWorld()

  it('is not there, for any verb', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const theirs = await client.approve(await client.propose(update))
    const waiting = await client.propose(note)
    const { plan } = value(
      await client.gate.proposePlan(client.agent, { title: 'x', reason: 'x', steps: [note] }, client.once()),
    )
    const { switch: on } = value(
      await client.gate.stop(client.owner, { kind: 'kind', value: 'hubspot.task.create' }, null),
    )
    const [feedback] = value(await client.gate.listFeedback(client.owner, { limit: 1 })).items
    const their = client.agent
    if (!feedback) throw new Error('It was approved')
    const memberId = client.owner.id
    const gate: Gate = world.gate
    const attempt = async (me: Actor): Promise<readonly (readonly [string, Result<unknown, Refusal>])[]> => [
      ['get', await gate.getAction(me, theirs.id)],
      ['getPlan', await gate.getPlan(me, plan.id)],
      ['await', await gate.awaitResting(me, theirs.id, 0)],
      [
        'approve',
        await gate.decideAction(me, {
          actionId: waiting.id,
          decision: 'approve',
          payloadHash: waiting.payloadHash ?? '',
        }),
      ],
      ['cancel', await gate.decideAction(me, { actionId: waiting.id, decision: 'cancel', payloadHash: '' })],
      ['decidePlan', await gate.decidePlan(me, plan.id, { decision: 'approve', payloadHash: plan.payloadHash ?? '' })],
      ['undo', await gate.undoAction(me, theirs.id, { despiteChanges: true })],
      ['undoPlan', await gate.undoPlan(me, plan.id, {})],
      ['supersede', await gate.proposeAction(me, { ...note, reason: 'x', supersedes: waiting.id }, world.once())],
    ]
    const members: readonly (readonly [string, Result<unknown, Refusal>])[] = [
      ['snooze', await gate.snoozeAction(world.owner, waiting.id, '1h')],
      ['sendTest', await gate.sendTest(world.owner, waiting.id)],
      ['refresh', await gate.refreshAction(world.workspaceId, waiting.id)],
      ['resume', await gate.resume(world.owner, on.id, null)],
      ['rotate', await gate.rotateAgentKey(world.owner, their.id)],
      ['disable', await gate.disableAgent(world.owner, their.id)],
      ['deleteFeedback', await gate.deleteFeedback(world.owner, feedback.id)],
      ['token', await gate.issueToken(world.owner, memberId)],
      ['linkCode', await gate.createLinkCode(world.owner, memberId)],
    ]
    const before = await world.rowCounts()
    const effects = structuredClone(client.hubspot.script.effects)
    for (const [verb, answer] of [...(await attempt(world.owner)), ...(await attempt(world.agent)), ...members]) {
      expect([verb, refusal(answer).kind]).toEqual([verb, 'not_found'])
    }
    expect(await world.rowCounts()).toEqual(before)
    expect(client.hubspot.script.effects).toEqual(effects)
    for (const list of [
      gate.listActions(world.owner, {}, { limit: 10 }),
      gate.listFeedback(world.owner, { limit: 10 }),
    ]) {
      expect(value<{ readonly items: readonly unknown[] }>(await list).items).toEqual([])
    }
    expect(value(await gate.listSwitches(world.owner))).toEqual([])
    expect(value(await gate.listMembers(world.owner)).map(({ id }) => id)).toEqual([world.owner.id])
    expect(await client.get(theirs.id)).toMatchObject({ state: 'executed' })
    await client.close()
  })

  it('an idempotency key and a rate belong to one workspace and one proposer', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const once = { key: 'same', bodyDigest: 'same' }
    const answers = [
      await world.gate.proposeAction(world.agent, { ...note, reason: 'x' }, once),
      await world.gate.proposeAction(world.approver, { ...note, reason: 'x' }, once),
      await client.gate.proposeAction(client.agent, { ...note, reason: 'x' }, once),
    ].map(value)
    expect(answers.map(({ replayed }) => replayed)).toEqual([false, false, false])
    expect(new Set(answers.map(({ action }) => action.id)).size).toBe(3)
    await client.close()
  })

  it('a key of one workspace opens that one only', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const { key } = value(await client.gate.createAgent(client.owner, { name: 'Key', kinds: [] }))
    expect(await world.gate.authenticate(key)).toMatchObject({ kind: 'agent', workspaceId: client.workspaceId })
    const moved = key.replace(client.workspaceId.slice(4), world.workspaceId.slice(4))
    expect(await world.gate.authenticate(moved)).toBeNull()
    for (const bearer of ['', 'x'.repeat(513), 'tnr_agent_', `${key}x`])
      expect(await world.gate.authenticate(bearer)).toBeNull()
    await client.close()
  })
})

import { describe, expect, it } from 'vitest'
import { makeKey } from '../../core/gate/keys.ts'
import { sha256 } from '../../core/gate/dependencies.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, refusal, value, type World } from '../support/world.ts'

const SECRET = 'a'.repeat(43)

describe('a key', () => {
  const its = useWorld()

  it('opens in exactly the spelling in which it was given', async () => {
    const { world } = its
    const { key, agent } = value(await world.gate.createAgent(world.owner, { name: 'Key', kinds: [] }))
    expect(await world.gate.authenticate(key)).toMatchObject({ id: agent.id, workspaceId: world.workspaceId })
    const part = world.workspaceId.slice(4)
    const before = await world.rowCounts()
    const variants = [
      key.toUpperCase(),
      key.toLowerCase(),
      ` ${key}`,
      `${key} `,
      `${key}\n`,
      `${key}\u0000`,
      `${key}=`,
      `${key}.`,
      key.slice(0, -1),
      key.slice(1),
      key.replace('tnr_agent_', 'tnr_member_'),
      key.replace('tnr_agent_', 'tnr__agent_'),
      key.replace('tnr_agent_', 'TNR_agent_'),
      key.replace(part, part.toUpperCase()),
      key.replace(part, '*'),
      key.replace(part, ''),
      key.replace(part, '%'),
      key.replace(part, `${part},${part}`),
      key.replace(part, `wks_${part}`),
      key.replace(part, part.slice(0, -1)),
      key.replace(part, `${part}0`),
      `Bearer ${key}`,
      sha256(key),
      key.normalize('NFKD') === key ? `${key}\u0301` : key,
      `' or '1'='1`,
    ].filter((variant) => variant !== key)
    for (const variant of variants) expect([variant, await world.gate.authenticate(variant)]).toEqual([variant, null])
    expect(await world.rowCounts()).toEqual(before)
  })

  it('that names one workspace and is known in another opens neither', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const forTheirs = makeKey('agent', client.workspaceId, SECRET)
    const forMembers = makeKey('member', client.workspaceId, SECRET)
    await world.query('update agents set key_hash = $1 where id = $2', [forTheirs.hash, world.agent.id])
    await world.query('update members set token_hash = $1 where id = $2', [forMembers.hash, world.owner.id])
    expect(await world.gate.authenticate(forTheirs.key)).toBeNull()
    expect(await world.gate.authenticate(forMembers.key)).toBeNull()
    // Nor as the operator's: a key that carries a workspace is never looked up at home.
    expect(await client.gate.authenticate(forTheirs.key)).toBeNull()
    await client.close()
  })

  it('without a workspace is looked up at the operator’s, never at a client’s', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    expect(await world.gate.authenticate(world.tokens.owner)).toMatchObject({ workspaceId: world.workspaceId })
    expect(await client.gate.authenticate(client.tokens.owner)).toBeNull()
    expect(await client.gate.authenticate(client.tokens.agent)).toBeNull()
    await client.close()
  })

  it('of an agent is no member’s, and the other way round', async () => {
    const { world } = its
    const agent = makeKey('agent', world.workspaceId, SECRET)
    const member = makeKey('member', world.workspaceId, SECRET)
    await world.query('update agents set key_hash = $1 where id = $2', [member.hash, world.agent.id])
    await world.query('update members set token_hash = $1 where id = $2', [agent.hash, world.owner.id])
    expect(await world.gate.authenticate(agent.key)).toBeNull()
    expect(await world.gate.authenticate(member.key)).toBeNull()
  })
})

describe('a Slack team', () => {
  const its = useWorld()
  const link = async (of: World, user: string): Promise<void> => {
    const { code } = value(await of.gate.createLinkCode(of.owner, of.owner.id))
    value(await of.gate.linkSlackUser(of.workspaceId, user, code))
  }

  it('leads to its workspace, and an unknown one nowhere', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    expect((await world.gate.workspaceOfSlackTeam(`T${client.workspaceId}`))?.id).toBe(client.workspaceId)
    expect((await world.gate.workspaceOfSlackTeam(`T${world.workspaceId}`))?.id).toBe(world.workspaceId)
    for (const team of ['', '*', '%', 'T', 'T0UNKNOWN', `t${world.workspaceId}`, `T${world.workspaceId} `])
      expect([team, await world.gate.workspaceOfSlackTeam(team)]).toEqual([team, null])
    await client.close()
  })

  it('gives a user the rights that they have in its workspace, and none of another', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    await link(world, 'U1')
    expect(await world.gate.memberOfSlackUser(world.workspaceId, 'U1')).toMatchObject({ id: world.owner.id })
    expect(await world.gate.memberOfSlackUser(client.workspaceId, 'U1')).toBeNull()
    // Linked in both, a press in one team reaches nothing of the other.
    await link(client, 'U1')
    const them = await world.gate.memberOfSlackUser(client.workspaceId, 'U1')
    const ours = await world.propose({ kind: 'hubspot.note.create', input: { contactId: '101', body: 'Mornings' } })
    const before = await world.rowCounts()
    if (!them) throw new Error('They are linked')
    const press = { actionId: ours.id, decision: 'approve' as const, payloadHash: ours.payloadHash ?? '' }
    expect(refusal(await world.gate.decideAction(them, press))).toEqual({ kind: 'not_found', what: 'the action' })
    expect(refusal(await world.gate.undoAction(them, ours.id, { despiteChanges: true })).kind).toBe('not_found')
    expect(refusal(await world.gate.refreshAction(client.workspaceId, ours.id)).kind).toBe('not_found')
    expect(await world.rowCounts()).toEqual(before)
    expect(await world.get(ours.id)).toEqual(ours)
    await client.close()
  })

  it('takes no link code of another workspace, and leaves it usable in its own', async () => {
    const { world, database } = its
    const client = await createWorld(database, { operator: world })
    const { code } = value(await world.gate.createLinkCode(world.owner, world.owner.id))
    const before = await world.rowCounts()
    expect(refusal(await world.gate.linkSlackUser(client.workspaceId, 'U1', code)).kind).toBe('not_found')
    expect(await world.gate.linkSlackUserByEmail(client.workspaceId, 'U1', 'nobody@example.com')).toBeNull()
    expect(await world.rowCounts()).toEqual(before)
    expect(value(await world.gate.linkSlackUser(world.workspaceId, 'U1', code)).id).toBe(world.owner.id)
    await client.close()
  })
})

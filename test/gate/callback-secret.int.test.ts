import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { getCallbackSecret, rotateCallbackSecret } from '../../core/gate/callback-secret.ts'
import { sendCallback } from '../../core/gate/send-callback.ts'
import { tellAgent } from '../../core/gate/tell-agent.ts'
import { createSecrets } from '../../core/postgres/secrets.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, START, value } from '../support/world.ts'
import { HOOK, HOUR, approved, deliveries, opens } from '../support/callback-world.ts'

describe('the signing secret', () => {
  const its = useWorld()

  it('comes with a new agent, and is the same at its next key', async () => {
    const { world } = its
    const made = value(await world.gate.createAgent(world.owner, { name: 'Writer', kinds: [] }))
    expect(made.callbackSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const actor: Actor = { kind: 'agent', id: made.agent.id, workspaceId: world.workspaceId, name: 'Writer' }
    expect(value(await world.gate.getCallbackSecret(actor)).secret).toBe(made.callbackSecret)
    expect(value(await world.gate.rotateAgentKey(world.owner, made.agent.id)).callbackSecret).toBe(made.callbackSecret)
    const [row] = await world.query('select current from callback_secrets where owner_id = $1', [made.agent.id])
    expect(String(row?.['current'])).not.toContain(made.callbackSecret?.slice(6, 20))
  })

  it('of an agent from before secrets were kept is the one that it had', async () => {
    const { world } = its
    const derived = `whsec_${world.secrets.derive(`callback:${world.agent.id}`)}`
    expect(value(await world.gate.getCallbackSecret(world.agent)).secret).toBe(derived)
    expect(value(await world.gate.getCallbackSecret(world.agent)).secret).toBe(derived)
  })

  it('stays the same when another key seals from now on', async () => {
    const { world } = its
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
    const before = { ...world.context, secrets: createSecrets([keys[0]]) }
    const after = { ...world.context, secrets: createSecrets([keys[1], keys[0]]) }
    const lost = { ...world.context, secrets: createSecrets([keys[1]]) }
    const first = value(await getCallbackSecret(before, world.agent)).secret
    expect(value(await getCallbackSecret(after, world.agent)).secret).toBe(first)
    expect(refusal(await getCallbackSecret(lost, world.agent)).kind).toBe('check_failed')
    // Without the old key nothing is signed with a guess; a new secret can be made.
    const action = await approved(world)
    await tellAgent(lost, world.workspaceId, action.id, Number((await world.stateRow(action.id))['version']))
    const [due] = await world.store.takeDueCallbacks(1, 0)
    if (!due) throw new Error('Nothing is due')
    await sendCallback(lost, due.workspaceId, due.id)
    expect(world.callbacks).toEqual([])
    expect((await deliveries(world)).items[0]).toMatchObject({ state: 'waiting', lastFailure: 'unsigned' })
    expect(value(await rotateCallbackSecret(lost, world.agent, null))).toMatchObject({ previousUntil: null })
    expect(value(await getCallbackSecret(lost, world.agent)).secret).not.toBe(first)
  })

  it('changes over in 24 hours, in which both sign', async () => {
    const { world } = its
    const first = value(await world.gate.getCallbackSecret(world.agent)).secret
    const rotated = value(await world.gate.rotateCallbackSecret(world.admin, world.agent.id))
    const until = new Date(START.getTime() + 24 * HOUR)
    expect(rotated.previousUntil).toEqual(until)
    expect(rotated.secret).not.toBe(first)
    expect(value(await world.gate.getCallbackSecret(world.agent))).toEqual(rotated)
    const told = async () => {
      await approved(world, `${HOOK}?n=${world.callbacks.length}`)
      await world.tellAgents()
      const sent = world.callbacks.at(-1)
      if (!sent) throw new Error('Nothing was sent')
      const count = sent.headers['webhook-signature']?.split(' ').length
      return { old: opens(first, sent), new: opens(rotated.secret, sent), count }
    }
    expect(await told()).toEqual({ old: true, new: true, count: 2 })
    world.pass(24 * HOUR - 1)
    expect(await told()).toEqual({ old: true, new: true, count: 2 })
    world.pass(1)
    expect(await told()).toEqual({ old: false, new: true, count: 1 })
    expect(value(await world.gate.getCallbackSecret(world.agent)).previousUntil).toBeNull()
  })

  it('is read by who proposes, and of another agent changed by admins and owners only', async () => {
    const { world } = its
    const before = await world.rowCounts()
    expect(refusal(await world.gate.getCallbackSecret(world.viewer)).kind).toBe('not_permitted')
    expect(refusal(await world.gate.rotateCallbackSecret(world.viewer, null)).kind).toBe('not_permitted')
    for (const actor of [world.viewer, world.approver, world.agent])
      expect(refusal(await world.gate.rotateCallbackSecret(actor, world.agent.id)).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
    expect(value(await world.gate.rotateCallbackSecret(world.agent, null)).secret).toMatch(/^whsec_/)
    expect(value(await world.gate.getCallbackSecret(world.approver)).secret).toMatch(/^whsec_/)
  })
})

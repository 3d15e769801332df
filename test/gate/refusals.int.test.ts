import { describe, expect, it, test } from 'vitest'
import type { Proposal } from '../../core/gate/requests.ts'
import { refusal, START, value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' }, reason: 'Recall' }
const HOUR = 3_600_000
const at = (ms: number): Date => new Date(START.getTime() + ms)
const problem = (path: string) => ({ kind: 'malformed', problems: [expect.objectContaining({ path })] })

const REFUSED: readonly (readonly [string, Partial<Proposal>, object])[] = [
  ['an unknown kind', { kind: 'hubspot.contact.explode' }, { kind: 'unknown_kind', action: 'hubspot.contact.explode' }],
  ['an unknown field', { input: { contactId: '101', phone: '1', colour: 'red' } }, problem('input.colour')],
  ['a wrong type', { input: { contactId: '101', phone: 5 } }, problem('input.phone')],
  ['a missing field', { input: { phone: '1' } }, problem('input.contactId')],
  ['no input at all', { input: null }, problem('input')],
  ['an unknown connection', { connection: 'elsewhere' }, { kind: 'unknown_connection', platform: 'hubspot' }],
  ['another platform’s connection', { connection: 'mailchimp' }, { kind: 'unknown_connection', platform: 'hubspot' }],
  ['a channel that it does not use', { labels: { channel: 'email' } }, { kind: 'labels_loosen', label: 'channel' }],
  ['an unknown category', { labels: { category: 'anything' } }, problem('labels.category')],
  ['an expiry in the past', { expiresAt: START }, problem('expires_at')],
  ['an expiry before its time', { notBefore: at(2 * HOUR), expiresAt: at(HOUR) }, problem('expires_at')],
  [
    'an expiry at its time, so that it could never run',
    { notBefore: at(HOUR), expiresAt: at(HOUR) },
    problem('expires_at'),
  ],
]

describe('a proposal', () => {
  const its = useWorld()

  test.each(REFUSED)(
    'with %s is refused, and nothing is written or asked of a platform',
    async (_name, change, said) => {
      const { world } = its
      const before = await world.rowCounts()
      const once = world.once()
      expect(refusal(await world.gate.proposeAction(world.agent, { ...update, ...change }, once))).toMatchObject(said)
      await world.settled()
      expect(await world.rowCounts()).toEqual(before)
      expect(world.hubspot.script.log).toEqual([])
      // The key was not used up by it.
      expect(value(await world.gate.proposeAction(world.agent, update, once)).replayed).toBe(false)
    },
  )

  it('by a viewer is refused', async () => {
    const { world } = its
    expect(refusal(await world.gate.proposeAction(world.viewer, update, world.once())).kind).toBe('not_permitted')
  })

  it('may be labelled into a stricter category, never into a looser one', async () => {
    const { world } = its
    await world.letEarn('crm_update.small', 3)
    const stricter = await world.propose({ ...update, labels: { category: 'audience' } })
    expect(stricter).toMatchObject({ state: 'awaiting_approval', category: 'audience', scope: 'audience.small' })
    await world.letEarn('blog_post.large', 4)
    const before = await world.rowCounts()
    expect(
      refusal(
        await world.gate.proposeAction(world.agent, { ...update, labels: { category: 'blog_post' } }, world.once()),
      ),
    ).toMatchObject({ kind: 'labels_loosen', label: 'category' })
    expect(await world.rowCounts()).toEqual(before)
  })

  it('has to name one of several connections', async () => {
    const { world } = its
    value(await world.gate.addConnection(world.admin, { platform: 'hubspot', name: 'second', credentials: '{}' }))
    expect(refusal(await world.gate.proposeAction(world.agent, update, world.once()))).toMatchObject(
      problem('connection'),
    )
    expect(await world.propose({ ...update, connection: 'hubspot' })).toMatchObject({ connection: { name: 'hubspot' } })
  })

  it('with the key of another body is a conflict; with the same body it is answered as it stands now', async () => {
    const { world } = its
    const once = { key: 'k', bodyDigest: 'one' }
    const first = value(await world.gate.proposeAction(world.agent, update, once))
    await world.approve(first.action)
    const before = await world.rowCounts()
    expect(refusal(await world.gate.proposeAction(world.agent, update, { key: 'k', bodyDigest: 'two' }))).toEqual({
      kind: 'idempotency_conflict',
    })
    const again = value(await world.gate.proposeAction(world.agent, update, once))
    expect(again).toMatchObject({ replayed: true, action: { id: first.action.id, state: 'executed' } })
    expect(await world.rowCounts()).toEqual(before)
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
  })

  it('that was blocked is replayed as blocked', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { kinds: { deny: ['*'] } }, null))
    const once = { key: 'k', bodyDigest: 'one' }
    const first = value(await world.gate.proposeAction(world.agent, update, once))
    value(await world.gate.setPolicy(world.owner, {}, null))
    expect(value(await world.gate.proposeAction(world.agent, update, once))).toMatchObject({
      replayed: true,
      action: { id: first.action.id, state: 'blocked' },
    })
  })

  it('as a dry run says what would happen and writes nothing, not even its key', async () => {
    const { world } = its
    await world.letEarn('crm_update.small', 4)
    const before = await world.rowCounts()
    const once = world.once()
    expect(value(await world.gate.proposeAction(world.agent, { ...update, dryRun: true }, once))).toMatchObject({
      replayed: false,
      action: { state: 'ready', dryRun: true, level: { inForce: 4 } },
    })
    await world.settled()
    expect(await world.rowCounts()).toEqual(before)
    expect(world.hubspot.script.log).toEqual([])
    expect(value(await world.gate.proposeAction(world.agent, update, once)).replayed).toBe(false)
  })

  it('comes 100 times at once and ten times a second after that', async () => {
    const { world } = its
    for (let i = 0; i < 100; i += 1) value(await world.gate.proposeAction(world.agent, update, world.once()))
    const before = await world.rowCounts()
    const once = world.once()
    expect(refusal(await world.gate.proposeAction(world.agent, update, once))).toEqual({
      kind: 'rate_limited',
      retryAfterMs: 100,
    })
    expect(await world.rowCounts()).toEqual(before)
    world.pass(99)
    expect(refusal(await world.gate.proposeAction(world.agent, update, once))).toEqual({
      kind: 'rate_limited',
      retryAfterMs: 1,
    })
    world.pass(1)
    expect(value(await world.gate.proposeAction(world.agent, update, once)).replayed).toBe(false)
  })

  it('of something that the platform does not have is blocked with the reason', async () => {
    const { world } = its
    const action = await world.propose({ kind: 'mailchimp.campaign.send', input: { campaignId: '0000000000' } })
    expect(action).toMatchObject({
      state: 'blocked',
      verdict: {
        outcome: 'block',
        reasons: [{ rule: 'platform.check', text: 'Mailchimp does not have this any more.' }],
      },
    })
  })

  it('that cannot be checked fails closed: asked again, and blocked in the end', async () => {
    const { world } = its
    const body = {
      type: 'about:blank',
      title: 'Down',
      status: 503,
      detail: 'Down',
      instance: '00000000-0000-4000-8000-000000000000',
    }
    world.mailchimp.script.queue({ match: () => true, fault: { status: 503, body }, times: 1000 })
    const action = await world.propose({ kind: 'mailchimp.campaign.send', input: { campaignId: 'a1b2c3d4e5' } })
    expect(action).toMatchObject({ state: 'proposed', payloadHash: null, note: 'Mailchimp could not be reached.' })
    for (let i = 0; i < 11; i += 1) {
      world.pass(300_000)
      await world.sweep()
    }
    expect(await world.get(action.id)).toMatchObject({
      state: 'blocked',
      verdict: { reasons: [{ rule: 'platform.check' }] },
    })
    expect(world.mailchimp.script.effects).toEqual({})
  })
})

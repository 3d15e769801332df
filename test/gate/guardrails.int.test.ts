import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const SENT = `campaign.send ${MAILCHIMP_SEED.campaignId}`

const at = (ms: number): Date => new Date(START.getTime() + ms)
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const contacts = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => String(101 + i))
/** Costs ten dollars a contact under `priced`. */
const add = (n: number) => ({ kind: 'hubspot.list.add', input: { listId: '12', contactIds: contacts(n) } })
const priced = { cost_per_person: { 'hubspot.list.add': 1_000 } }
const policy = async (world: World, document: object) => value(await world.gate.setPolicy(world.owner, document, null))

describe('guardrails', () => {
  const its = useWorld()

  test.each([
    [2, 'pass', 'executed', []],
    [3, 'ask', 'awaiting_approval', ['It costs $30.00; above $20.00 a person decides.']],
    [5, 'ask', 'awaiting_approval', ['It costs $50.00; above $20.00 a person decides.']],
    [6, 'block', 'blocked', ['It costs $60.00; one action may cost $50.00 at most. An owner can raise that cap.']],
  ] as const)('amount: %i contacts → %s', async (n, outcome, state, texts) => {
    const { world } = its
    await policy(world, { ...priced, amount: { ask_above: 2_000, cap: 5_000 } })
    for (const band of ['small', 'medium']) await world.letEarn(`audience.${band}`, 3)
    const action = await world.propose(add(n))
    expect(action).toMatchObject({
      state,
      verdict: { outcome },
      reach: { people: n, amount: { minor: n * 1_000, currency: 'USD' } },
    })
    expect(action.verdict?.reasons.map(({ text }) => text)).toEqual(texts)
    expect(world.hubspot.script.effects).toEqual(state === 'executed' ? { 'list.add 12': 1 } : {})
  })

  test.each([
    [{ kinds: { deny: ['hubspot.contact.*'] } }, 'kinds.deny'],
    [{ kinds: { allow: ['hubspot.*'], deny: ['hubspot.contact.update'] } }, 'kinds.deny'],
    [{ kinds: { allow: ['mailchimp.*'] } }, 'kinds.allow'],
    [{ channels: { allow: ['email', 'social'] } }, 'channels.allow'],
    [{ blocked_words: ['555 0199'] }, 'blocked_words'],
  ])('%j blocks by %s, at any level and without a platform call', async (document, rule) => {
    const { world } = its
    await world.letEarn('crm_update.small', 5)
    await policy(world, document)
    const action = await world.propose(update)
    expect(action).toMatchObject({ state: 'blocked', verdict: { outcome: 'block', reasons: [{ rule }] } })
    expect(
      refusal(
        await world.gate.decideAction(world.owner, {
          actionId: action.id,
          decision: 'approve',
          payloadHash: action.payloadHash ?? '',
        }),
      ),
    ).toMatchObject({ kind: 'not_now', state: 'blocked' })
    await world.sweep()
    expect(world.hubspot.script.log).toEqual([])
  })

  it('reads what is on the platform for blocked words, too', async () => {
    const { world } = its
    await policy(world, { blocked_words: ['early and late appointments'] })
    const action = await world.propose(send)
    expect(action).toMatchObject({ state: 'blocked', verdict: { reasons: [{ rule: 'blocked_words' }] } })
    expect(world.mailchimp.script.effects).toEqual({})
  })

  describe('quiet hours', () => {
    const quiet = { quiet_hours: { from: '21:00', to: '08:00' } }

    it('asks for what is planned inside them, and lets pass what is planned outside', async () => {
      const { world } = its
      await policy(world, quiet)
      const inside = await world.propose({ ...send, notBefore: at(11 * HOUR) })
      expect(inside).toMatchObject({
        verdict: {
          outcome: 'ask',
          reasons: [
            { text: 'It would reach people at 21:00; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.' },
          ],
        },
      })
      expect(await world.propose({ ...send, notBefore: at(22 * HOUR) })).toMatchObject({ verdict: { outcome: 'pass' } })
      expect(await world.propose({ ...update, notBefore: at(11 * HOUR) })).toMatchObject({
        verdict: { outcome: 'pass' },
      })
    })

    test.each([
      [12, 'ask', ['It would reach people at 22:00; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.']],
      [5, 'pass', []],
    ] as const)('judges a planned campaign by when it goes: in %i hours %s', async (hours, outcome, texts) => {
      const { world } = its
      await policy(world, quiet)
      const input = { campaignId: MAILCHIMP_SEED.campaignId, scheduleTime: at(hours * HOUR).toISOString() }
      const action = await world.propose({ kind: 'mailchimp.campaign.schedule', input })
      expect(action).toMatchObject({ state: 'awaiting_approval', verdict: { outcome } })
      expect(action.verdict?.reasons.map(({ text }) => text)).toEqual(texts)
    })

    test.each([
      ['that ends inside them is asked for', 0, 720, 'awaiting_approval', 'ask'],
      ['that ends outside them waits, also when it begins inside', 12, 720, 'held', 'pass'],
    ] as const)('a hold %s', async (_name, hours, notify, state, outcome) => {
      const { world } = its
      const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
      const campaign = world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]
      if (!list || !campaign) throw new Error('The seed has both')
      list.segments['3102'] = { id: 3102, name: 'New patients', tag: 'New patient' }
      campaign.segmentId = 3102
      await world.letEarn('email_campaign.small', 3)
      await policy(world, { ...quiet, hold_minutes: { notify } })
      world.pass(hours * HOUR)
      const action = await world.propose(send)
      expect(action).toMatchObject({ state, verdict: { outcome } })
      world.pass(notify * 60_000)
      await world.sweep()
      expect(world.mailchimp.script.effects).toEqual(state === 'held' ? { [SENT]: 1 } : {})
    })

    it('sends back what was approved before them and would go out inside', async () => {
      const { world } = its
      await policy(world, quiet)
      const action = await world.approve(await world.propose({ ...send, notBefore: at(10.9 * HOUR) }))
      expect(action.state).toBe('scheduled')
      world.pass(11.2 * HOUR)
      await world.sweep()
      expect(await world.get(action.id)).toMatchObject({
        state: 'awaiting_approval',
        note: 'It did not go out: It would reach people at 21:12; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
        verdict: { outcome: 'ask' },
      })
      expect(world.mailchimp.script.effects).toEqual({})
      expect((await world.approve(await world.get(action.id))).state).toBe('executed')
      expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
    })

    it('keeps to a person’s word who approved knowing it', async () => {
      const { world } = its
      await policy(world, quiet)
      const action = await world.approve(await world.propose({ ...send, notBefore: at(11 * HOUR) }))
      world.pass(11 * HOUR)
      await world.sweep()
      expect((await world.get(action.id)).state).toBe('executed')
      expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
    })
  })

  describe('a new policy', () => {
    it('returns what became stricter and rebinds the rest, with an event', async () => {
      const { world } = its
      const strict = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
      const rest = await world.approve(
        await world.propose({
          kind: 'hubspot.contact.update',
          input: { contactId: '102', phone: '+1 555 0100' },
          notBefore: at(HOUR),
        }),
      )
      await policy(world, { blocked_words: ['555 0199'] })
      await world.sweep()
      expect(await world.get(strict.id)).toMatchObject({
        state: 'awaiting_approval',
        verdict: { outcome: 'block' },
        note: 'The rules changed: It says “555 0199”, which must not go out. Without that wording it would pass.',
      })
      expect(await world.get(rest.id)).toMatchObject({
        state: 'scheduled',
        policyVersion: 1,
        payloadHash: rest.payloadHash,
      })
      expect(await world.events(strict.id)).toEqual(['proposed', 'approved', 'recalled'])
      expect(await world.events(rest.id)).toEqual(['proposed', 'approved', 'rebound'])
      world.pass(HOUR)
      await world.sweep()
      expect(world.hubspot.script.effects).toEqual({ 'contact.update 102': 1 })
    })

    it('a claim that comes before the recall rebinds, too', async () => {
      const { world } = its
      const action = await world.approve(await world.propose({ ...update, notBefore: at(HOUR) }))
      await policy(world, { blocked_words: ['elsewhere'] })
      world.pass(HOUR)
      await world.sweep()
      expect((await world.get(action.id)).state).toBe('executed')
      expect(await world.events(action.id)).toEqual(['proposed', 'approved', 'rebound', 'claimed', 'executed'])
    })

    it('a lower cap returns what is in flight over it', async () => {
      const { world } = its
      await policy(world, { ...priced, budget: { day: { cap: 10_000 } } })
      const action = await world.approve(await world.propose({ ...add(6), notBefore: at(HOUR) }))
      await policy(world, { ...priced, budget: { day: { cap: 5_000 } } })
      await world.sweep()
      expect(await world.get(action.id)).toMatchObject({
        state: 'awaiting_approval',
        verdict: { outcome: 'block', reasons: [{ rule: 'budget.day.cap' }] },
      })
      world.pass(2 * HOUR)
      await world.sweep()
      expect(world.hubspot.script.effects).toEqual({})
    })

    test.each([
      ['raising', { amount: { cap: 200 } }, false],
      ['removing', {}, false],
      ['lowering', { amount: { cap: 50 } }, true],
      ['keeping', { amount: { cap: 100, ask_above: 10 } }, true],
    ] as const)('%s a cap as an admin: allowed %s', async (_name, document, allowed) => {
      const { world } = its
      await policy(world, { amount: { cap: 100 } })
      const before = await world.rowCounts()
      const answer = await world.gate.setPolicy(world.admin, document, null)
      expect(answer.ok).toBe(allowed)
      if (!allowed) {
        expect(refusal(answer)).toMatchObject({ kind: 'not_permitted' })
        expect(await world.rowCounts()).toEqual(before)
        expect(value(await world.gate.getPolicy(world.owner))).toMatchObject({
          version: 1,
          document: { amount: { cap: 100 } },
        })
      }
      expect((await world.gate.setPolicy(world.owner, document, null)).ok).toBe(true)
    })
  })
})

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { proposeAction } from '../../core/gate/propose-action.ts'
import type { Database } from '../../core/postgres/database.ts'
import { serverDatabase } from '../support/databases.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { startJudge } from '../support/judge-stand-in.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, value, type World, type WorldOptions } from '../support/world.ts'

const DAY = 86_400_000
const brand = 'Calm and plain; we never shout.'
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const shouts = { verdict: 'does not fit', says: 'It shouts.' }
const DOES_NOT_FIT = 'It does not fit your brand voice: “It shouts”. A text that fits would pass.'
const NO_ANSWER = 'The brand check could not run: this text has no answer of the model. So a person decides.'
const down = async () => new Response('down', { status: 500 })
const texts = (action: Awaited<ReturnType<World['get']>>) => action.verdict?.reasons.map(({ text }) => text)

describe('a model judge', () => {
  let stand: Awaited<ReturnType<typeof startJudge>>
  let database: Database
  let world: World
  const open = async (options: WorldOptions = {}) => {
    world = await createWorld(database, { judge: stand.judge(), policy: { judge: { brand } }, ...options })
    await world.letEarn('crm_update.small', 5)
  }
  beforeAll(async () => {
    ;[stand, database] = await Promise.all([startJudge(), serverDatabase()])
  })
  beforeEach(async () => {
    stand.script.length = 0
    stand.asked.length = 0
    await open()
  })
  afterEach(async () => {
    await world.close()
    await emptyDatabase(database)
  })
  afterAll(async () => {
    await stand.close()
    await database.close()
  })

  it('is not asked while a proposal is written', async () => {
    const { action } = value(await world.gate.proposeAction(world.agent, { reason: 'x', ...update }, world.once()))
    expect(action).toMatchObject({ state: 'proposed', verdict: null })
    await world.settled()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', verdict: { outcome: 'pass' } })
    expect(await world.events(action.id)).toEqual(['proposed', 'checked', 'claimed', 'executed'])
  })

  it('adds its question, with its reason', async () => {
    stand.script.push(shouts)
    const action = await world.propose(update)
    expect(action).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'ask' } })
    expect(texts(action)).toEqual([DOES_NOT_FIT])
    expect(world.hubspot.script.effects).toEqual({})
    expect(await world.approve(action)).toMatchObject({ state: 'executed' })
    expect(stand.asked).toHaveLength(1)
  })

  it('blocks where the policy lets it', async () => {
    value(await world.gate.setPolicy(world.owner, { judge: { brand, outcome: 'block' } }, null))
    stand.script.push(shouts)
    const action = await world.propose(update)
    expect(action).toMatchObject({ state: 'blocked', verdict: { outcome: 'block' } })
    expect(texts(action)).toEqual([DOES_NOT_FIT])
  })

  it('reads what stands on the platform', async () => {
    stand.script.push(shouts)
    const action = await world.propose(send)
    expect(texts(action)).toContain(DOES_NOT_FIT)
    expect(stand.asked[0]?.body.messages[1]?.content).toContain('early and late appointments')
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('never lets pass what another rule blocks', async () => {
    value(await world.gate.setPolicy(world.owner, { judge: { brand }, blocked_words: ['555 0199'] }, null))
    const action = await world.propose(update)
    expect(action).toMatchObject({
      state: 'blocked',
      verdict: { outcome: 'block', reasons: [{ rule: 'blocked_words' }] },
    })
  })

  it('is asked once about the same text, and again after 30 days or in another voice', async () => {
    await world.propose(update)
    await world.propose(update)
    expect(stand.asked).toHaveLength(1)
    world.pass(31 * DAY)
    await world.propose(update)
    expect(stand.asked).toHaveLength(2)
    expect((await world.rowCounts())['judgements']).toBe(1)
    value(await world.gate.setPolicy(world.owner, { judge: { brand: 'Loud.' } }, null))
    await world.propose(update)
    expect(stand.asked).toHaveLength(3)
  })

  it('is asked about the same text at the same time without harm', async () => {
    const both = await Promise.all([1, 2].map(() => world.propose({ ...update })))
    expect(both.map(({ verdict }) => verdict?.outcome)).toEqual(['pass', 'pass'])
    expect((await world.rowCounts())['judgements']).toBe(1)
  })

  it('is asked three times when it is down; then a person decides, and the card says why', async () => {
    stand.script.push(down, down, down)
    const action = await world.propose(update)
    expect(action).toMatchObject({ state: 'proposed' })
    expect((await world.stateRow(action.id))['remark']).toMatchObject({
      note: 'The brand check could not run; it is tried again.',
    })
    for (let turn = 0; turn < 2; turn += 1) {
      world.pass(60_000)
      await world.sweep()
    }
    const waits = await world.get(action.id)
    expect(waits).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'ask' } })
    expect(texts(waits)).toEqual([NO_ANSWER])
    expect((await world.stateRow(action.id))['remark']).toBeNull()
    expect(stand.asked).toHaveLength(3)
    expect(world.hubspot.script.effects).toEqual({})
    expect((await world.rowCounts())['judgements']).toBe(0)
  })

  it('may come back in between', async () => {
    stand.script.push(down)
    const action = await world.propose(update)
    world.pass(60_000)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed', verdict: { outcome: 'pass' } })
  })

  it('is asked once by a check that goes on while a sweep comes by', async () => {
    const { action } = value(await world.gate.proposeAction(world.agent, { reason: 'x', ...update }, world.once()))
    expect(await world.sweepOnce(50)).toMatchObject({ done: 0 })
    await world.settled()
    expect(stand.asked).toHaveLength(1)
    expect(await world.get(action.id)).toMatchObject({ state: 'executed' })
  })

  it('is asked by a sweep where the process died before its check', async () => {
    const proposed = await proposeAction(world.context, world.agent, { reason: 'x', ...update }, world.once())
    const { action } = value(proposed)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'proposed' })
    world.pass(15_000)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed' })
    expect(stand.asked).toHaveLength(1)
  })

  it('reads an edit before it goes out: until then its rule asks, and what it may block comes back', async () => {
    value(
      await world.gate.setPolicy(world.owner, { judge: { brand, outcome: 'block' }, levels: { crm_update: 2 } }, null),
    )
    const action = await world.propose(update)
    expect(action).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'pass' } })
    stand.script.push(shouts)
    value(
      await world.gate.decideAction(world.owner, {
        actionId: action.id,
        decision: 'edit',
        payloadHash: action.payloadHash ?? '',
        input: { contactId: '101', phone: '+1 555 0100 !!!' },
      }),
    )
    await world.settled()
    const back = await world.get(action.id)
    expect(back).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'block' } })
    expect(texts(back)).toEqual([DOES_NOT_FIT])
    expect(stand.asked).toHaveLength(2)
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('reads an edit before it goes out, and lets it go where it fits', async () => {
    value(await world.gate.setPolicy(world.owner, { judge: { brand }, levels: { crm_update: 2 } }, null))
    const action = await world.propose(update)
    value(
      await world.gate.decideAction(world.owner, {
        actionId: action.id,
        decision: 'edit',
        payloadHash: action.payloadHash ?? '',
        input: { contactId: '101', phone: '+1 555 0100' },
      }),
    )
    await world.settled()
    expect(await world.get(action.id)).toMatchObject({ state: 'executed' })
    expect(stand.asked).toHaveLength(2)
  })

  it('has its old answer looked for again before it goes out', async () => {
    const action = await world.propose({ ...update, notBefore: new Date(world.now().getTime() + 31 * DAY) })
    expect(action).toMatchObject({ state: 'scheduled' })
    world.pass(31 * DAY)
    stand.script.push(shouts)
    await world.sweep()
    const back = await world.get(action.id)
    expect(back).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'ask' } })
    expect(texts(back)).toEqual([DOES_NOT_FIT])
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('leaves alone what no policy has it read', async () => {
    value(await world.gate.setPolicy(world.owner, { scopes: [{ when: { channel: 'email' }, judge: { brand } }] }, null))
    expect(await world.propose(update)).toMatchObject({ state: 'executed' })
    expect(stand.asked).toEqual([])
  })

  it('is not waited for by the steps of a plan, which a person decides unless it knows their texts', async () => {
    const plan = async () =>
      value(
        await world.gate.proposePlan(world.agent, { title: 'Clean up', reason: 'x', steps: [update] }, world.once()),
      ).plan
    expect(await plan()).toMatchObject({ state: 'awaiting_approval' })
    expect(stand.asked).toEqual([])
    await world.propose(update)
    expect(await plan()).not.toMatchObject({ state: 'awaiting_approval' })
  })
})

describe('a policy with a judge where none is set up', () => {
  const its = useWorld({ policy: { judge: { brand } } })

  it('is warned of when it is checked and when it is set, and holds all the same', async () => {
    const { gate, owner } = its.world
    const warnings = expect.arrayContaining([expect.stringContaining('TENURE_JUDGE_URL')])
    expect(value(await gate.checkPolicy(owner, { judge: { brand } }))).toMatchObject({ warnings })
    expect(value(await gate.setPolicy(owner, { judge: { brand } }, null))).toMatchObject({ warnings, isInForce: true })
    const { warnings: others } = value(await gate.checkPolicy(owner, { blocked_words: ['free'] }))
    expect(others.filter((says) => says.includes('TENURE_JUDGE_URL'))).toEqual([])
  })

  it('has a person decide, and says so', async () => {
    const { world } = its
    await world.letEarn('crm_update.small', 5)
    const action = await world.propose(update)
    expect(action).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'ask' } })
    expect(texts(action)).toEqual([
      'The brand check could not run: no model is set up for it here. So a person decides.',
    ])
    expect(world.hubspot.script.effects).toEqual({})
  })
})

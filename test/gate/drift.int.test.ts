import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED, type SandboxCampaign } from '../../connectors/mailchimp/sandbox-seed.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const SENT = `campaign.send ${MAILCHIMP_SEED.campaignId}`
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const slot = { notBefore: new Date(START.getTime() + HOUR) }

function campaign(world: World): SandboxCampaign {
  const found = world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]
  if (!found) throw new Error('The seed has it')
  return found
}

const CHANGES: readonly (readonly [string, (world: World) => void, object])[] = [
  [
    'Subject',
    (world) => (campaign(world).settings.subject_line = 'Half price'),
    { label: 'Subject', was: 'Spring check-ups', is: 'Half price' },
  ],
  [
    'Audience',
    (world) => (campaign(world).segmentId = MAILCHIMP_SEED.recallSegmentId),
    { label: 'Audience', was: 'all of ‘Patients’: 1,200 people' },
  ],
  [
    'Content',
    (world) => (campaign(world).html = '<p>Buy now</p>'),
    { label: 'Content', is: expect.stringContaining('“Buy now” (2 words, version ') },
  ],
]

describe('what was changed on the platform after the decision', () => {
  const its = useWorld()

  test.each(CHANGES)(
    '%s: not sent at its slot, back to a person who is told, and sent once when approved again',
    async (label, change, difference) => {
      const { world } = its
      const action = await world.approve(await world.propose({ ...send, ...slot }))
      expect(action.state).toBe('scheduled')
      change(world)
      world.pass(HOUR)
      await world.sweep()
      const back = await world.get(action.id)
      expect(back).toMatchObject({
        state: 'awaiting_approval',
        note: `It was changed on the platform after the decision (${label.toLowerCase()}), so it did not go out. Look again and decide.`,
        differences: [difference],
      })
      expect(back.payloadHash).not.toBe(action.payloadHash)
      expect(world.mailchimp.script.effects).toEqual({})
      expect(
        refusal(
          await world.gate.decideAction(world.owner, {
            actionId: action.id,
            decision: 'approve',
            payloadHash: action.payloadHash ?? '',
          }),
        ),
      ).toEqual({
        kind: 'stale_hash',
        current: back.payloadHash,
      })
      expect((await world.approve(back)).state).toBe('executed')
      expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
      expect(await world.events(action.id)).toEqual([
        'proposed',
        'checked',
        'approved',
        'drifted',
        'approved',
        'claimed',
        'executed',
      ])
    },
  )

  it('approved while stopped, changed, resumed: not sent', async () => {
    const { world } = its
    const action = await world.propose(send)
    value(await world.gate.stop(world.owner, { kind: 'platform', value: 'mailchimp' }, null))
    expect((await world.approve(action)).state).toBe('ready')
    campaign(world).settings.subject_line = 'Half price'
    value(await world.gate.resume(world.owner, 'every', null))
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      differences: [{ label: 'Subject' }],
    })
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('a change that a guardrail blocks cannot be approved', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { blocked_words: ['half price'] }, null))
    const action = await world.approve(await world.propose({ ...send, ...slot }))
    campaign(world).settings.subject_line = 'Half price'
    world.pass(HOUR)
    await world.sweep()
    const back = await world.get(action.id)
    expect(back).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'block' } })
    expect(
      refusal(
        await world.gate.decideAction(world.owner, {
          actionId: action.id,
          decision: 'approve',
          payloadHash: back.payloadHash ?? '',
        }),
      ).kind,
    ).toBe('stricter_now')
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('a card that is refreshed binds what is there now', async () => {
    const { world } = its
    const action = await world.propose(send)
    expect(value(await world.gate.refreshAction(world.workspaceId, action.id)).version).toBe(action.version)
    campaign(world).settings.subject_line = 'Half price'
    const fresh = value(await world.gate.refreshAction(world.workspaceId, action.id))
    expect(fresh).toMatchObject({
      state: 'awaiting_approval',
      differences: [{ label: 'Subject', was: 'Spring check-ups', is: 'Half price' }],
      expiresAt: action.expiresAt,
    })
    expect(fresh.payloadHash).not.toBe(action.payloadHash)
  })

  const join = (world: World, many: number): void => {
    const gone = Object.values(world.mailchimp.state.lists[MAILCHIMP_SEED.listId]?.members ?? {})
      .filter(({ status }) => status !== 'subscribed')
      .slice(0, many)
    for (const one of gone) Object.assign(one, { status: 'subscribed', optedInAt: world.now().toISOString() })
  }

  it('three more subscribers are no change: it goes out once, and says to how many', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...send, ...slot }))
    join(world, 3)
    world.pass(HOUR)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'executed',
      payloadHash: action.payloadHash,
      reach: { people: 1203, listSize: 1203 },
    })
    expect(world.mailchimp.script.effects).toEqual({ [SENT]: 1 })
    expect(await world.events(action.id)).toEqual(['proposed', 'checked', 'approved', 'claimed', 'executed'])
  })

  test.each([
    ['the amount that has to be asked for', { amount: { ask_above: 120_200 } }, 'ask'],
    ['the cap', { amount: { cap: 120_200 } }, 'block'],
  ])('a list that grew over %s: back to a person, with the new count', async (_name, limit, outcome) => {
    const { world } = its
    const cost_per_person = { 'mailchimp.campaign.send': 100 }
    value(await world.gate.setPolicy(world.owner, { cost_per_person, ...limit }, null))
    const action = await world.approve(await world.propose({ ...send, ...slot }))
    expect(action).toMatchObject({ state: 'scheduled', verdict: { outcome: 'pass' } })
    join(world, 3)
    world.pass(HOUR)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      verdict: { outcome },
      reach: { people: 1203, amount: { minor: 120_300, currency: 'USD' } },
    })
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('a segment that grew into a larger band than the one that was approved: back to a person', async () => {
    const { world } = its
    const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
    if (!list) throw new Error('The seed has it')
    list.segments['3102'] = { id: 3102, name: 'New patients', tag: 'New patient' }
    campaign(world).segmentId = 3102
    const action = await world.approve(await world.propose({ ...send, ...slot }))
    expect(action).toMatchObject({ state: 'scheduled', band: 'small', reach: { people: 24 } })
    for (const member of Object.values(list.members)) member.tags.push('New patient')
    world.pass(HOUR)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({
      state: 'awaiting_approval',
      band: 'large',
      note: 'It did not go out: it reaches 1200 people by now; 24 when it was decided.',
    })
    expect(world.mailchimp.script.effects).toEqual({})
  })

  it('a campaign that went out some other way is not sent again', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...send, ...slot }))
    campaign(world).status = 'sent'
    campaign(world).emailsSent = 1200
    campaign(world).sendTime = START.toISOString()
    world.pass(HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
    expect(world.mailchimp.script.effects).toEqual({})
  })
})

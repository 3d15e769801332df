import { describe, expect, it, test } from 'vitest'
import { hashOf, MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { ConsentGiven } from '../../core/gate/requests.ts'
import type { GivenIdentifier } from '../../core/domain/recipients/identifier.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const { campaignId, listId } = MAILCHIMP_SEED
const SEND = { kind: 'mailchimp.campaign.send', input: { campaignId } }
const DAY_MS = 86_400_000
const its = useWorld()

const email = (address: string): GivenIdentifier => ({ kind: 'email', value: address })
const patient = (n: number): string => `patient-${String(n).padStart(4, '0')}@example.com`
const withdrawn = (...identifiers: readonly GivenIdentifier[]): ConsentGiven => ({
  identifiers,
  channel: 'email',
  standing: 'withdrawn',
  source: 'told us on the phone',
})

/** A small audience, so that a test reads in numbers that it can count. */
function audienceOf(world: World, size: number): void {
  const list = world.mailchimp.state.lists[listId]
  if (!list) throw new Error('The seeded audience is gone')
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, size))
}
const members = (world: World) => world.mailchimp.state.lists[listId]?.members ?? {}
const sent = (world: World, id: string = campaignId) => world.mailchimp.state.campaigns[id]
const reaches = ({ preview }: ActionView): string | undefined =>
  preview.lines.find(({ label }) => label === 'Reaches')?.value
const record = async (world: World, ...given: readonly ConsentGiven[]) =>
  value(await world.gate.recordConsents(world.approver, given))
/** Another draft to the same audience. */
function draft(world: World, id: string): { readonly kind: string; readonly input: { readonly campaignId: string } } {
  const campaign = sent(world)
  if (!campaign) throw new Error('The seeded campaign is gone')
  world.mailchimp.state.campaigns[id] = {
    ...structuredClone(campaign),
    id,
    status: 'save',
    sendTime: null,
    emailsSent: 0,
  }
  return { kind: SEND.kind, input: { campaignId: id } }
}
const policy = async (world: World, recipients: object) =>
  value(await world.gate.setPolicy(world.owner, { recipients }, null))

describe('a send', () => {
  it('goes as it is where everybody may be reached', async () => {
    const { world } = its
    audienceOf(world, 5)
    const action = await world.propose(SEND)
    expect(reaches(action)).toBeUndefined()
    expect((await world.approve(action)).state).toBe('executed')
    expect(sent(world)).toMatchObject({ emailsSent: 5, segmentId: null })
  })

  it('leaves out who withdrew, by a segment made for it, and says so', async () => {
    const { world } = its
    audienceOf(world, 5)
    await record(world, withdrawn(email(patient(2))))
    const action = await world.propose(SEND)
    expect(reaches(action)).toBe('4 of 5; 1 withdrew')
    expect(action.preview.title).toContain('4 people')
    const done = await world.approve(action)
    expect(done.preview.done).toContain('4 people')
    expect(sent(world)?.emailsSent).toBe(4)
    const segment = Object.values(world.mailchimp.state.lists[listId]?.segments ?? {}).at(-1)
    expect(segment).toMatchObject({ name: `Tenure ${action.id}` })
    expect(segment?.emails).not.toContain(patient(2))
  })

  it('leaves out who withdrew between the decision and the send', async () => {
    const { world } = its
    audienceOf(world, 5)
    const slot = new Date(world.now().getTime() + 3_600_000)
    const action = await world.propose({ ...SEND, notBefore: slot })
    expect((await world.approve(action)).state).toBe('scheduled')
    await record(world, withdrawn(email(patient(3))))
    world.pass(3_600_000)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(reaches(await world.get(action.id))).toBe('4 of 5; 1 withdrew')
    expect(sent(world)?.emailsSent).toBe(4)
  })

  test.each([
    ['in capitals and with space around', '  PATIENT-0002@Example.COM '],
    ['with a full stop behind the domain', 'patient-0002@example.com.'],
  ])('knows an address %s', async (_name, spelling) => {
    const { world } = its
    audienceOf(world, 5)
    await record(world, withdrawn(email(spelling)))
    await world.approve(await world.propose(SEND))
    expect(sent(world)?.emailsSent).toBe(4)
  })

  it('knows one person by e-mail and phone', async () => {
    const { world } = its
    audienceOf(world, 5)
    const phone: GivenIdentifier = { kind: 'phone', value: '(303) 555-0147' }
    await record(world, { ...withdrawn(email(patient(4)), phone), standing: 'given' })
    world.pass(1000)
    await record(world, withdrawn({ kind: 'phone', value: '+1 303-555-0147' }))
    expect(reaches(await world.propose(SEND))).toBe('4 of 5; 1 withdrew')
  })

  it('takes two people for one from the moment on that they share something', async () => {
    const { world } = its
    audienceOf(world, 5)
    const crm: GivenIdentifier = { kind: 'platform', value: 'hubspot:501' }
    await record(world, { ...withdrawn(crm) })
    expect(reaches(await world.propose(SEND))).toBe('5 of 5')
    const heard = await record(world, {
      ...withdrawn(email(patient(1)), crm),
      channel: 'crm',
    })
    expect(heard).toMatchObject({ people: 1, merged: 1 })
    expect(reaches(await world.propose(draft(world, 'b2b2b2b2b2')))).toBe('4 of 5; 1 withdrew')
  })

  it('is blocked where nobody may be reached, or where who it reaches cannot be read', async () => {
    const { world } = its
    audienceOf(world, 1)
    await record(world, withdrawn(email(patient(1))))
    const action = await world.propose(SEND)
    expect(action).toMatchObject({ state: 'blocked' })
    expect(action.verdict?.reasons[0]?.text).toBe('None of 1 may be reached: 1 withdrew. Choose other people.')
    const campaign = sent(world)
    if (campaign) campaign.listId = ''
    const unread = await world.propose(draft(world, 'c3c3c3c3c3'))
    expect(unread.state).toBe('blocked')
    expect(unread.verdict?.reasons[0]?.text).toContain('no audience yet')
  })

  it('asks a person where nobody is left to reach at the moment of sending', async () => {
    const { world } = its
    audienceOf(world, 1)
    const action = await world.propose({ ...SEND, notBefore: new Date(world.now().getTime() + 3_600_000) })
    await world.approve(action)
    await record(world, withdrawn(email(patient(1))))
    world.pass(3_600_000)
    await world.sweep()
    const now = await world.get(action.id)
    expect(now.state).toBe('awaiting_approval')
    expect(now.note).toBe('It did not go out: None of 1 may be reached: 1 withdrew. Choose other people.')
    expect(sent(world)).toMatchObject({ status: 'save', emailsSent: 0 })
  })

  it('is not checked while Mailchimp does not show the people, and is blocked in the end', async () => {
    const { world } = its
    audienceOf(world, 2)
    world.mailchimp.script.queue({
      match: (_method, path) => path.endsWith(`/lists/${listId}/members`),
      fault: 'lost_before',
      times: 99,
    })
    const action = await world.propose(SEND)
    expect(action.state).toBe('proposed')
    for (let tries = 0; tries < 12; tries += 1) {
      world.pass(3_600_000)
      await world.sweep()
    }
    expect(await world.get(action.id)).toMatchObject({ state: 'blocked' })
  })
})

describe('with consent required', () => {
  it('reaches who signed up, and neither who never agreed nor who joined without', async () => {
    const { world } = its
    await policy(world, { consent: 'required' })
    audienceOf(world, 5)
    const action = await world.propose({ ...SEND, notBefore: new Date(world.now().getTime() + 3_600_000) })
    expect(reaches(action)).toBe('5 of 5')
    await world.approve(action)
    const late = 'late@example.com'
    const joined = { email: late, status: 'subscribed' as const, inCompliance: false, fields: {}, tags: [] }
    members(world)[hashOf(late)] = joined
    world.pass(3_600_000)
    await world.sweep()
    expect(reaches(await world.get(action.id))).toBe('5 of 6; 1 never agreed')
    expect(sent(world)?.emailsSent).toBe(5)
  })

  it('keeps a test from an address that never agreed, because Mailchimp cannot leave it out', async () => {
    const { world } = its
    await policy(world, { consent: 'required' })
    const input = { campaignId, emails: ['stranger@example.com'] }
    const action = await world.propose({ kind: 'mailchimp.campaign.send_test', input })
    const now = await world.approve(action)
    expect(now.state).toBe('awaiting_approval')
    expect(now.note).toContain('1 never agreed')
    expect(world.mailchimp.state.tests).toEqual([])
  })
})

test.each([
  ['must not be contacted', 'suppressed', 5],
  ['withdrew on the phone', 'withdrew', 5],
  ['nothing is known of', 'unknown', 6],
] as const)('who joins in the moment before it is sent, and %s', async (_name, known, mails) => {
  const { world } = its
  audienceOf(world, 5)
  const late = 'late@example.com'
  const identifiers = [{ kind: 'email' as const, value: late }]
  if (known === 'suppressed') value(await world.gate.suppressPeople(world.approver, [{ identifiers, reason: 'asked' }]))
  if (known === 'withdrew') {
    const withdrawn = { identifiers, channel: 'email', standing: 'withdrawn', source: 'told us on the phone' } as const
    value(await world.gate.recordConsents(world.approver, [withdrawn]))
  }
  const action = await world.propose(SEND)
  world.mailchimp.script.choose((method) => {
    if (method === 'POST')
      members(world)[hashOf(late)] = { email: late, status: 'subscribed', inCompliance: false, fields: {}, tags: [] }
    return null
  })
  expect((await world.approve(action)).state).toBe('executed')
  expect(sent(world)?.emailsSent).toBe(mails)
})

it('does not bring somebody back into an audience who withdrew', async () => {
  const { world } = its
  await record(world, withdrawn(email('gone@example.com')))
  const input = { listId, email: 'gone@example.com', status: 'subscribed' }
  const action = await world.propose({ kind: 'mailchimp.member.upsert', input })
  const now = await world.approve(action)
  expect(now.state).toBe('awaiting_approval')
  expect(members(world)[hashOf('gone@example.com')]).toBeUndefined()
})

describe('a cap on messages', () => {
  const twice = { most: { messages: 2, days: 7 } }

  it('leaves out who had so many, whoever sent them, until they are old enough', async () => {
    const { world } = its
    await policy(world, twice)
    audienceOf(world, 3)
    const drafts = ['b2b2b2b2b2', 'c3c3c3c3c3', 'd4d4d4d4d4', 'e5e5e5e5e5'].map((id) => draft(world, id))
    await world.approve(await world.propose(SEND))
    world.pass(DAY_MS)
    await world.approve(await world.propose(drafts[0] ?? SEND, world.owner), world.admin)
    const third = await world.propose(drafts[1] ?? SEND)
    expect(third.state).toBe('blocked')
    expect(third.verdict?.reasons[0]?.text).toBe('None of 3 may be reached: 3 had 2 this week. Choose other people.')
    world.pass(6 * DAY_MS + 1)
    expect(reaches(await world.propose(drafts[2] ?? SEND))).toBe('3 of 3')
  })

  it('counts nothing that is only planned', async () => {
    const { world } = its
    await policy(world, { most: { messages: 1, days: 7 } })
    audienceOf(world, 3)
    const other = draft(world, 'b2b2b2b2b2')
    const scheduleTime = new Date(world.now().getTime() + DAY_MS).toISOString()
    const input = { campaignId, scheduleTime }
    const plan = await world.approve(await world.propose({ kind: 'mailchimp.campaign.schedule', input }))
    expect(plan.state).toBe('scheduled')
    const sooner = await world.propose(other)
    expect(reaches(sooner)).toBe('3 of 3')
    await world.approve(sooner)
    world.pass(DAY_MS)
    await world.sweep()
    expect(await world.get(plan.id)).toMatchObject({ state: 'awaiting_approval', verdict: { outcome: 'block' } })
    expect(sent(world)).toMatchObject({ status: 'save', segmentId: null })
  })

  it('holds when two sends are let out at once', async () => {
    const { world } = its
    await policy(world, { most: { messages: 1, days: 7 } })
    audienceOf(world, 20)
    const other = draft(world, 'b2b2b2b2b2')
    const actions = [await world.propose(SEND), await world.propose(other)]
    await Promise.all(
      actions.map((action) =>
        world.gate.decideAction(world.owner, {
          actionId: action.id,
          decision: 'approve',
          payloadHash: action.payloadHash ?? '',
        }),
      ),
    )
    await world.settled()
    const total = (sent(world)?.emailsSent ?? 0) + (sent(world, 'b2b2b2b2b2')?.emailsSent ?? 0)
    expect(total).toBe(20)
    const rows = await world.query(
      'select count(*)::int as n, count(distinct person_id)::int as people from exposures where workspace_id = $1',
      [world.workspaceId],
    )
    expect(rows[0]).toEqual({ n: 20, people: 20 })
  })
})

it('takes up and checks ten thousand people at once', async () => {
  const { world } = its
  const consents = Array.from({ length: 10_000 }, (_, n) => ({
    ...withdrawn(email(`p${n}@example.com`)),
    standing: n % 2 === 0 ? ('given' as const) : ('withdrawn' as const),
  }))
  expect(await record(world, ...consents)).toEqual({ people: 10_000, recorded: 10_000, merged: 0 })
  const digestOf = world.secrets.digester(`people:${world.workspaceId}`)
  const digests = consents.map((_, n) => digestOf(`email:p${n}@example.com`))
  const found = await world.store.read(world.workspaceId, (tx) =>
    tx.people.standings(digests, { channel: 'email', at: world.now(), days: 7, actionId: world.newId('act') }),
  )
  expect(found.filter(({ consent }) => consent === 'given')).toHaveLength(5000)
  expect(found.filter(({ consent }) => consent === 'withdrawn')).toHaveLength(5000)
})

import { describe, expect, it, test } from 'vitest'
import { hashOf, MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { GivenIdentifier } from '../../core/domain/recipients/identifier.ts'
import { exported, verify } from '../support/ledger.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const { campaignId, listId } = MAILCHIMP_SEED
const SEND = { kind: 'mailchimp.campaign.send', input: { campaignId } }
const HOUR_MS = 3_600_000
const its = useWorld()

const email = (address: string): GivenIdentifier => ({ kind: 'email', value: address })
const ana = 'patient-0001@example.com'
const phone: GivenIdentifier = { kind: 'phone', value: '(303) 555-0147' }

function audienceOf(world: World, size: number): void {
  const list = world.mailchimp.state.lists[listId]
  if (!list) throw new Error('The seeded audience is gone')
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, size))
}
const count = async (world: World, table: string): Promise<number> => {
  const [row] = await world.query(`select count(*)::int as n from ${table} where workspace_id = $1`, [
    world.workspaceId,
  ])
  return Number(row?.['n'])
}
const agreed = (identifiers: readonly GivenIdentifier[]) => [
  { identifiers, channel: 'email' as const, standing: 'given' as const, source: 'Sign-up form' },
]
const reaches = async (world: World) => {
  const { preview, verdict } = await world.propose(SEND)
  return preview.lines.find(({ label }) => label === 'Reaches')?.value ?? verdict?.reasons[0]?.text
}

describe('the list of those who must not be contacted', () => {
  it('stands above a consent, on its channel, until it is lifted', async () => {
    const { world } = its
    audienceOf(world, 3)
    const given = [{ identifiers: [email(ana)], channel: 'email' as const, reason: 'asked' as const }]
    value(await world.gate.recordConsents(world.approver, agreed([email(ana)])))
    expect(value(await world.gate.suppressPeople(world.approver, given))).toEqual({ suppressed: 1 })
    expect(value(await world.gate.suppressPeople(world.approver, given))).toEqual({ suppressed: 0 })
    expect(await reaches(world)).toBe('2 of 3; 1 must not be contacted')
    const lift = { identifiers: [email(ana.toUpperCase())] }
    expect(refusal(await world.gate.liftSuppressions(world.approver, lift)).kind).toBe('not_permitted')
    expect(value(await world.gate.liftSuppressions(world.admin, lift))).toEqual({ lifted: 1 })
    expect(await reaches(world)).toBeUndefined()
    expect(value(await world.gate.liftSuppressions(world.admin, lift))).toEqual({ lifted: 0 })
  })

  it('holds for one person on every address, and not on another channel', async () => {
    const { world } = its
    audienceOf(world, 3)
    value(await world.gate.recordConsents(world.approver, agreed([email(ana), phone])))
    const given = { identifiers: [phone], reason: 'legal' as const }
    value(await world.gate.suppressPeople(world.approver, [{ ...given, channel: 'social' }]))
    expect(await reaches(world)).toBeUndefined()
    value(await world.gate.suppressPeople(world.approver, [given]))
    expect(await reaches(world)).toBe('2 of 3; 1 must not be contacted')
  })
})

describe('consents', () => {
  it('count by their own time, whenever they are heard, and once', async () => {
    const { world } = its
    const at = (hours: number) => new Date(world.now().getTime() - hours * HOUR_MS)
    const said = (standing: 'given' | 'withdrawn', hours: number) => ({
      identifiers: [email(ana)],
      channel: 'email' as const,
      standing,
      source: 'x',
      at: at(hours),
    })
    const all = [said('withdrawn', 1), said('given', 2), said('given', 2)]
    expect(value(await world.gate.recordConsents(world.approver, all))).toEqual({ people: 1, recorded: 2, merged: 0 })
    expect(value(await world.gate.recordConsents(world.approver, all)).recorded).toBe(0)
    const kept = value(await world.gate.exportPerson(world.admin, [email(ana)]))
    expect(kept.standing).toEqual([{ channel: 'email', standing: 'withdrawn', at: at(1) }])
  })

  test.each([
    ['in the future', { identifiers: [email(ana)], at: new Date('2030-01-01') }, 'consents.0.at'],
    ['of an address that cannot be read', { identifiers: [phone, email('ana')] }, 'consents.0.identifiers.1'],
  ])('%s are refused and written nowhere', async (_name, given, path) => {
    const { world } = its
    const before = await world.rowCounts()
    const consents = [
      { ...agreed([])[0], channel: 'email' as const, standing: 'given' as const, source: 'x', ...given },
    ]
    expect(refusal(await world.gate.recordConsents(world.approver, consents))).toMatchObject({
      kind: 'malformed',
      problems: [{ path }],
    })
    expect(await world.rowCounts()).toEqual(before)
  })

  it('are recorded by nobody but members who may decide', async () => {
    const { world } = its
    const before = await world.rowCounts()
    for (const actor of [world.agent, world.viewer])
      expect(refusal(await world.gate.recordConsents(actor, agreed([email(ana)]))).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
  })
})

describe('one person', () => {
  it('is shown with everything that is kept, and nothing in the clear', async () => {
    const { world } = its
    audienceOf(world, 3)
    value(await world.gate.recordConsents(world.approver, agreed([email(ana), phone])))
    const sent = await world.approve(await world.propose(SEND))
    const kept = value(await world.gate.exportPerson(world.admin, [phone]))
    expect(kept.identifiers.map(({ kind }) => kind).toSorted()).toEqual(['email', 'phone'])
    expect(kept.consents.map(({ source }) => source).toSorted()).toEqual(['Mailchimp', 'Sign-up form'])
    expect(kept.exposures).toMatchObject([{ actionId: sent.id, kind: SEND.kind, channel: 'email', at: world.now() }])
    for (const table of ['people', 'person_identifiers', 'consents', 'suppressions', 'exposures']) {
      const rows = await world.query(`select * from ${table}`)
      expect(JSON.stringify(rows)).not.toMatch(/patient-|example\.com|5550147/)
    }
  })

  it('is forgotten: nothing of them is left, they are not messaged again, and the ledger is intact', async () => {
    const { world } = its
    audienceOf(world, 3)
    value(await world.gate.recordConsents(world.approver, agreed([email(ana), phone])))
    await world.approve(await world.propose(SEND))
    const upsert = await world.propose({
      kind: 'mailchimp.member.upsert',
      input: { listId, email: ana, status: 'subscribed' },
    })
    const other = await world.propose({
      kind: 'mailchimp.member.upsert',
      input: { listId, email: `x${ana}`, status: 'subscribed' },
    })
    for (const [action, who] of [
      [upsert, ana],
      [other, `x${ana}`],
    ] as const)
      value(
        await world.gate.decideAction(world.owner, {
          actionId: action.id,
          decision: 'reject',
          payloadHash: action.payloadHash ?? '',
          severity: 'minor',
          reason: `${who} wrote to us`,
        }),
      )
    const before = await count(world, 'ledger_details')
    const rejected = await world.get(upsert.id)
    expect(value(await world.gate.exportPerson(world.admin, [email(ana)])).namedIn).toMatchObject([
      { actionId: upsert.id, state: 'rejected' },
    ])

    expect(refusal(await world.gate.erasePerson(world.approver, [email(ana)])).kind).toBe('not_permitted')
    expect(value(await world.gate.erasePerson(world.admin, [email(ana)]))).toEqual({
      people: 1,
      details: 1,
      actions: 1,
      open: 0,
    })

    expect(await count(world, 'ledger_details')).toBe(before - 1)
    const erased = await world.get(upsert.id)
    expect(erased).toMatchObject({ state: 'rejected', payloadHash: rejected.payloadHash, kind: rejected.kind })
    expect(JSON.stringify(erased)).not.toContain(ana)
    for (const table of ['actions', 'payloads', 'decisions', 'executions', 'feedback', 'action_states'])
      expect(JSON.stringify(await world.query(`select * from ${table}`))).not.toMatch(new RegExp(`[^x]${ana}`, 'i'))
    expect((await world.get(other.id)).preview.title).toContain(`x${ana}`)
    const kept = value(await world.gate.exportPerson(world.admin, [email(ana)]))
    expect([kept.identifiers, kept.consents, kept.exposures]).toEqual([[], [], []])
    expect(kept.suppressions).toMatchObject([{ kind: 'email', channel: null, reason: 'erased' }])
    const byPhone = value(await world.gate.exportPerson(world.admin, [phone]))
    expect(byPhone.suppressions).toMatchObject([{ kind: 'phone', reason: 'erased' }])

    const campaign = world.mailchimp.state.campaigns[campaignId]
    if (campaign)
      world.mailchimp.state.campaigns['b2b2b2b2b2'] = { ...campaign, id: 'b2b2b2b2b2', status: 'save', sendTime: null }
    const next = await world.propose({ ...SEND, input: { campaignId: 'b2b2b2b2b2' } })
    expect(next.preview.lines.find(({ label }) => label === 'Reaches')?.value).toBe('2 of 3; 1 must not be contacted')
    // Mailchimp still has them: they are not taken up again.
    expect(value(await world.gate.exportPerson(world.admin, [email(ana)])).consents).toEqual([])
    expect(world.mailchimp.state.lists[listId]?.members[hashOf(ana)]?.status).toBe('subscribed')

    await world.sealLedger()
    expect(await verify(world)).toMatchObject({ found: 0, unsealed: { events: 0 } })
    const lines = JSON.stringify(await exported(world))
    expect(lines).toContain('person_erased')
    expect(lines).not.toMatch(new RegExp(`[^x]${ana}`))
  })

  it('keeps the words of what has not ended, counts it, and loses them when it has', async () => {
    const { world } = its
    const open = await world.propose({
      kind: 'hubspot.note.create',
      input: { contactId: '101', body: `Called.\n${ana}, ${ana} asked for a new time.` },
      reason: `${ana} called`,
    })
    const asked = await world.propose({
      kind: 'hubspot.contact.update',
      input: { contactId: '102', phone: '+13035550147' },
      reason: `${ana.toUpperCase()} asked for it`,
    })
    const payloadHash = asked.payloadHash ?? ''
    value(await world.gate.decideAction(world.owner, { actionId: asked.id, decision: 'cancel', payloadHash }))
    // However the number is written, it is found as it is kept.
    expect(value(await world.gate.exportPerson(world.admin, [phone])).namedIn).toMatchObject([{ actionId: asked.id }])
    const erase = async () => value(await world.gate.erasePerson(world.admin, [email(ana)]))
    expect(await erase()).toMatchObject({ actions: 1, open: 1 })
    expect((await world.get(asked.id)).reason).toBe('[erased]')
    expect((await world.get(open.id)).preview.lines.map(({ value: text }) => text).join()).toContain(ana)
    await world.approve(open)
    expect(await erase()).toMatchObject({ actions: 0, open: 1 })
    world.pass(31 * 24 * HOUR_MS)
    await world.sweep()
    await world.settled()
    expect((await world.get(open.id)).state).toBe('settled')
    expect(await erase()).toMatchObject({ actions: 1, open: 0 })
    expect(await erase()).toMatchObject({ actions: 0, open: 0 })
    for (const table of ['actions', 'payloads', 'decisions', 'executions'])
      expect(JSON.stringify(await world.query(`select * from ${table}`))).not.toContain(ana)
    await world.sealLedger()
    expect(await verify(world)).toMatchObject({ found: 0 })
  })

  it('is not named any more in why something was rejected, which stays blocked', async () => {
    const { world } = its
    const draft = (phoneNumber: string) => ({
      kind: 'hubspot.contact.update',
      input: { contactId: '101', phone: phoneNumber },
    })
    const drafts = [draft('+1 555 0199'), draft('+1 555 0100')]
    for (const [index, who] of [ana.toUpperCase(), `x${ana}`].entries()) {
      const action = await world.propose(drafts[index] ?? draft(who))
      const reason = `${who} wrote`
      const payloadHash = action.payloadHash ?? ''
      value(
        await world.gate.decideAction(world.owner, { actionId: action.id, decision: 'reject', payloadHash, reason }),
      )
    }
    value(await world.gate.erasePerson(world.admin, [email(ana)]))
    const [theirs, others] = await Promise.all(drafts.map((one) => world.propose(one)))
    expect(theirs).toMatchObject({ state: 'blocked', verdict: { reasons: [{ rule: 'rejected_before' }] } })
    expect(theirs?.verdict?.reasons[0]?.text).not.toMatch(new RegExp(ana, 'i'))
    expect(others?.verdict?.reasons[0]?.text).toContain(`x${ana}`)
  })
})

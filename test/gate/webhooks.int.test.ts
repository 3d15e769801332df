import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import {
  SEND,
  DANA,
  PATIENT,
  SIGNED_UP,
  form,
  hear,
  standing,
  suppressions,
  audienceOf,
  memberOf,
  reached,
} from '../support/mailchimp-webhooks.ts'
import { useWorld } from '../support/use-world.ts'
import { value } from '../support/world.ts'

const its = useWorld()

describe('what Mailchimp tells', () => {
  it('is known of the person from then on, once however often it is told', async () => {
    const { world } = its
    const left = form('unsubscribe', { email: DANA, reason: 'manual' })
    expect(value(await hear(world, left))).toEqual({ people: 1, recorded: 1, merged: 0, unread: false })
    expect(value(await hear(world, left))).toEqual({ people: 1, recorded: 0, merged: 0, unread: false })
    expect(await standing(world, DANA)).toMatchObject([{ channel: 'email', standing: 'withdrawn' }])
    const events = await world.query("select count(*)::int as n from ledger_events where type = 'consents_heard'")
    expect(events).toEqual([{ n: 1 }])
  })

  it('counts by its own time, in whatever order it comes', async () => {
    const { world } = its
    const said: [string, string, string][] = [
      ['unsubscribe', PATIENT, '2026-03-04 16:00:00'],
      ['subscribe', PATIENT, '2026-03-04 17:00:00'],
      ['cleaned', PATIENT, '2026-03-04 16:00:00'],
    ]
    for (const [type, email, at] of [...said, ...said.toReversed()]) await hear(world, form(type, { email }, at))
    expect(await standing(world, PATIENT)).toMatchObject([
      { standing: 'withdrawn', at: new Date('2026-03-04T16:00:00.000Z') },
    ])
  })

  it('holds for the address that somebody has now', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: DANA }))
    const moved = form('upemail', { old_email: DANA, new_email: 'd@example.org' })
    expect(value(await hear(world, moved))).toMatchObject({ recorded: 1, merged: 0 })
    expect(value(await hear(world, moved))).toMatchObject({ recorded: 0, merged: 0 })
    expect(await standing(world, 'd@example.org')).toMatchObject([{ standing: 'withdrawn' }])
  })

  test.each(['asked', 'bounced', 'complained', 'legal'] as const)(
    'keeps what a person had said of the address before (%s), though Mailchimp has the new one as joined since',
    async (reason) => {
      const { world } = its
      const identifiers = [{ kind: 'email' as const, value: DANA }]
      value(await world.gate.suppressPeople(world.owner, [{ identifiers, reason, channel: 'email' }]))
      memberOf(world, PATIENT).optedInAt = '2026-03-04T16:30:00.000Z'
      world.pass(3_600_000)
      const moved = form('upemail', { old_email: DANA, new_email: PATIENT })
      await hear(world, moved)
      await hear(world, moved)
      expect(await suppressions(world, PATIENT)).toMatchObject([{ channel: 'email', reason, liftedAt: null }])
      expect(await reached(world)).toBe(2)
      const events = await world.query("select body from ledger_events where type = 'people_suppressed'")
      expect(events).toHaveLength(2)
      expect(JSON.stringify(events)).not.toContain('example.com')
    },
  )

  it('keeps nothing that was lifted', async () => {
    const { world } = its
    const identifiers = [{ kind: 'email' as const, value: DANA }]
    value(await world.gate.suppressPeople(world.owner, [{ identifiers, reason: 'asked' }]))
    value(await world.gate.liftSuppressions(world.owner, { identifiers }))
    await hear(world, form('upemail', { old_email: DANA, new_email: PATIENT }))
    expect(await suppressions(world, PATIENT)).toEqual([])
  })

  it('leaves somebody out of a send that was approved before', async () => {
    const { world } = its
    const list = audienceOf(world)
    list.members = Object.fromEntries(Object.entries(list.members).slice(0, 3))
    const action = await world.propose({ ...SEND, notBefore: new Date(world.now().getTime() + 3_600_000) })
    expect((await world.approve(action)).state).toBe('scheduled')
    // On another audience of the same account.
    await hear(world, form('unsubscribe', { email: 'patient-0002@example.com' }))
    world.pass(3_600_000)
    await world.sweep()
    await world.settled()
    expect(world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]?.emailsSent).toBe(2)
  })

  it('may only look whether somebody is there', async () => {
    expect(value(await hear(its.world, null))).toEqual({ people: 0, recorded: 0, merged: 0, unread: false })
  })

  it('and nothing else is taken up', async () => {
    const { world } = its
    expect(await hear(world, 'type=unsubscribe')).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    expect(value(await hear(world, form('unsubscribe', { email: 'not an address' })))).toMatchObject({ recorded: 0 })
    expect(
      await world.query('select count(*)::int as n from people where workspace_id = $1', [world.workspaceId]),
    ).toEqual([{ n: 0 }])
  })
})

describe('that somebody joined', () => {
  it('counts as Mailchimp has it, with its time', async () => {
    const { world } = its
    expect(value(await hear(world, form('subscribe', { email: PATIENT })))).toMatchObject({ people: 1, recorded: 1 })
    expect(value(await hear(world, form('subscribe', { email: PATIENT })))).toMatchObject({ people: 1, recorded: 0 })
    const { consents } = value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: PATIENT }]))
    expect(consents).toMatchObject([{ standing: 'given', source: 'Mailchimp', at: SIGNED_UP, channel: 'email' }])
  })

  it('undoes no withdrawal where somebody made it up', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: PATIENT }))
    const before = await world.rowCounts()
    // The stand-in has them as subscribed since January, and Dana not at all.
    await hear(world, form('subscribe', { email: PATIENT }, '2026-03-05 16:00:00'))
    const after = await world.rowCounts()
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    expect(after['people']).toBe(before['people'])
    expect(value(await hear(world, form('subscribe', { email: DANA })))).toMatchObject({ people: 0, recorded: 0 })
    expect(await standing(world, DANA)).toEqual([])
  })

  it('is a withdrawal where Mailchimp says that they left', async () => {
    const { world } = its
    await hear(world, form('subscribe', { email: 'patient-1201@example.com' }))
    expect(await standing(world, 'patient-1201@example.com')).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('counts again for whoever really came back', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: PATIENT }))
    memberOf(world, PATIENT).optedInAt = '2026-03-04T16:30:00.000Z'
    world.pass(3_600_000)
    await hear(world, form('subscribe', { email: PATIENT }, '2026-03-04 16:30:00'))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'given' }])
  })

  it('lets nobody agree for somebody else by a made-up change of address', async () => {
    const { world } = its
    await hear(world, form('unsubscribe', { email: DANA }))
    await hear(world, form('upemail', { old_email: DANA, new_email: PATIENT }))
    const identifiers = [{ kind: 'email' as const, value: PATIENT }]
    world.pass(3_600_000)
    const given = { identifiers, channel: 'email' as const, standing: 'given' as const, source: 'Form' }
    value(await world.gate.recordConsents(world.owner, [given]))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'given' }])
    expect(await standing(world, DANA)).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('counts nothing where it cannot be read, and is to be told again if that may pass', async () => {
    const { world } = its
    const joined = form('subscribe', { email: PATIENT })
    world.mailchimp.script.queue({ match: (method) => method === 'GET', fault: 'lost_before' })
    expect(value(await hear(world, joined))).toMatchObject({ recorded: 0, unread: true })
    expect(await standing(world, PATIENT)).toEqual([])
    expect(value(await hear(world, joined))).toMatchObject({ recorded: 1, unread: false })
  })

  it('is read no faster than that the platform stands it; who left counts all the same', async () => {
    const { world } = its
    const joined = form('subscribe', { email: DANA })
    for (let call = 0; call < 5; call += 1) expect(value(await hear(world, joined)).unread).toBe(false)
    expect(value(await hear(world, joined)).unread).toBe(true)
    expect(value(await hear(world, form('unsubscribe', { email: DANA })))).toMatchObject({ recorded: 1, unread: false })
    world.pass(1000)
    expect(value(await hear(world, joined)).unread).toBe(false)
  })
})

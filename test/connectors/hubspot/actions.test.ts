import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { readRefusal } from '../../../connectors/hubspot/errors.ts'
import type { Input } from '../../../core/ports/kind.ts'
import { type Platforms, kindOf, startPlatforms } from '../../support/platforms.ts'

let platforms: Platforms
beforeEach(async () => {
  platforms = await startPlatforms()
})
afterEach(async () => {
  await platforms.close()
})

const CALL = { key: 'act_1:1' }

async function run(kindId: string, input: Input) {
  const kind = kindOf(kindId)
  const session = platforms.session(kind)
  const before = await kind.beforeState(input, session)
  if (!before.ok) throw new Error(before.error.kind)
  const result = await kind.run(input, before.value, session, CALL)
  return { kind, session, before: before.value, result }
}

async function ran(kindId: string, input: Input) {
  const { result, ...rest } = await run(kindId, input)
  if (!result.ok) throw new Error(result.error.kind)
  return { ...rest, receipt: result.value }
}

const preflight = (kindId: string, input: Input) => kindOf(kindId).preflight(input, platforms.session(kindOf(kindId)))
const patches = () =>
  platforms.hubspot.script.log.filter((entry) => entry.method === 'PATCH').map((entry) => entry.body)

describe('a stage', () => {
  it('moves forwards in one step', async () => {
    await ran('hubspot.contact.set_stage', { contactId: '101', stage: 'customer' })
    expect(patches()).toEqual([{ properties: { lifecyclestage: 'customer' } }])
  })

  it('moves backwards through empty, because HubSpot ignores a step back', async () => {
    await ran('hubspot.contact.set_stage', { contactId: '103', stage: 'lead' })
    expect(platforms.hubspot.state.contacts['103']?.properties.lifecyclestage).toBe('lead')
    expect(patches()).toEqual([{ properties: { lifecyclestage: '' } }, { properties: { lifecyclestage: 'lead' } }])
  })

  it('that was moved on since the before-state was read still ends where it was sent', async () => {
    const kind = kindOf('hubspot.contact.set_stage')
    const input = { contactId: '101', stage: 'opportunity' }
    const session = platforms.session(kind)
    const contact = platforms.hubspot.state.contacts['101']
    if (contact !== undefined) contact.properties.lifecyclestage = 'customer'
    await kind.run(input, { stage: 'lead' }, session, CALL)
    expect(contact?.properties.lifecyclestage).toBe('opportunity')
  })

  it('half moved is no "nothing happened"', async () => {
    const kind = kindOf('hubspot.contact.set_stage')
    const hits = (method: string) => method === 'PATCH'
    let seen = 0
    platforms.hubspot.script.queue({ match: (method) => hits(method) && ++seen === 2, fault: 'lost_before' })
    const { result } = await run(kind.id, { contactId: '103', stage: 'lead' })
    expect(result).toMatchObject({ ok: false, error: { kind: 'outcome_unknown' } })
    expect(platforms.hubspot.state.contacts['103']?.properties.lifecyclestage).toBeUndefined()
  })

  it('that was empty is empty again after the undo', async () => {
    const contact = platforms.hubspot.state.contacts['101']
    delete contact?.properties.lifecyclestage
    const { kind, session, before, receipt } = await ran('hubspot.contact.set_stage', {
      contactId: '101',
      stage: 'lead',
    })
    await kind.undo?.run({ contactId: '101', stage: 'lead' }, before, receipt, session)
    expect(contact?.properties).not.toHaveProperty('lifecyclestage')
  })
})

describe('a contact', () => {
  it('that was changed since is named with what it was and is', async () => {
    const input = { contactId: '101', phone: '+1 555 0199' }
    const { kind, session, before, receipt } = await ran('hubspot.contact.update', input)
    const contact = platforms.hubspot.state.contacts['101']
    if (contact !== undefined) contact.properties.phone = '+1 555 0100'
    expect(await kind.undo?.changedSince(input, before, receipt, session)).toEqual({
      ok: true,
      value: [{ label: 'Phone', was: '+1 555 0199', is: '+1 555 0100' }],
    })
  })

  it('that exists already stands in the way, and is refused without a second one', async () => {
    const input = { email: 'Patient-01@example.com' }
    expect(await preflight('hubspot.contact.create', input)).toEqual({
      ok: true,
      value: ['HubSpot already has a contact with the address Patient-01@example.com.'],
    })
    const { result } = await run('hubspot.contact.create', input)
    expect(result).toEqual({
      ok: false,
      error: {
        kind: 'rejected',
        status: 409,
        providerCode: 'CONFLICT',
        says: 'HubSpot already has a record like this.',
      },
    })
    expect(platforms.hubspot.script.effects).toEqual({})
  })

  it('that was there before is never found as ours', async () => {
    const kind = kindOf('hubspot.contact.create')
    const found = await kind.lookUp(
      { email: 'patient-01@example.com' },
      { contactId: '101' },
      platforms.session(kind),
      CALL,
    )
    expect(found).toEqual({ ok: true, value: { found: false } })
  })

  test.each([
    ['hubspot.contact.update', { contactId: '999', phone: '1' }],
    ['hubspot.contact.set_stage', { contactId: '999', stage: 'lead' }],
    ['hubspot.note.create', { contactId: '999', body: 'x' }],
    ['hubspot.task.create', { contactId: '999', subject: 'x', dueAt: '2026-03-02T09:15:00Z' }],
  ])('%s: one that is gone stands in the way', async (kindId, input) => {
    expect(await preflight(kindId, input)).toEqual({ ok: true, value: ['This contact is no longer in HubSpot.'] })
  })
})

describe('a note', () => {
  it('that says the same as an earlier one is not found as ours', async () => {
    const input = { contactId: '102', body: 'Same words' }
    await ran('hubspot.note.create', input)
    const kind = kindOf('hubspot.note.create')
    const session = platforms.session(kind)
    const before = await kind.beforeState(input, session)
    expect(before.ok && (await kind.lookUp(input, before.value, session, CALL))).toEqual({
      ok: true,
      value: { found: false },
    })
  })

  it('bears the time of its before-state, so that a repeat bears the same', async () => {
    await ran('hubspot.note.create', { contactId: '102', body: 'Words' })
    expect(platforms.hubspot.state.notes['9001']?.properties).toEqual({
      hs_note_body: 'Words',
      hs_timestamp: '2026-02-02T10:00:00.000Z',
    })
  })
})

describe('a list', () => {
  it('gives back exactly those who were not on it before', async () => {
    const input = { listId: '11', contactIds: ['105', '106'] }
    const { kind, session, before, receipt } = await ran('hubspot.list.add', input)
    expect(before).toEqual({ members: ['105'] })
    expect(receipt.after).toEqual({ members: ['105', '106'] })
    await kind.undo?.run(input, before, receipt, session)
    expect(Object.keys(platforms.hubspot.state.lists['11']?.members ?? {})).toEqual(['101', '102', '103', '104', '105'])
    const removals = platforms.hubspot.script.log.filter((entry) => entry.path.endsWith('/remove'))
    expect(removals.map((entry) => entry.body)).toEqual([['106']])
  })

  it('changed since says how many are on it', async () => {
    const input = { listId: '11', contactIds: ['105', '106'] }
    const { kind, session, before, receipt } = await ran('hubspot.list.add', input)
    delete platforms.hubspot.state.lists['11']?.members['106']
    expect(await kind.undo?.changedSince(input, before, receipt, session)).toEqual({
      ok: true,
      value: [{ label: 'List members', was: '2 contacts of these on the list', is: '1 contact of these on the list' }],
    })
  })

  test.each([
    ['13', 'The list ‘All customers’ fills itself by its own rules; nobody can be added or removed by hand.'],
    ['99', 'This list is no longer in HubSpot.'],
  ])('%s stands in the way', async (listId, says) => {
    const input = { listId, contactIds: ['101'] }
    expect(await preflight('hubspot.list.add', input)).toEqual({ ok: true, value: [says] })
    expect(await preflight('hubspot.list.remove', input)).toEqual({ ok: true, value: [says] })
  })
})

test('a missing permission is named', async () => {
  platforms.hubspot.script.queue({
    match: () => true,
    fault: {
      status: 403,
      body: {
        status: 'error',
        message: 'This app has no access.',
        correlationId: '00000000-0000-4000-8000-000000000000',
        category: 'MISSING_SCOPES',
        errors: [{ message: 'x', context: { requiredGranularScopes: ['crm.objects.contacts.read'] } }],
      },
    },
  })
  expect(await preflight('hubspot.contact.update', { contactId: '101', phone: '1' })).toEqual({
    ok: false,
    error: { kind: 'missing_scope', scope: 'crm.objects.contacts.read' },
  })
})

test.each([
  ['DAILY', 3_600_000],
  ['TEN_SECONDLY_ROLLING', null],
])('an account over its %s limit waits %s ms where no Retry-After came', (policyName, waitMs) => {
  const body = { status: 'error', message: 'x', errorType: 'RATE_LIMIT', correlationId: 'x', policyName }
  expect(readRefusal(429, body).waitMs).toBe(waitMs)
})

test.each(['hs_email_optout', 'hs_email_optout_1234567'])('nobody but the contact sets %s', (name) => {
  const input = { contactId: '101', properties: { [name]: 'false' } }
  expect(kindOf('hubspot.contact.update').parse(input)).toEqual({
    ok: false,
    error: [{ path: `properties.${name}`, says: expect.stringContaining('for the contact alone to say') }],
  })
})

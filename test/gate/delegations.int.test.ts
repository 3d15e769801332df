import { expect, it, test } from 'vitest'
import type { NewDelegation } from '../../core/gate/delegations.ts'
import { decide } from '../support/decide.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, START, value } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const DAY = 24 * 3_600_000
const approve = { decision: 'approve' } as const
/** 4 March 2026 is today in the workspace, seven hours behind UTC. */
const TOMORROW = '2026-03-05'

type Ids = Readonly<Record<'owner' | 'admin' | 'approver' | 'viewer', NewDelegation['to']>>

const its = useWorld({ policy: { cost_per_person: { 'hubspot.contact.update': 60 } } })

it('lends the right for the days that were named, in the zone of the workspace, and no longer', async () => {
  const { world } = its
  const ann = await joins(world, 'Ann', 'approver')
  const vera = await joins(world, 'Vera', 'viewer')
  const lent = value(
    await world.gate.delegate(ann, { to: vera.id, starts: TOMORROW, ends: TOMORROW, reason: 'A day off' }),
  )
  expect(lent).toMatchObject({
    from: { name: 'Ann' },
    to: { name: 'Vera' },
    startsAt: new Date('2026-03-05T07:00:00Z'),
    endsAt: new Date('2026-03-06T07:00:00Z'),
    state: 'planned',
  })
  const [today, later, last] = [await world.propose(update), await world.propose(update), await world.propose(update)]
  expect(refusal(await decide(world, today, approve, vera)).kind).toBe('not_permitted')
  world.pass(DAY)
  const decided = value(await decide(world, later, approve, vera))
  expect(decided.decisions).toMatchObject([{ by: { name: 'Vera' }, onBehalfOf: { id: ann.id, name: 'Ann' } }])
  const [event] = await world.query("select body from ledger_events where subject = $1 and type = 'approved'", [
    later.id,
  ])
  expect(event?.['body']).toContain(`"on_behalf_of":"${ann.id}"`)
  world.pass(DAY)
  expect(refusal(await decide(world, last, approve, vera)).kind).toBe('not_permitted')
  expect(value(await world.gate.listDelegations(vera))).toEqual([])
})

it('lends no more than there is, and uses the own right first', async () => {
  const { world } = its
  const ann = await joins(world, 'Ann', 'approver', { amountMinor: 59 })
  const bo = await joins(world, 'Bo', 'approver', { channels: ['email'] })
  value(await world.gate.delegate(ann, { to: bo.id, ends: TOMORROW }))
  const action = await world.propose(update)
  expect(refusal(await decide(world, action, approve, bo))).toMatchObject({ kind: 'not_permitted' })
  value(await world.gate.changeMember(world.owner, ann.id, { limits: { amountMinor: 60 } }))
  expect(value(await decide(world, action, approve, bo)).decisions).toMatchObject([{ onBehalfOf: { name: 'Ann' } }])
  value(await world.gate.changeMember(world.owner, bo.id, { limits: null }))
  const own = value(await decide(world, await world.propose(update), approve, bo))
  expect(own.decisions).toMatchObject([{ by: { name: 'Bo' }, onBehalfOf: null }])
})

it('is no way around four eyes: neither for what the holder proposed nor for what the lender did', async () => {
  const { world } = its
  const ann = await joins(world, 'Ann', 'approver')
  const bo = await joins(world, 'Bo', 'approver')
  const vera = await joins(world, 'Vera', 'viewer')
  for (const to of [bo, vera]) value(await world.gate.delegate(ann, { to: to.id, ends: TOMORROW }))
  const ofBo = await world.propose(update, bo)
  expect(refusal(await decide(world, ofBo, approve, bo)).kind).toBe('not_permitted')
  const ofAnn = await world.propose(update, ann)
  expect(refusal(await decide(world, ofAnn, approve, vera)).kind).toBe('not_permitted')
  expect(value(await decide(world, ofAnn, approve, bo)).decisions).toMatchObject([{ onBehalfOf: null }])
})

it('counts one right once where several people have to approve', async () => {
  const { world } = its
  value(await world.gate.setPolicy(world.owner, { approvals: { people_needed: [{ people: 2 }] } }, null))
  const ann = await joins(world, 'Ann', 'approver')
  const vera = await joins(world, 'Vera', 'viewer')
  value(await world.gate.delegate(ann, { to: vera.id, ends: TOMORROW }))
  const action = await world.propose(update)
  value(await decide(world, action, approve, vera))
  expect(value(await decide(world, action, approve, ann)).approvals).toMatchObject({
    missing: 1,
    given: [{ name: 'Vera' }],
  })
  expect(value(await decide(world, action, approve)).state).not.toBe('awaiting_approval')
})

it('ends before its time by either of the two or an admin, once', async () => {
  const { world } = its
  const ann = await joins(world, 'Ann', 'approver')
  const bo = await joins(world, 'Bo', 'viewer')
  const cy = await joins(world, 'Cy', 'approver')
  for (const by of [ann, bo, world.admin]) {
    const { id } = value(await world.gate.delegate(ann, { to: bo.id, ends: TOMORROW }))
    expect(refusal(await world.gate.endDelegation(cy, id)).kind).toBe('not_permitted')
    expect(value(await world.gate.endDelegation(by, id)).state).toBe('over')
    expect(refusal(await world.gate.endDelegation(by, id)).kind).toBe('not_found')
    expect(await world.events(id)).toEqual(['delegated', 'delegation_ended'])
  }
  const action = await world.propose(update)
  expect(refusal(await decide(world, action, approve, bo)).kind).toBe('not_permitted')
})

test.each<[string, 'owner' | 'admin' | 'approver' | 'viewer', (ids: Ids) => NewDelegation, string | null]>([
  ['an approver lends their own', 'approver', ({ viewer }) => ({ to: viewer, ends: TOMORROW }), null],
  ['a viewer has nothing to lend', 'viewer', ({ approver }) => ({ to: approver, ends: TOMORROW }), 'not_permitted'],
  [
    'an admin lends an approver’s',
    'admin',
    ({ approver, viewer }) => ({ from: approver, to: viewer, ends: TOMORROW }),
    null,
  ],
  [
    'an admin takes nobody’s',
    'admin',
    ({ approver, admin }) => ({ from: approver, to: admin, ends: TOMORROW }),
    'not_permitted',
  ],
  [
    'an admin lends no owner’s',
    'admin',
    ({ owner, viewer }) => ({ from: owner, to: viewer, ends: TOMORROW }),
    'not_permitted',
  ],
  [
    'an approver lends nobody else’s',
    'approver',
    ({ admin, viewer }) => ({ from: admin, to: viewer, ends: TOMORROW }),
    'not_permitted',
  ],
  ['nobody lends to themselves', 'approver', ({ approver }) => ({ to: approver, ends: TOMORROW }), 'malformed'],
  [
    'it ends after it starts',
    'approver',
    ({ viewer }) => ({ to: viewer, starts: '2026-03-06', ends: TOMORROW }),
    'malformed',
  ],
  ['it ends some day', 'approver', ({ viewer }) => ({ to: viewer, ends: '2026-12-31' }), 'malformed'],
  ['no day that is none', 'approver', ({ viewer }) => ({ to: viewer, ends: '2026-02-30' }), 'malformed'],
  [
    'no past',
    'approver',
    ({ viewer }) => ({ to: viewer, starts: new Date(0), ends: new Date(START.getTime() - 1) }),
    'malformed',
  ],
])('%s', async (_name, who, given, refused) => {
  const { world } = its
  const people = {
    owner: world.owner,
    admin: await joins(world, 'Adam', 'admin'),
    approver: await joins(world, 'Ann', 'approver'),
    viewer: await joins(world, 'Vera', 'viewer'),
  }
  const { owner, admin, approver, viewer } = people
  const ids = { owner: owner.id, admin: admin.id, approver: approver.id, viewer: viewer.id }
  const before = await world.rowCounts()
  const answer = await world.gate.delegate(people[who], given(ids))
  expect(answer.ok ? null : answer.error.kind).toBe(refused)
  if (refused) expect(await world.rowCounts()).toEqual(before)
})

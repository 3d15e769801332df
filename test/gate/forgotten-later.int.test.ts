import { describe, expect, it } from 'vitest'
import type { GivenIdentifier } from '../../core/domain/recipients/identifier.ts'
import { decide } from '../support/decide.ts'
import { verify } from '../support/ledger.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const HOUR_MS = 3_600_000
const its = useWorld()
const ana = 'ana@example.com'
const email: GivenIdentifier = { kind: 'email', value: ana }
const crm: GivenIdentifier = { kind: 'platform', value: 'hubspot:101' }
const note = {
  kind: 'hubspot.note.create',
  input: { contactId: '102', body: `${ana} asked for a new time.` },
  reason: `${ana} called`,
}

const forget = async (world: World, ...identifiers: readonly GivenIdentifier[]) =>
  value(await world.gate.erasePerson(world.admin, identifiers))
const unfinished = (world: World) => world.query('select subject from unfinished_erasures')
const everything = async (world: World): Promise<string> => {
  const tables = [
    'actions',
    'payloads',
    'decisions',
    'executions',
    'plans',
    'feedback',
    'ledger_details',
    'ledger_events',
  ]
  return JSON.stringify(await Promise.all(tables.map((table) => world.query(`select * from ${table}`))))
}

describe('what had not ended when somebody was forgotten', () => {
  it('loses their words in the hour after it ended, and keeps its hash; the ledger is intact', async () => {
    const { world } = its
    const action = await world.propose(note)
    expect(await forget(world, email)).toMatchObject({ actions: 0, open: 1 })
    await world.approve(action)
    await world.reviewAll()
    expect((await world.get(action.id)).reason).toContain(ana)
    world.pass(31 * 24 * HOUR_MS)
    await world.sweep()
    await world.settled()
    const ended = await world.get(action.id)
    expect(ended.state).toBe('settled')
    await world.reviewAll()
    expect(await world.get(action.id)).toMatchObject({
      state: 'settled',
      reason: '[erased]',
      payloadHash: ended.payloadHash,
    })
    expect(await everything(world)).not.toContain(ana)
    expect(await unfinished(world)).toEqual([])
    const before = await world.rowCounts()
    await world.reviewAll()
    expect(await world.rowCounts()).toEqual(before)
    await world.sealLedger()
    expect(await verify(world)).toMatchObject({ found: 0 })
  })

  it('loses also what was written of it in between', async () => {
    const { world } = its
    const action = await world.propose(note)
    await forget(world, email)
    value(await decide(world, action, { decision: 'reject', reason: `${ana} wrote that she found it` }))
    await world.reviewAll()
    expect(await everything(world)).not.toContain(ana)
    const again = await world.propose({ ...note, reason: 'Once more' })
    expect(again.verdict?.reasons.map(({ rule }) => rule)).toContain('rejected_before')
    expect(JSON.stringify(again.verdict)).not.toContain(ana)
  })

  it('is a plan as long as one of its steps is open', async () => {
    const { world } = its
    const step = { kind: 'hubspot.contact.update', input: { contactId: '103', phone: '+1 555 0199' } }
    const proposed = value(
      await world.gate.proposePlan(
        world.agent,
        {
          title: `Win ${ana} back`,
          reason: `${ana} left`,
          requestedBy: { member: 'owner@example.com', words: `Call ${ana}` },
          steps: [step],
        },
        world.once(`plan for ${ana}`),
      ),
    )
    const { plan } = proposed
    // The plan and its step, whose reason is the plan's.
    expect(await forget(world, email)).toMatchObject({ actions: 0, open: 2 })
    await world.reviewAll()
    expect(value(await world.gate.getPlan(world.owner, plan.id)).title).toContain(ana)
    const rejecting = { decision: 'reject' as const, payloadHash: plan.payloadHash ?? '', reason: 'Not now' }
    value(await world.gate.decidePlan(world.owner, plan.id, rejecting))
    await world.reviewAll()
    expect(value(await world.gate.getPlan(world.owner, plan.id)).title).toBe(
      'Erased, because somebody in it was forgotten',
    )
    expect(JSON.stringify(await world.query('select * from plans'))).not.toContain(ana)
    expect(await unfinished(world)).toEqual([])
  })
})

describe('a platform’s own id of somebody', () => {
  const ended = async (world: World, kind: string, input: Parameters<World['propose']>[0]['input']) => {
    const action = await world.propose({ kind, input, reason: 'Asked for' })
    value(await decide(world, action, { decision: 'cancel' }))
    return action.id
  }

  it('is found where that platform’s actions hold one, and nowhere else', async () => {
    const { world } = its
    const theirs = [
      await ended(world, 'hubspot.contact.update', { contactId: '101', phone: '+1 555 0199' }),
      await ended(world, 'hubspot.list.add', { listId: '7', contactIds: ['102', '101'] }),
    ]
    const others = [
      await ended(world, 'hubspot.contact.update', { contactId: '102', phone: '+1 555 0101' }),
      await ended(world, 'hubspot.list.add', { listId: '101', contactIds: ['102'] }),
      await ended(world, 'hubspot.note.create', { contactId: '1010', body: '101' }),
    ]
    const named = value(await world.gate.exportPerson(world.admin, [crm])).namedIn
    expect(named.map(({ actionId }) => actionId).toSorted()).toEqual(theirs.toSorted())
    const spelled = { ...crm, value: '  hubspot:101 ' }
    expect(await forget(world, spelled)).toMatchObject({ actions: 2, open: 0 })
    for (const id of theirs) expect((await world.get(id)).reason).toBe('[erased]')
    for (const id of others) expect((await world.get(id)).reason).toBe('Asked for')
    expect(await forget(world, { ...crm, value: 'mailchimp:101' })).toMatchObject({ actions: 0 })
  })

  it('is found where they were made', async () => {
    const { world } = its
    const made = await world.propose({
      kind: 'hubspot.contact.create',
      input: { email: 'bea@example.com', firstName: 'Bea' },
    })
    await world.approve(made)
    const [row] = await world.query("select receipt ->> 'reference' as id from executions where action_id = $1", [
      made.id,
    ])
    const identifier = { ...crm, value: `hubspot:${String(row?.['id'])}` }
    expect(value(await world.gate.exportPerson(world.admin, [identifier])).namedIn).toMatchObject([
      { actionId: made.id },
    ])
  })
})

describe('an address in the key of a request', () => {
  const PROPOSAL = {
    kind: 'hubspot.contact.update',
    input: { contactId: '103', phone: '+1 555 0199' },
    reason: 'Season',
  }
  const keysOf = async (world: World): Promise<string> =>
    JSON.stringify([await world.query('select * from actions'), await world.query('select * from plans')])

  it.each(['welcome-', 'welcome_', 'welcome.', 'welcome+', 'welcome:', ''])('is found behind “%s”', async (before) => {
    const { world } = its
    const proposed = value(await world.gate.proposeAction(world.agent, PROPOSAL, world.once(`${before}${ana}`)))
    const plan = {
      title: 'Spring',
      reason: 'Season',
      steps: [{ ...PROPOSAL, input: { contactId: '104', phone: '1' } }],
    }
    value(await world.gate.proposePlan(world.agent, plan, world.once(`plan:${before}${ana.toUpperCase()}`)))
    value(await decide(world, proposed.action, { decision: 'cancel' }))
    const named = value(await world.gate.exportPerson(world.admin, [email])).namedIn
    expect(named.map(({ actionId }) => actionId)).toContain(proposed.action.id)
    // The plan and its step, which has its key, have not ended.
    expect(await forget(world, email)).toMatchObject({ actions: 1, open: 2 })
    expect((await keysOf(world)).toLowerCase()).not.toContain(ana)
  })

  it.each(['welcome-joana@example.com', 'welcome-ana@example.com-op.org', 'welcome-ana@example.community'])(
    'is not found in %s',
    async (key) => {
      const { world } = its
      value(await world.gate.proposeAction(world.agent, PROPOSAL, world.once(key)))
      expect(await forget(world, email)).toMatchObject({ actions: 0, open: 0 })
      expect(await keysOf(world)).toContain(key)
    },
  )

  it('is an international number as well', async () => {
    const { world } = its
    value(await world.gate.proposeAction(world.agent, PROPOSAL, world.once('text-+13035550147')))
    expect(await forget(world, { kind: 'phone', value: '(303) 555-0147' })).toMatchObject({ open: 1 })
    expect(await keysOf(world)).not.toContain('3035550147')
  })
})

it('a frozen topic lies beside the ledger: lifted, it goes with whom it names', async () => {
  const { world } = its
  const { switch: stop } = value(await world.gate.stop(world.owner, { kind: 'topic', value: ana }, `${ana} complained`))
  await forget(world, email)
  const [on] = await world.query('select target_value, reason from switches')
  expect(on).toEqual({ target_value: ana, reason: '[erased]' })
  value(await world.gate.resume(world.owner, stop.id, null))
  await forget(world, email)
  expect(JSON.stringify(await world.query('select * from switches'))).not.toContain(ana)
  expect(await everything(world)).not.toContain(ana)
})

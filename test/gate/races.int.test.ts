import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { pooledDatabase, serverDatabase } from '../support/databases.ts'
import { refusal, START, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const HOUR = 3_600_000
const update = (contactId = '101') => ({
  kind: 'hubspot.contact.update',
  input: { contactId, phone: '+1 555 0199' },
})

describe.each([
  ['a real Postgres', serverDatabase],
  ['a real Postgres behind a pooler', pooledDatabase],
])('races on %s, between two processes', (_name, open) => {
  const its = useWorld({}, open)
  let connections: Database
  let other: Awaited<ReturnType<World['beside']>>
  beforeEach(async () => {
    const { database } = its
    if (!('url' in database)) throw new Error('Races need a server')
    const directUrl = 'directUrl' in database ? { directUrl: String(database.directUrl) } : {}
    connections = openServer(String(database.url), { max: 10, ...directUrl })
    other = await its.world.beside(connections)
  })
  afterEach(async () => {
    await other.close()
    await connections.close()
  })

  it('two approvers at once: one winner, one effect, and the other is told who', async () => {
    const { world } = its
    for (let round = 0; round < 10; round += 1) {
      const contactId = String(101 + round)
      const action = await world.propose(update(contactId))
      const request = { actionId: action.id, decision: 'approve' as const, payloadHash: action.payloadHash ?? '' }
      const answers = await Promise.all([
        world.gate.decideAction(world.owner, request),
        other.gate.decideAction(world.approver, request),
      ])
      await world.settled()
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      const loser = answers.find(({ ok }) => !ok)
      const winner = answers[0]?.ok ? 'Owner' : 'Approver'
      expect(loser && refusal(loser)).toMatchObject({ kind: 'already_decided', by: winner, at: START })
      expect(await world.get(action.id)).toMatchObject({
        state: 'executed',
        decisions: [{ decision: 'approve', by: { name: winner } }],
      })
      expect(await world.events(action.id)).toEqual(['proposed', 'approved', 'claimed', 'executed'])
      expect(world.hubspot.script.effects[`contact.update ${contactId}`]).toBe(1)
    }
  })

  it('an edit racing an approval: one of the two payloads, once', async () => {
    const { world } = its
    for (let round = 0; round < 10; round += 1) {
      const contactId = String(101 + round)
      const action = await world.propose(update(contactId))
      const common = { actionId: action.id, payloadHash: action.payloadHash ?? '' }
      const answers = await Promise.all([
        world.gate.decideAction(world.owner, { ...common, decision: 'approve' }),
        other.gate.decideAction(world.approver, {
          ...common,
          decision: 'edit',
          input: { contactId, phone: '+1 555 0111' },
        }),
      ])
      await world.settled()
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(world.hubspot.script.effects[`contact.update ${contactId}`]).toBe(1)
      expect(world.hubspot.state.contacts[contactId]?.properties['phone']).toBe(
        answers[0]?.ok ? '+1 555 0199' : '+1 555 0111',
      )
    }
  })

  it('the same proposal at once is one action and nine replays', async () => {
    const { world } = its
    const once = world.once()
    const gates = [world.gate, other.gate]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        (gates[i % 2] ?? world.gate).proposeAction(world.agent, { ...update(), reason: 'Once' }, once),
      ),
    )
    const proposed = answers.map(value)
    expect(new Set(proposed.map(({ action }) => action.id)).size).toBe(1)
    expect(proposed.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await world.rowCounts()).toMatchObject({ actions: 1, action_states: 1, payloads: 1, ledger_events: 1 })
  })

  it('the same key with another body at once is one action and a conflict', async () => {
    const { world } = its
    const answers = await Promise.all([
      world.gate.proposeAction(world.agent, { ...update('101'), reason: 'One' }, { key: 'k', bodyDigest: 'one' }),
      other.gate.proposeAction(world.agent, { ...update('102'), reason: 'Two' }, { key: 'k', bodyDigest: 'two' }),
    ])
    const lost = answers.filter(({ ok }) => !ok)
    expect(lost.map(refusal)).toEqual([{ kind: 'idempotency_conflict' }])
    expect(await world.rowCounts()).toMatchObject({ actions: 1, ledger_events: 1 })
  })

  it('the same plan at once is one plan', async () => {
    const { world } = its
    const plan = { title: 'Two', reason: 'Once', steps: [update('101'), update('102')] }
    const once = world.once()
    const answers = await Promise.all([
      world.gate.proposePlan(world.agent, plan, once),
      other.gate.proposePlan(world.agent, plan, once),
    ])
    expect(answers.filter((answer) => value(answer).replayed)).toHaveLength(1)
    expect(await world.rowCounts()).toMatchObject({ plans: 1, actions: 2 })
  })

  it('two sweeps at once do each due thing once', async () => {
    const { world } = its
    const actions = []
    for (let i = 0; i < 8; i += 1)
      actions.push(
        await world.approve(
          await world.propose({ ...update(String(101 + i)), notBefore: new Date(START.getTime() + HOUR) }),
        ),
      )
    world.pass(HOUR)
    const swept = await Promise.all([world.sweepOnce(50), other.sweepOnce(50)])
    expect(swept.flatMap(({ failed }) => failed)).toEqual([])
    expect(swept.reduce((sum, { done }) => sum + done, 0)).toBe(8)
    expect(Object.values(world.hubspot.script.effects)).toEqual(Array.from({ length: 8 }, () => 1))
  })

  it('two executions of one action at once: one claim', async () => {
    const { world } = its
    await world.approve(await world.propose({ ...update(), notBefore: new Date(START.getTime() + HOUR) }))
    world.pass(HOUR)
    // Both take the row as if the other had not hidden it.
    const first = world.sweepOnce(1)
    const again = (async () => {
      await world.query('update action_states set due_at = run_at')
      return await other.sweepOnce(1)
    })()
    await Promise.all([first, again])
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })
    expect(await world.query('select attempt from executions')).toEqual([{ attempt: 1 }])
  })

  it('once a stop is answered no claim commits, in any of 30 schedules', async () => {
    const { world } = its
    let stoppedFirst = 0
    for (let round = 0; round < 30; round += 1) {
      const at = new Date(world.now().getTime() + HOUR)
      const action = await world.approve(await world.propose({ ...update(), notBefore: at }))
      world.pass(HOUR)
      const sweeping = world.sweepOnce(10)
      // Each round lets the sweep come a little further before the stop.
      for (let turn = 0; turn < round * 5; turn += 1) await world.query('select 1')
      const stopped = value(await other.gate.stop(world.viewer, { kind: 'workspace' }, null))
      const [row] = await world.query('select max(attempt)::int as claims from executions where action_id = $1', [
        action.id,
      ])
      const claimed = Number(row?.['claims'] ?? 0)
      await sweeping
      await world.settled()
      const [later] = await world.query('select max(attempt)::int as claims from executions where action_id = $1', [
        action.id,
      ])
      expect(Number(later?.['claims'] ?? 0)).toBe(claimed)
      const now = await world.get(action.id)
      if (claimed === 0) {
        stoppedFirst += 1
        expect(now).toMatchObject({ state: 'scheduled', frozenBy: { id: stopped.switch.id } })
        expect(stopped.executing).toEqual([])
        value(await world.gate.decideAction(world.owner, { actionId: action.id, decision: 'cancel', payloadHash: '' }))
      } else {
        expect(now.state).toBe('executed')
      }
      value(await world.gate.resume(world.owner, 'every', null))
    }
    expect(stoppedFirst).toBeGreaterThan(0)
    expect(stoppedFirst).toBeLessThan(30)
  })
})

describe('changes of the configuration at once', () => {
  const its = useWorld()

  it('go one after the other, and none is a deadlock', async () => {
    const { world } = its
    const kinds = ['hubspot.note.create', 'hubspot.task.create', 'hubspot.contact.create', 'hubspot.contact.update']
    const stops = kinds.map((kind) => world.gate.stop(world.owner, { kind: 'kind', value: kind }, 'At once'))
    for (const stop of await Promise.all(stops)) expect(stop.ok).toBe(true)
    const [row] = await world.query('select deadlocks from pg_stat_database where datname = current_database()')
    expect(Number(row?.['deadlocks'])).toBe(0)
  })
})

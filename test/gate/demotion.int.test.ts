import { expect, it, test } from 'vitest'
import { claimExecution } from '../../core/gate/claim-execution.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { firstStanding, give } from '../../core/domain/trust/standing.ts'
import { versionOf } from '../../core/gate/trust-cell.ts'
import { lookOf } from '../support/platform-fault-steps.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SCOPE = 'crm_update.small'
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld()

const undo = async (world: World, action: ActionView, said: { reason?: string; outside?: boolean } = {}) =>
  value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: true, ...said }))

const scoreNow = async (world: World): Promise<number> =>
  value(await world.gate.explainTrust(world.owner, SCOPE)).exactScore

const levels = async (world: World, scope: string): Promise<readonly number[]> =>
  value(await world.gate.listGrants(world.owner)).flatMap((one) =>
    one.scope === scope && one.agentId === world.agent.id ? [one.level] : [],
  )

const told = async (world: World): Promise<readonly unknown[]> =>
  (await world.query('select kind from notices order by id')).map(({ kind }) => kind)

it('at level 4 an undo takes 15 points, the category asks again, and what is in flight comes back', async () => {
  const { world } = its
  for (const scope of [SCOPE, 'crm_update.medium']) await world.letEarn(scope, 4)
  const before = await scoreNow(world)
  const ran = await world.propose(update)
  expect(ran).toMatchObject({ state: 'executed', level: { inForce: 4 } })
  const [own, other] = [await world.propose(later(world, update)), await world.propose(later(world, note))]
  expect([own.state, other.state]).toEqual(['scheduled', 'scheduled'])

  await undo(world, ran)
  expect(await scoreNow(world)).toBeLessThanOrEqual(before - 15)
  expect(new Set([...(await levels(world, SCOPE)), ...(await levels(world, 'crm_update.medium'))])).toEqual(
    new Set([2]),
  )
  await world.sweep()
  for (const { id } of [own, other])
    expect(await world.get(id)).toMatchObject({
      state: 'awaiting_approval',
      note: 'The level for this was lowered, so it came back to you.',
    })
  expect((await world.propose(update)).level).toMatchObject({
    inForce: 2,
    boundBy: 'lock',
    why: 'It is under full review after a recent rejection.',
  })
  expect(await told(world)).toEqual(['demotion'])
  const { penalty, lock } = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(penalty).toMatchObject({ cyclesLeft: 30 })
  expect(lock).toMatchObject({ cause: 'rejection_at_high_autonomy' })
})

it('at level 3 an undo takes no points and no level', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const before = await scoreNow(world)
  await undo(world, await world.propose(update))
  expect(await scoreNow(world)).toBeGreaterThan(before - 5)
  expect(new Set(await levels(world, SCOPE))).toEqual(new Set([3]))
  expect(await told(world)).toEqual([])
})

it('a reason outside the work, stated within a day, gives back what was taken; later it does not', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const before = await scoreNow(world)
  const ran = await world.propose(update)
  await undo(world, ran)
  world.pass(23 * HOUR)
  await undo(world, ran, { reason: 'The event was cancelled', outside: true })
  expect(await scoreNow(world)).toBeCloseTo(before, 9)
  expect(new Set(await levels(world, SCOPE))).toEqual(new Set([4]))
  expect(await world.propose(update)).toMatchObject({ state: 'executed', level: { inForce: 4 } })
  expect(await told(world)).toEqual(['demotion', 'restored'])

  const again = await world.propose(update)
  await undo(world, again)
  world.pass(25 * HOUR)
  await undo(world, again, { reason: 'The event was cancelled', outside: true })
  expect(new Set(await levels(world, SCOPE))).toEqual(new Set([2]))
})

it('what somebody set since stays as they set it when the rest is given back', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const ran = await world.propose(update)
  await undo(world, ran)
  world.pass(HOUR)
  value(await world.gate.setGrant(world.owner, SCOPE, 2, { scenario: update.kind, agentId: world.agent.id }))
  await undo(world, ran, { reason: 'The event was cancelled', outside: true })
  const grants = value(await world.gate.listGrants(world.owner))
  const of = (scenario: string) => grants.find((one) => one.agentId === world.agent.id && one.scenario === scenario)
  expect(of(note.kind)?.level).toBe(4)
  expect(of(update.kind)?.level).toBe(2)
})

it('a critical rejection puts the whole category under full review, whatever its level', async () => {
  const { world } = its
  await world.letEarn('crm_update.medium', 3)
  const action = await world.propose(update)
  expect(action.state).toBe('awaiting_approval')
  const request = { actionId: action.id, decision: 'reject' as const, payloadHash: action.payloadHash ?? '' }
  value(await world.gate.decideAction(world.owner, { ...request, severity: 'critical', reason: 'Against the law' }))
  expect(new Set(await levels(world, 'crm_update.medium'))).toEqual(new Set([2]))
  expect(await told(world)).toEqual(['demotion'])
})

it('ends the standing choice of its category, and what was proposed there', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  value(await world.gate.setStandingConsent(world.owner, 'crm_update', 4))
  await undo(world, await world.propose(update))
  const [consent] = value(await world.gate.listStandingConsents(world.owner))
  expect(consent).toMatchObject({ category: 'crm_update', withdrawnWhy: 'a demotion in this category' })
})

test.each(['undo', 'reclaim'] as const)('no claim passes an answered %s: the one under way goes back', async (how) => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const ran = await world.propose(update)
  const next = await world.propose(later(world, { ...update, input: { contactId: '102', phone: '+1 555 0123' } }))
  world.pass(HOUR + 1)
  const stored = await world.store.read(world.workspaceId, (tx) => tx.loadAction(next.id))
  const kind = world.context.kinds.get(update.kind)
  if (!stored || !kind) throw new Error('It is there')
  let lowered = false
  const racing = {
    ...world.context,
    store: {
      ...world.store,
      transact: (async (workspaceId, work, toMove) =>
        await world.store.transact(
          workspaceId,
          async (tx) => {
            const result = await work(tx)
            // Everything is checked, nothing is written: now the level falls.
            if (!lowered && how === 'undo') {
              lowered = true
              await undo(world, ran)
            }
            return result
          },
          toMove,
        )) as typeof world.store.transact,
    },
  }
  // A reclaim takes the control row, which the claim holds: it is answered before, or waits.
  if (how === 'reclaim') value(await world.gate.reclaimLevel(world.approver, { what: 'crm_update' }, null))
  expect(await claimExecution(racing, stored, kind, lookOf(world, null))).toBeNull()
  expect((await world.get(next.id)).state).toBe('awaiting_approval')
  expect(world.hubspot.script.effects['contact.update 102'] ?? 0).toBe(0)
})

it('an agent that changes its version does not run from a demotion', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  for (let at = 0; at < 14; at += 1) {
    const action = await world.propose({ ...update, fingerprint: { model: `m${at}` } })
    if (action.state === 'executed') await undo(world, action)
    world.pass(DAY)
    await world.sweep()
  }
  const grant = value(await world.gate.listGrants(world.owner)).find(
    ({ agentId, scenario }) => agentId === world.agent.id && scenario === update.kind,
  )
  expect(grant?.level).toBe(2)
})

it('a new version of an agent has level 3 at most until it has shown itself', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  expect((await world.propose({ ...update, fingerprint: { model: 'another' } })).level).toMatchObject({
    inForce: 3,
    boundBy: 'agent_change',
  })
  expect((await world.propose(update)).level).toMatchObject({ inForce: 4 })
})

it('a label is no way to another scenario’s level', async () => {
  const { world } = its
  const policy = {
    scenarios: [
      { name: 'refill', words: ['refill'] },
      { name: 'complaint', words: ['complain'] },
    ],
  }
  value(await world.gate.setPolicy(world.owner, policy, null))
  const labelled = { ...note, labels: { scenario: 'refill' } }
  expect((await world.propose(labelled)).scenario).toBe('hubspot.note.create/unseen')
  const derived = await world.propose({ ...note, input: { contactId: '101', body: 'Wants to complain.' } })
  expect(derived.scenario).toBe('hubspot.note.create/complaint')
})

it('two undos for one outside reason, both explained, restore what they took; one of two alone does not', async () => {
  const { world } = its
  for (const scope of [SCOPE, 'crm_update.medium']) await world.letEarn(scope, 4)
  const before = await scoreNow(world)
  const [first, second] = [await world.propose(update), await world.propose(note)]
  await undo(world, first)
  world.pass(60_000)
  await undo(world, second)
  const said = { reason: 'The event was cancelled', outside: true }
  await undo(world, first, said)
  // The second still stands, and it alone would have done the same.
  expect(new Set(await levels(world, SCOPE))).toEqual(new Set([2]))
  expect((await world.propose(update)).level).toMatchObject({ inForce: 2, boundBy: 'lock' })
  await undo(world, second, said)
  expect(await scoreNow(world)).toBeCloseTo(before, 9)
  expect(new Set([...(await levels(world, SCOPE)), ...(await levels(world, 'crm_update.medium'))])).toEqual(
    new Set([4]),
  )
  expect((await world.propose(update)).level).toMatchObject({ inForce: 4 })
})

it('a reason stated while it is still being undone counts when it is undone', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const ran = await world.propose(update)
  const before = await scoreNow(world)
  world.hubspot.script.queue({ match: (method) => method === 'PATCH', fault: 'lost_after' })
  await world.gate.undoAction(world.owner, ran.id, { despiteChanges: true })
  expect((await world.get(ran.id)).state).toBe('undoing')
  await undo(world, ran, { reason: 'The event was cancelled', outside: true })
  for (let at = 0; at < 3; at += 1) {
    world.pass(60_000)
    await world.sweep()
  }
  expect((await world.get(ran.id)).state).toBe('undone')
  expect(await scoreNow(world)).toBe(before)
  expect(new Set(await levels(world, SCOPE))).toEqual(new Set([4]))
})

it('a critical finding where nothing ran alone is told, too, and ends the standing choice', async () => {
  const { world } = its
  value(await world.gate.setStandingConsent(world.owner, 'crm_update', 3))
  const action = await world.propose(update)
  const request = { actionId: action.id, decision: 'reject' as const, payloadHash: action.payloadHash ?? '' }
  value(await world.gate.decideAction(world.owner, { ...request, severity: 'critical' }))
  expect(await told(world)).toEqual(['demotion'])
  expect(value(await world.gate.listStandingConsents(world.owner))[0]?.withdrawnWhy).not.toBeNull()
})

it('a level that another has in a category is no reason to be labelled into it', async () => {
  const { world } = its
  await world.letEarn('audience.small', 3)
  await world.letEarn('crm_update.small', 2)
  const answer = await world.gate.proposeAction(
    world.agent,
    { reason: 'Recall season', ...update, labels: { category: 'audience' } },
    world.once(),
  )
  if (answer.ok) expect((await world.get(answer.value.action.id)).level?.inForce).toBe(2)
  else expect(answer.error.kind).toBe('labels_loosen')
})

it('nobody who observed a scope once keeps its later grants down', async () => {
  const { world } = its
  value(await world.gate.setGrant(world.owner, SCOPE, 1, {}))
  value(await world.gate.setGrant(world.owner, SCOPE, 2, {}))
  await world.letEarn(SCOPE, 4)
  await undo(world, await world.propose(update))
  await world.letEarn(SCOPE, 3)
  expect((await world.propose(update)).level).toMatchObject({ inForce: 3 })
})

it('after 90 days in which nothing ran a person decides the first five', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  expect((await world.propose(note)).state).toBe('executed')
  world.pass(91 * DAY)
  await world.sweep()
  await world.reviewTrust()
  for (let at = 0; at < 5; at += 1) {
    const action = await world.propose(note)
    expect(action.level).toMatchObject({ inForce: 2, boundBy: 'idle' })
    await world.approve(action)
  }
  world.pass(2 * DAY)
  await world.sweep()
  expect((await world.propose(note)).level).toMatchObject({ inForce: 3 })
})

it('text that fits several scenarios is bound by the strictest of them, and no recall goes round', async () => {
  const { world } = its
  const policy = {
    scenarios: [
      { name: 'refill', words: ['refill'] },
      { name: 'complaint', words: ['complain'] },
    ],
  }
  value(await world.gate.setPolicy(world.owner, policy, null))
  const agentVersion = versionOf({ proposerId: world.agent.id, fingerprint: {} })
  const scenario = `${note.kind}/refill`
  await world.letEarn(SCOPE, 3)
  await world.store.transact<void, never>(world.workspaceId, async (tx) => {
    const key = { scope: SCOPE, scenario, agentId: world.agent.id }
    const first = firstStanding(key, agentVersion, 'autonomous', tx.now.getTime())
    await tx.trust.write({
      standings: [give(first, { level: 3, byId: world.owner.id, untilMs: null }, tx.now.getTime())],
    })
    return { ok: true, value: undefined }
  })
  const body = 'Wants a refill.'
  expect((await world.propose({ ...note, input: { contactId: '101', body } })).level?.inForce).toBe(3)
  const both = await world.propose({ ...note, input: { contactId: '101', body: `${body} Wants to complain.` } })
  expect(both.level?.inForce).toBe(2)
  const labelled = { ...note, input: { contactId: '101', body }, labels: { scenario: 'complaint' } }
  expect((await world.propose(labelled)).level?.inForce).toBe(2)
  const planned = await world.propose(
    later(world, { ...note, input: { contactId: '101', body }, labels: { scenario: 'refill' } }),
  )
  expect(planned.state).toBe('scheduled')
  expect(await world.sweepOnce(50)).toMatchObject({ done: 0 })
})

it('an agent cannot give itself, keep or hand back a level', async () => {
  const { world } = its
  for (const answer of [
    world.gate.setGrant(world.agent, SCOPE, 3, {}),
    world.gate.reclaimLevel(world.agent, { what: SCOPE }, null),
    world.gate.handBack(world.agent, { what: SCOPE }, null),
    world.gate.setStandingConsent(world.agent, 'crm_update', 3),
    world.gate.setStandingConsent(world.admin, 'crm_update', 3),
  ])
    expect(refusal(await answer).kind).toBe('not_permitted')
})

function later<T extends object>(world: World, proposal: T): T & { notBefore: Date } {
  return { ...proposal, notBefore: new Date(world.now().getTime() + HOUR) }
}

import { describe, expect, it, test } from 'vitest'
import { refusal, value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const DAY = 24 * 3_600_000
const SCOPE = 'crm_update.small'
const note = (body = 'Prefers mornings to afternoons.') => ({
  kind: 'hubspot.note.create',
  input: { contactId: '101', body },
})
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const NOTES = { kind: 'hubspot.note.create' }

const its = useWorld()

const set = async (document: object, only?: object) =>
  value(await its.world.gate.setPolicy(its.world.owner, document, null, only))
const gateOf = async (kind: string, name: string) => {
  const { cells } = value(await its.world.gate.explainTrust(its.world.owner, SCOPE))
  const own = cells.find(({ agentId, scenario }) => agentId === its.world.agent.id && scenario === kind)
  return own?.next?.gates.find((one) => one.name === name)
}

describe('a label', () => {
  test.each([
    ['into a trial', { category: 'audience' }],
    ['out of a trial', { category: 'crm_update' }],
  ])('leads nowhere %s, whatever the levels', async (_name, only) => {
    const { world } = its
    await world.letEarn(SCOPE, 3)
    await set({ blocked_words: ['555 0199'] })
    await set({ blocked_words: ['555 0177'] }, only)
    const before = await world.rowCounts()
    const given = { reason: 'x', ...update, labels: { category: 'audience' } }
    expect(refusal(await world.gate.proposeAction(world.agent, given, world.once()))).toMatchObject({
      kind: 'labels_loosen',
      label: 'category',
      says: expect.stringContaining('another version of the policy holds'),
    })
    expect(await world.rowCounts()).toEqual(before)
  })

  it('is free where the same version holds for both', async () => {
    const { world } = its
    await world.letEarn(SCOPE, 3)
    await set({ blocked_words: ['overdue'] }, { channel: 'crm' })
    expect(await world.propose({ ...update, labels: { category: 'audience' } })).toMatchObject({
      category: 'audience',
      policyVersion: 1,
    })
  })
})

it('what is like a scenario of the trial is that scenario', async () => {
  const { world } = its
  const scenarios = (name: string) => [{ name, words: ['mornings'] }]
  await set({ scenarios: scenarios('plain') })
  await set({ scenarios: scenarios('tried') }, NOTES)
  await world.propose(note())
  await world.propose({ ...update, input: { contactId: '101', phone: 'mornings' } })
  expect(await world.query('select scenario from actions order by id')).toEqual([
    { scenario: 'hubspot.note.create/tried' },
    { scenario: 'hubspot.contact.update/plain' },
  ])
})

it('a benchmark of the trial counts there: it is recorded, missed, and asked about', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const benchmarks = [{ category: 'crm_update', metric: 'replies', floor: 0.2, period: 'week' }]
  await set({})
  await set({ benchmarks, missed_benchmarks: {} }, NOTES)
  const done = await world.propose(note())
  expect(done.state).toBe('executed')
  world.pass(DAY)
  value(await world.gate.recordOutcomes(world.owner, done.id, [{ metric: 'replies', value: 0.1 }]))
  expect(await gateOf('hubspot.note.create', 'ceiling')).toMatchObject({ status: 'missing' })
  world.pass(7 * DAY)
  const again = await world.propose(note('In the evening'))
  expect(again.verdict?.reasons.map(({ rule }) => rule)).toEqual(['missed_benchmarks.replies'])
  const elsewhere = await world.propose(update)
  expect(elsewhere.verdict?.reasons).toEqual([])
})

const levelOf = async (kind: string) =>
  value(await its.world.gate.listGrants(its.world.owner)).find(
    ({ scope, scenario, agentId }) => scope === SCOPE && scenario === kind && agentId === its.world.agent.id,
  )?.level

/** Two weeks with a note and an update each; nobody answers as many as a benchmark wants, where one is set. */
async function twoPoorWeeks(measured: readonly string[]): Promise<void> {
  const { world } = its
  for (let week = 0; week < 2; week += 1) {
    const done = [await world.propose(note()), await world.propose(update)]
    world.pass(DAY)
    for (const { id } of done.filter(({ kind }) => measured.includes(kind.id)))
      value(await world.gate.recordOutcomes(world.owner, id, [{ metric: 'replies', value: 0.1 }]))
    world.pass(6 * DAY)
    await world.sweep()
  }
  await world.reviewTrust()
}

const replies = { benchmarks: [{ category: 'crm_update', metric: 'replies', floor: 0.2, period: 'week' }] }

test.each([
  ['only the trial has brings down what it holds for', {}, replies, 3, 4, [NOTES.kind]],
  ['only the policy in force has leaves alone what the trial holds for', replies, {}, 4, 3, [NOTES.kind, update.kind]],
])('a benchmark that %s', async (_name, inForce, onTrial, notes, updates, measured) => {
  await its.world.letEarn(SCOPE, 4)
  await set(inForce)
  await set(onTrial, NOTES)
  await twoPoorWeeks(measured)
  expect([await levelOf('hubspot.note.create'), await levelOf('hubspot.contact.update')]).toEqual([notes, updates])
  const told = await its.world.query(
    "select body -> 'lines' ->> 0 as line from notices where kind = 'benchmark_missed'",
  )
  expect(told).toHaveLength(1)
})

test.each([
  ['a version on trial elsewhere', { kind: 'hubspot.task.create' }],
  ['a version that waits for somebody', undefined],
])('outcomes that do not arrive are missed, whatever %s asks for', async (_name, only) => {
  const { world } = its
  const waits = only === undefined ? { policy_changes: { second_person: true } } : {}
  await world.letEarn(SCOPE, 4)
  await set({ ...replies, ...waits })
  await set(waits, only)
  await world.propose(note())
  world.pass(8 * DAY)
  await world.reviewTrust()
  expect(await levelOf('hubspot.note.create')).toBe(3)
})

it('outcomes are missed where a trial asks for them, from its beginning, and not where it does not hold', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  await set({})
  await world.propose(note())
  await world.propose(update)
  world.pass(9 * DAY)
  await set(replies, NOTES)
  await set({ blocked_words: ['free'] })
  await world.reviewTrust()
  expect([await levelOf('hubspot.note.create'), await levelOf('hubspot.contact.update')]).toEqual([4, 4])
  await world.propose(note())
  world.pass(8 * DAY)
  await world.reviewTrust()
  expect([await levelOf('hubspot.note.create'), await levelOf('hubspot.contact.update')]).toEqual([3, 4])
})

it('what a trial says is achieved today has to be beaten there, and is counted so', async () => {
  const { world } = its
  await set({ baselines: { crm_update: 0.85 } })
  await set({ baselines: { crm_update: 0.9 } }, NOTES)
  for (const one of [note(), update]) await world.approve(await world.propose(one))
  world.pass(2 * DAY)
  await world.sweep()
  const says = async (kind: string) => (await gateOf(kind, 'test'))?.says
  expect(await says('hubspot.note.create')).toContain('more than 90 % is acceptable')
  expect(await says('hubspot.contact.update')).toContain('more than 85 % is acceptable')
  expect(value(await world.gate.rebuildTrust(world.admin))).toMatchObject({ corrected: 0 })
})

it('what a trial says is alike gives its head start to the scope for which it holds as a whole', async () => {
  const { world } = its
  await world.letEarn('audience.small', 3)
  await world.propose({ kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101'] } })
  for (const one of [note(), update]) await world.approve(await world.propose(one))
  world.pass(2 * DAY)
  await world.sweep()
  const similar = { similar: [{ category: 'crm_update', from: 'audience', similarity: 0.9 }] }
  const headStart = async () => value(await world.gate.explainTrust(world.owner, SCOPE)).headStart
  await set({})
  await set(similar, NOTES)
  expect(await headStart()).toBeNull()
  await set(similar, { category: 'crm_update' })
  expect(await headStart()).toMatchObject({ from: 'audience' })
})

it('a budget of the trial is listed beside what is in force, where it says something else', async () => {
  const { world } = its
  await set({ budget: { day: { cap: 100 }, month: { cap: 900 } } })
  await set({ budget: { day: { cap: 200 }, month: { cap: 900 } } }, NOTES)
  const listed = value(await world.gate.listBudgets(world.owner))
  expect(listed.map(({ name, cap }) => [name, cap?.minor])).toEqual([
    ['the day’s budget', 100],
    ['the month’s budget', 900],
    ['the day’s budget, version 2 on trial', 200],
  ])
})

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

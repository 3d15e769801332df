import { expect, it, test } from 'vitest'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const DAY = 86_400_000
const SCOPE = 'crm_update.small'
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld()

const withBenchmark = async (world: World, floor = 0.2, ceilings: readonly string[] = []): Promise<void> => {
  const of = { category: 'crm_update' as const, period: 'week' as const }
  const benchmarks = [{ ...of, metric: 'replies', floor }, ...ceilings.map((metric) => ({ ...of, metric, ceiling: 1 }))]
  value(await world.gate.setPolicy(world.owner, { benchmarks }, 'What good looks like'))
}

const record = async (world: World, { id }: ActionView, given: number, measuredAt?: Date) =>
  await world.gate.recordOutcomes(world.owner, id, [
    { metric: 'replies', value: given, ...(measuredAt ? { measuredAt } : {}) },
  ])

/** One action a week for so many weeks, each with this outcome a day later. */
async function weeks(world: World, count: number, outcome: number | null): Promise<void> {
  for (let week = 0; week < count; week += 1) {
    const action = await world.propose(note)
    world.pass(DAY)
    if (outcome !== null) value(await record(world, action, outcome))
    world.pass(6 * DAY)
    await world.sweep()
  }
}

const gate = async (world: World, name: string) => {
  const { cells } = value(await world.gate.explainTrust(world.owner, SCOPE))
  const own = cells.find(({ agentId, scenario }) => agentId === world.agent.id && scenario === note.kind)
  return own?.next?.gates.find((one) => one.name === name)
}

const levels = async (world: World): Promise<ReadonlySet<number>> =>
  new Set(
    value(await world.gate.listGrants(world.owner)).flatMap((one) =>
      one.scope === SCOPE && one.agentId === world.agent.id ? [one.level] : [],
    ),
  )

const told = async (world: World) =>
  (await world.query("select body -> 'lines' ->> 0 as line from notices where kind = 'benchmark_missed'")).map(
    ({ line }) => line,
  )

it('an outcome is kept once; what is measured later takes its place', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  await withBenchmark(world)
  const action = await world.propose(note)
  world.pass(DAY)
  const at = world.now()
  const both = await Promise.all([record(world, action, 0.1, at), record(world, action, 0.1, at)])
  expect(both.map((one) => value(one).recorded).toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await gate(world, 'ceiling')).toMatchObject({ status: 'missing', says: expect.stringContaining('pause') })
  world.pass(DAY)
  expect(value(await record(world, action, 0.3)).recorded).toBe(1)
  expect(await gate(world, 'ceiling')).toMatchObject({ status: 'held' })
  expect(await gate(world, 'benchmarks')).toMatchObject({ status: 'held' })
  expect(await world.query("select from ledger_events where type = 'outcomes_recorded'")).toHaveLength(2)
})

test.each([
  ['an agent', 'agent', {}, 'not_permitted'],
  ['a viewer', 'viewer', {}, 'not_permitted'],
  ['a time before it ran', 'owner', { measuredAt: new Date(0) }, 'malformed'],
  ['a time that is not there yet', 'owner', { measuredAt: new Date('2099-01-01') }, 'malformed'],
  ['what no benchmark is about', 'owner', { metric: 'somebody_complained' }, 'malformed'],
] as const)('refuses %s', async (_name, who, more, kind) => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  await withBenchmark(world)
  const action = await world.propose(note)
  const given = [{ metric: 'replies', value: 1, ...more }]
  expect(refusal(await world.gate.recordOutcomes(world[who], action.id, given)).kind).toBe(kind)
  expect(await world.query('select from outcomes')).toEqual([])
})

it('refuses another value for the same moment whole, and the ledger says what was kept', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  await withBenchmark(world, 0.2, ['complaints'])
  const { id } = await world.propose(note)
  world.pass(DAY)
  const measuredAt = world.now()
  value(await world.gate.recordOutcomes(world.owner, id, [{ metric: 'replies', value: 0.1, measuredAt }]))
  const both = [
    { metric: 'replies', value: 0.9, measuredAt },
    { metric: 'complaints', value: 0, measuredAt },
  ]
  expect(refusal(await world.gate.recordOutcomes(world.owner, id, both))).toMatchObject({
    kind: 'malformed',
    problems: [{ path: 'outcomes.0.value' }],
  })
  const again = [{ metric: 'replies', value: 0.1, measuredAt }, ...both.slice(1)]
  expect(value(await world.gate.recordOutcomes(world.owner, id, again))).toEqual({ recorded: 1 })
  const told = await world.query(
    "select body::jsonb #> '{body,outcomes}' as outcomes from ledger_events where type = 'outcomes_recorded' order by id",
  )
  const at = measuredAt.toISOString()
  expect(told).toEqual([
    { outcomes: [{ metric: 'replies', value: 0.1, at }] },
    { outcomes: [{ metric: 'complaints', value: 0, at }] },
  ])
})

it('refuses what waits, and what was undone', async () => {
  const { world } = its
  const waiting = await world.propose(note)
  expect(refusal(await record(world, waiting, 1)).kind).toBe('not_now')
  const done = await world.approve(waiting)
  value(await world.gate.undoAction(world.owner, done.id, { despiteChanges: true }))
  expect(refusal(await record(world, done, 1)).kind).toBe('not_now')
})

it('missed in two periods in a row, what acts above level 3 comes down to it, and people are told how it comes back', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  await withBenchmark(world)
  await weeks(world, 1, 0.1)
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([4]))
  await weeks(world, 1, 0.1)
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([3]))
  expect(await told(world)).toHaveLength(1)
  expect((await told(world))[0]).toContain('A benchmark was missed in 2 periods in a row.')
  const count = (await told(world)).length
  await world.reviewTrust()
  expect(await told(world)).toHaveLength(count)
  // Met again, nothing pauses any more.
  await weeks(world, 1, 0.4)
  expect(await gate(world, 'ceiling')).toMatchObject({ status: 'held' })
})

it('outcomes that do not arrive for more than seven days bring it down too', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  await withBenchmark(world)
  await weeks(world, 1, null)
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([4]))
  world.pass(DAY)
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([3]))
  expect((await told(world))[0]).toContain('Outcomes take 8 days or more, or do not come')
  expect(await gate(world, 'benchmarks')).toMatchObject({ status: 'missing' })
})

it('without benchmarks nothing is asked of outcomes, and the dossier says so', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  expect(await gate(world, 'benchmarks')).toMatchObject({
    status: 'not_applicable_yet',
    says: 'No benchmarks are set for this yet.',
  })
  expect(await gate(world, 'kpi')).toMatchObject({ status: 'not_applicable_yet' })
  await withBenchmark(world)
  expect(await gate(world, 'kpi')).toMatchObject({
    status: 'missing',
    says: expect.stringContaining('not compared yet with'),
  })
})

it('what ran before a benchmark was set is not held against it; a metric that is left out is', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  await weeks(world, 3, null)
  await withBenchmark(world, 0.2, ['complaints'])
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([4]))
  await weeks(world, 1, 0.4)
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([4]))
  world.pass(DAY)
  await world.reviewTrust()
  expect(await levels(world)).toEqual(new Set([3]))
})

it('a grant that a benchmark ended is the same recomputed from the ledger', async () => {
  const { world } = its
  await withBenchmark(world)
  await world.propose(note)
  await world.giveInLedger(SCOPE, 4)
  const rows = async () => await world.query('select * from standings order by scope, scenario, agent_id')
  world.pass(9 * DAY)
  await world.query("update action_states set executed_at = $1, state = 'settled'", [
    new Date(world.now().getTime() - 8 * DAY).toISOString(),
  ])
  await world.reviewTrust()
  const before = await rows()
  expect(new Set(before.map(({ level }) => level))).toEqual(new Set([3]))
  await world.query('update standings set level = 5')
  expect(value(await world.gate.rebuildTrust(world.admin)).corrected).toBeGreaterThan(0)
  expect(await rows()).toEqual(before)
})

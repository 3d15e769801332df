import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openServer, queryOf } from '../../core/postgres/database.ts'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const contactIds = ['101', '102']
const add = { kind: 'hubspot.list.add', input: { listId: '12', contactIds } }
const remove = { kind: 'hubspot.list.remove', input: { listId: '12', contactIds } }
/** A budget of its own for each of the two, so that the order of the steps is the order of the budgets. */
const policy = {
  cost_per_person: { [add.kind]: 100, [remove.kind]: 100 },
  scopes: [
    { name: 'additions', when: { kind: add.kind }, budget: { month: { cap: 10_000 } } },
    { name: 'removals', when: { kind: remove.kind }, budget: { month: { cap: 10_000 } } },
  ],
}
const orders = [
  [add, remove],
  [remove, add],
]

const deadlocks = async ({ query }: World): Promise<number> => {
  const [row] = await query('select deadlocks::int as n from pg_stat_database where datname = current_database()')
  return Number(row?.['n'])
}
const propose = async (world: World, steps: readonly (typeof add)[]) =>
  value(await world.gate.proposePlan(world.agent, { title: 'Two', reason: 'Spring', steps }, world.once())).plan

describe('two plans whose steps are charged to the same budgets in opposite order', () => {
  const its = useWorld()
  let beside: Database
  beforeEach(() => {
    const { database } = its
    if (!('url' in database)) throw new Error('Races need a server')
    beside = openServer(String(database.url), { max: 2 })
  })
  afterEach(() => beside.close())

  /** Runs both while every budget row is held, which is let go when both wait for one. */
  async function together(world: World, work: readonly (() => Promise<unknown>)[]): Promise<void> {
    const started = await beside.drizzle.transaction(async (tx) => {
      await queryOf(tx)('select * from budgets where workspace_id = $1 for update', [world.workspaceId])
      const running = work.map((one) => one())
      const waiting = async () =>
        (await world.query("select pid from pg_locks where not granted and locktype in ('transactionid', 'tuple')"))
          .length
      while ((await waiting()) < work.length);
      return { running }
    })
    await Promise.all(started.running)
    await world.settled()
  }
  const held = async (world: World) =>
    await world.query(
      `select split_part("window", '/', 1) as scope, (reserved + committed)::int as used from budgets
       where workspace_id = $1 order by 1`,
      [world.workspaceId],
    )

  it('are proposed at once without a deadlock', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, policy, null))
    await propose(world, [add, remove])
    const before = await deadlocks(world)
    await together(
      world,
      orders.map((steps) => () => propose(world, steps)),
    )
    expect(await deadlocks(world)).toBe(before)
    expect((await held(world)).map(({ used }) => used)).toEqual([600, 600])
  })

  it('are approved at once without a deadlock, also where those budgets are newer than the plans', async () => {
    const { world } = its
    const plans = []
    for (const steps of orders) plans.push(await propose(world, steps))
    value(await world.gate.setPolicy(world.owner, policy, null))
    // What makes the budgets' rows.
    await propose(world, [add, remove])
    const before = await deadlocks(world)
    await together(
      world,
      plans.map(
        ({ id, payloadHash }) =>
          async () =>
            value(
              await world.gate.decidePlan(world.owner, id, { decision: 'approve', payloadHash: payloadHash ?? '' }),
            ),
      ),
    )
    await world.sweep()
    expect(await deadlocks(world)).toBe(before)
    for (const { id } of plans) expect(value(await world.gate.getPlan(world.owner, id)).state).toBe('executed')
    expect((await held(world)).map(({ used }) => used)).toEqual([600, 600])
  })
})

import { describe, expect, it, test } from 'vitest'
import { embeddedDatabase, serverDatabase } from '../support/databases.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, refusal, value, type World } from '../support/world.ts'

const PRICE = 1_000
const update = (n: number) => ({
  kind: 'hubspot.contact.update',
  input: { contactId: '101', phone: `+1 555 ${String(n).padStart(4, '0')}` },
  reason: 'Recall season',
})
const priced = (limits: object) => ({ cost_per_person: { 'hubspot.contact.update': PRICE }, budget: { day: limits } })
const TODAY = 'day:2026-03-04'

/** What the server was asked outside transactions, and whether it answered: how proposals went. */
function listen(open: typeof serverDatabase | typeof embeddedDatabase) {
  const went: { readonly statement: string; readonly ok: boolean }[] = []
  return {
    went,
    open: async () => {
      const database = await open()
      const run: typeof database.run = async (text, values) => {
        const answer = database.run(text, values)
        const statement = /tenure_\w+/.exec(text)?.[0] ?? text
        await answer.then(
          () => went.push({ statement, ok: true }),
          () => went.push({ statement, ok: false }),
        )
        return await answer
      }
      const { drizzle } = database
      const counted = {
        execute: drizzle.execute.bind(drizzle),
        transaction: (...args: Parameters<typeof drizzle.transaction>) => {
          went.push({ statement: 'transaction', ok: true })
          return drizzle.transaction(...args)
        },
      }
      // safe: the same two methods
      return { ...database, run, drizzle: counted as unknown as typeof drizzle }
    },
  }
}

const propose = (world: World, n: number, key = `key-${n}`) =>
  world.gate.proposeAction(world.agent, update(n), { key, bodyDigest: `body-${n}` })
const states = (answers: readonly Awaited<ReturnType<typeof propose>>[]) =>
  answers.map((answer) => (answer.ok ? answer.value.action.state : answer.error.kind)).toSorted()

describe.each([
  ['on a server', serverDatabase],
  ['on the embedded database', embeddedDatabase],
])('proposals %s', (_name, open) => {
  const { went, open: listened } = listen(open)
  const its = useWorld({ policy: priced({ cap: 1_000 * PRICE }) }, listened)

  /** The first goes the long way, and from then on everything is known. */
  async function known(): Promise<World> {
    const { world } = its
    value(await propose(world, 0))
    await world.settled()
    went.length = 0
    return world
  }

  it('take one round trip once the configuration is known, and write the same rows', async () => {
    const world = await known()
    const long = await world.rowCounts()
    const { action } = value(await propose(world, 1))
    expect(went).toEqual([{ statement: 'tenure_propose', ok: true }])
    expect(await world.rowCounts()).toEqual({
      ...long,
      actions: 2,
      action_states: 2,
      payloads: 2,
      ledger_events: (long['ledger_events'] ?? 0) + 1,
      jobs: (long['jobs'] ?? 0) + 1,
    })
    expect(await world.budget(TODAY)).toEqual({ reserved: 2 * PRICE, committed: 0 })
    expect(await world.events(action.id)).toEqual(['proposed'])
    expect(value(await world.gate.getAction(world.owner, action.id))).toEqual(action)
    const [one, other] = await world.query('select * from action_states order by action_id')
    expect({ ...other, action_id: '' }).toEqual({ ...one, action_id: '' })
  })

  it('that arrive together are written together, each once', async () => {
    const world = await known()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => propose(world, n + 1)))
    expect(new Set(states(answers))).toEqual(new Set(['awaiting_approval']))
    expect(went.length).toBeLessThan(40)
    expect(await world.budget(TODAY)).toEqual({ reserved: 41 * PRICE, committed: 0 })
    const [row] = await world.query('select count(*)::int as n from action_states')
    expect(row).toEqual({ n: 41 })
  })

  it('with one key at once are one action, and the others are its repeats', async () => {
    const world = await known()
    const answers = await Promise.all(Array.from({ length: 20 }, () => propose(world, 1, 'the-same')))
    const actions = answers.map((answer) => value(answer))
    expect(new Set(actions.map(({ action }) => action.id)).size).toBe(1)
    expect(actions.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await world.budget(TODAY)).toEqual({ reserved: 2 * PRICE, committed: 0 })
    const other = await Promise.all([propose(world, 2, 'the-same'), propose(world, 3, 'another')])
    expect(states(other)).toEqual(['awaiting_approval', 'idempotency_conflict'])
  })

  it('of several workspaces share a transaction, and each is written where it belongs', async () => {
    const world = await known()
    const clients = [
      await createWorld(its.database, { operator: world }),
      await createWorld(its.database, { operator: world }),
    ]
    went.length = 0
    const proposals = [world, ...clients, ...clients].map(({ agent }, n) =>
      world.gate.proposeAction(agent, update(n + 1), { key: `shared-${n}`, bodyDigest: `shared-${n}` }),
    )
    expect(states(await Promise.all(proposals))).toEqual(Array.from({ length: 5 }, () => 'awaiting_approval'))
    // The first alone; the others, whose workspaces are not known yet, in one transaction.
    expect(went).toEqual([
      { statement: 'tenure_propose', ok: true },
      { statement: 'transaction', ok: true },
    ])
    const rows = await world.query('select workspace_id, count(*)::int as n from action_states group by 1')
    expect(new Map(rows.map((row) => [row['workspace_id'], row['n']]))).toEqual(
      new Map([world, ...clients].map(({ workspaceId }) => [workspaceId, 2])),
    )
    for (const client of clients) await client.close()
  })

  it('of a workspace that has not heard of a stop of everything are refused, also beside one that has', async () => {
    const world = await known()
    const [heard, unheard] = [
      await createWorld(its.database, { operator: world }),
      await createWorld(its.database, { operator: world }),
    ]
    const propose = (by: World, n: number) =>
      world.gate.proposeAction(by.agent, update(n), { key: `stop-${n}`, bodyDigest: `stop-${n}` })
    expect(states([await propose(heard, 1), await propose(unheard, 2)])).toEqual([
      'awaiting_approval',
      'awaiting_approval',
    ])
    value(await world.gate.stop(world.owner, { kind: 'all' }, 'Everything'))
    expect(states([await propose(heard, 3)])).toEqual(['stopped'])
    // The first alone, the other two in one batch.
    expect(states(await Promise.all([propose(world, 4), propose(unheard, 5), propose(heard, 6)]))).toEqual([
      'stopped',
      'stopped',
      'stopped',
    ])
    value(await world.gate.resume(world.owner, 'every', null))
    for (const client of [heard, unheard]) await client.close()
  })

  it('a refused one leaves the others of its batch alone, and writes nothing', async () => {
    const world = await known()
    const bad = world.gate.proposeAction(
      world.agent,
      { ...update(1), connection: 'nobody’s' },
      { key: 'bad', bodyDigest: 'bad' },
    )
    const answers = await Promise.all([propose(world, 2), bad, propose(world, 3)])
    expect(states(answers)).toEqual(['awaiting_approval', 'awaiting_approval', 'unknown_connection'])
    expect(await world.budget(TODAY)).toEqual({ reserved: 3 * PRICE, committed: 0 })
  })

  test.each([
    ['a stop', (world: World) => world.gate.stop(world.owner, { kind: 'workspace' }, null), 'stopped'],
    [
      'another policy',
      (world: World) => world.gate.setPolicy(world.owner, { kinds: { deny: ['hubspot.*'] } }, null),
      'blocked',
    ],
    ['a grant', (world: World) => world.gate.setGrant(world.owner, 'crm_update.small', 1, {}), 'observed'],
    ['a disabled agent', (world: World) => world.gate.disableAgent(world.owner, world.agent.id), 'not_permitted'],
  ])('%s of another process counts at once, although this one knew better', async (_of, change, expected) => {
    const world = await known()
    expect(await change(world)).toMatchObject({ ok: true })
    went.length = 0
    expect(states([await propose(world, 1)])).toEqual([expected])
    expect(went[0]).toEqual({ statement: 'tenure_propose', ok: false })
  })

  it('the budget passes its cap by no cent, whichever way they go', async () => {
    const world = await known()
    value(await world.gate.setPolicy(world.owner, priced({ ask_above: 5 * PRICE, cap: 10 * PRICE }), null))
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => propose(world, n + 1)))
    expect(states(answers).filter((state) => state === 'awaiting_approval')).toHaveLength(9)
    expect(states(answers).filter((state) => state === 'blocked')).toHaveLength(21)
    expect(await world.budget(TODAY)).toEqual({ reserved: 10 * PRICE, committed: 0 })
    expect(went.some(({ ok }) => !ok)).toBe(true)
  })

  it('of more than the rate allows the first ones pass, and the refused ones are told when', async () => {
    const world = await known()
    const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => propose(world, n + 1)))
    const refused = answers.filter((answer) => !answer.ok)
    expect(refused).toHaveLength(21)
    for (const answer of refused) expect(refusal(answer)).toEqual({ kind: 'rate_limited', retryAfterMs: 100 })
  })

  it('a failure that one of a batch causes is that one’s alone', async () => {
    const world = await known()
    // What no check above the database lets through: a text that Postgres cannot store.
    const broken = world.gate.proposeAction(
      world.agent,
      { ...update(1), reason: 'a\u0000b' },
      { key: 'broken', bodyDigest: 'broken' },
    )
    const answers = await Promise.allSettled([propose(world, 2), broken, propose(world, 3)])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await world.budget(TODAY)).toEqual({ reserved: 3 * PRICE, committed: 0 })
  })
})

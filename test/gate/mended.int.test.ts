import { describe, expect, it } from 'vitest'
import { createGate } from '../../core/gate/create-gate.ts'
import type { DueItem } from '../../core/ports/store.ts'
import { START, value } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const SECOND = 1000
const HOUR = 3_600_000
const isWrite = (method: string, path: string): boolean => method !== 'GET' && !/search|batch\/read/.test(path)
const create = (n: number) => ({
  kind: 'hubspot.contact.create',
  input: { email: `mended-${n}@example.com`, firstName: 'New' },
})

describe('what was mended once', () => {
  const its = useWorld()

  it('a stage that was half set comes back to before it, not to its own half', async () => {
    const { world } = its
    const contact = world.hubspot.state.contacts['103']
    if (!contact) throw new Error('The seed has it')
    contact.properties['lifecyclestage'] = 'customer'
    // Going back takes a request that clears the stage and one that sets it: the first counts, the second is lost.
    const writes = (): number => world.hubspot.script.log.filter(({ method }) => method === 'PATCH').length
    world.hubspot.script.queue({ match: (method) => method === 'PATCH' && writes() === 1, fault: 'lost_before' })
    const action = await world.approve(
      await world.propose({ kind: 'hubspot.contact.set_stage', input: { contactId: '103', stage: 'lead' } }),
    )
    expect(action.state).toBe('ready')
    expect(contact.properties['lifecyclestage']).not.toBe('customer')
    world.pass(SECOND)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
    expect(contact.properties['lifecyclestage']).toBe('lead')
    expect(value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false })).state).toBe('undone')
    expect(contact.properties['lifecyclestage']).toBe('customer')
  })

  it('one item that throws does not keep the sweep from the others, and is tried again', async () => {
    const { world } = its
    const at = new Date(START.getTime() + HOUR)
    const actions = []
    for (let n = 0; n < 9; n += 1)
      actions.push(await world.approve(await world.propose({ ...create(n), notBefore: at })))
    world.pass(HOUR)
    const broken = actions[3]?.id
    const { store } = world.context
    const failing: typeof store = {
      ...store,
      transact: (workspaceId, work) =>
        store.transact(workspaceId, (tx) =>
          work({
            ...tx,
            loadAction: (id) => (id === broken ? Promise.reject(new Error('Broken')) : tx.loadAction(id)),
          }),
        ),
    }
    const { sweep } = createGate({ ...world.context, store: failing })
    const swept = await sweep(50)
    expect(swept.done).toBe(8)
    expect(swept.failed.map(({ item }: { item: DueItem }) => item.actionId)).toEqual([broken])
    expect(Object.keys(world.hubspot.script.effects)).toHaveLength(8)
    world.pass(120 * SECOND)
    await world.sweep()
    expect(Object.keys(world.hubspot.script.effects)).toHaveLength(9)
  })

  it('items of one sweep do not wait for each other', async () => {
    const { world } = its
    const at = new Date(START.getTime() + HOUR)
    for (let n = 0; n < 4; n += 1) await world.approve(await world.propose({ ...create(n), notBefore: at }))
    world.pass(HOUR)
    world.hubspot.script.queue({ match: isWrite, fault: 'slow', times: 4 })
    const sweeping = world.sweepOnce(50)
    const held = () => world.hubspot.script.log.filter(({ method, path }) => isWrite(method, path)).length
    await expect.poll(held, { timeout: 30_000 }).toBe(4)
    world.hubspot.script.release()
    expect(await sweeping).toEqual({ done: 4, failed: [] })
  })

  it('the waits after leases that lapsed grow from attempt to attempt', async () => {
    const { world } = its
    const action = await world.propose({
      kind: 'hubspot.contact.update',
      input: { contactId: '103', phone: '+1 555 0199' },
      notBefore: new Date(START.getTime() + HOUR),
    })
    await world.approve(action)
    world.pass(HOUR)
    // A process that dies in its call, again and again.
    const { kinds } = world.context
    const dying = createGate({
      ...world.context,
      kinds: {
        ...kinds,
        get: (id) => {
          const kind = kinds.get(id)
          return kind && { ...kind, run: () => Promise.reject(new Error('Died')) }
        },
      },
    })
    const waits: number[] = []
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect((await dying.sweep(50)).failed).toHaveLength(1)
      world.pass(120 * SECOND)
      await world.sweepOnce(50)
      const { state, run_at: runAt } = await world.stateRow(action.id)
      expect(state).toBe('ready')
      const wait = (runAt as Date).getTime() - world.now().getTime()
      waits.push(wait)
      world.pass(wait)
    }
    expect(waits).toEqual([1, 2, 4, 8].map((seconds) => seconds * SECOND))
  })

  it('a proposal that rolled back has still used its rate token', async () => {
    const { world } = its
    const refused = { kind: 'hubspot.contact.create', input: create(1).input, reason: 'No', supersedes: 'act_none' }
    for (let n = 0; n < 100; n += 1) {
      // safe: no such action is there, which is what is tried
      const answer = await world.gate.proposeAction(world.agent, refused as never, world.once())
      expect(answer.ok ? null : answer.error.kind).toBe('not_found')
    }
    const next = await world.gate.proposeAction(world.agent, { ...create(2), reason: 'Yes' }, world.once())
    expect(next.ok ? null : next.error).toMatchObject({ kind: 'rate_limited' })
    expect(await world.query('select 1 from actions')).toEqual([])
  })

  it('a resume finds what its agent had in flight beyond the first page', async () => {
    const { world } = its
    const action = await world.approve(
      await world.propose({ ...create(0), notBefore: new Date(START.getTime() + HOUR) }),
    )
    // 250 more of the same, newer: what is oldest comes last.
    for (const table of ['actions', 'payloads', 'action_states']) {
      const columns = await world.query(
        `select string_agg('"' || column_name || '"', ', ') as names from information_schema.columns
         where table_schema = 'public' and table_name = $1`,
        [table],
      )
      const names = String(columns[0]?.['names'])
      const id = table === 'actions' ? 'id' : 'action_id'
      const values = names
        .replace(`"${id}"`, `'act_zz' || lpad(n::text, 24, '0')`)
        .replace('"idempotency_key"', `'copy-' || n`)
      await world.query(
        `insert into ${table} (${names}) select ${values} from ${table}, generate_series(1, 250) n where "${id}" = $1`,
        [action.id],
      )
    }
    await world.query(
      `insert into ledger_events (workspace_id, subject, subject_version, type, at, body, digest)
       select workspace_id, 'act_zz' || lpad(n::text, 24, '0'), subject_version, type, at, body, digest
       from ledger_events, generate_series(1, 250) n where subject = $1`,
      [action.id],
    )
    value(await world.gate.stop(world.owner, { kind: 'agent', value: world.agent.id }, 'Wait'))
    value(await world.gate.resume(world.owner, 'every', null))
    expect(await world.query('select state, count(*)::int as n from action_states group by 1')).toEqual([
      { state: 'awaiting_approval', n: 251 },
    ])
  })
})

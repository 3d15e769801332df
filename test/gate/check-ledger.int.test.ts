import { expect, it } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { value, type World } from '../support/world.ts'

const DAY = 86_400_000
const SCOPE = 'crm_update.small'
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld()

const auditGate = async (world: World) => {
  const { cells } = value(await world.gate.explainTrust(world.owner, SCOPE))
  const own = cells.find(({ agentId, scenario }) => agentId === world.agent.id && scenario === note.kind)
  return own?.next?.gates.find(({ name }) => name === 'audit_log')
}

const checks = async (world: World): Promise<number> =>
  (await world.query("select from ledger_events where type = 'ledger_checked'")).length

const told = async (world: World) =>
  await world.query(
    "select body ->> 'title' as title, body -> 'lines' as lines from notices where kind = 'ledger_changed'",
  )

it('below level 4 nothing is recomputed', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  await world.reviewAll()
  expect(await checks(world)).toBe(0)
  expect(await auditGate(world)).toMatchObject({ status: 'held', says: 'The record of actions is complete.' })
})

it('at level 4 the record is recomputed once a day, and counts as verified for two', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  await world.propose(note)
  await world.sealLedger()
  expect(await auditGate(world)).toMatchObject({ status: 'missing' })
  await world.reviewAll()
  await world.reviewAll()
  expect(await checks(world)).toBe(1)
  expect(await auditGate(world)).toMatchObject({
    status: 'held',
    says: 'The record of actions is complete and verified.',
  })
  world.pass(2 * DAY + 1)
  expect(await auditGate(world)).toMatchObject({ status: 'missing' })
  await world.reviewAll()
  expect(await checks(world)).toBe(2)
  expect(await auditGate(world)).toMatchObject({ status: 'held' })
  expect(await told(world)).toEqual([])
})

it('a record that was changed stands in the way, and people are told what and once', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const { id } = await world.propose(note)
  await world.sealLedger()
  await world.query('alter table ledger_events disable trigger append_only')
  await world.query("update ledger_events set body = replace(body, 'executed', 'undone') where subject = $1", [id])
  await world.query('alter table ledger_events enable trigger append_only')
  await world.reviewAll()
  expect(await auditGate(world)).toMatchObject({
    status: 'missing',
    says: 'The record of actions has gaps, or was changed.',
  })
  world.pass(DAY)
  await world.reviewAll()
  expect(await told(world)).toEqual([
    {
      title: 'The record of actions is not what was written',
      lines: expect.arrayContaining([expect.stringContaining(`Changed event: ${id} version`)]),
    },
  ])
})

it('is looked at again, also below level 4, until what was found is cleared up', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const { id } = await world.propose(note)
  await world.sealLedger()
  const change = async (from: string, to: string): Promise<void> => {
    await world.query('alter table ledger_events disable trigger append_only')
    await world.query('update ledger_events set body = replace(body, $2, $3) where subject = $1', [id, from, to])
    await world.query('alter table ledger_events enable trigger append_only')
  }
  await change('"executed"', '"undone"')
  await world.reviewAll()
  await change('"undone"', '"executed"')
  await world.letEarn(SCOPE, 3)
  world.pass(DAY)
  await world.reviewAll()
  expect(await checks(world)).toBe(2)
  expect(await auditGate(world)).toMatchObject({ status: 'held' })
})

it('two processes that look at once keep one result', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  await world.propose(note)
  await world.sealLedger()
  await Promise.all([world.reviewAll(), world.reviewAll()])
  expect(await checks(world)).toBe(1)
})

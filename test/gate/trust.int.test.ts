import { expect, it } from 'vitest'
import { countDecision as countEvent } from '../../core/domain/trust/counted-decision.ts'
import { addDecision, NO_SUMS, scoreSums } from '../../core/domain/trust/day-sums.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { scoreOf } from '../../core/domain/trust/score.ts'
import { settleAction } from '../../core/gate/settle-action.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { trustRows } from '../support/trust-rows.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const DAY = 24 * 3_600_000
const SCOPE = 'crm_update.small'
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld({ forgetsRejections: true })

const rejecting = (action: ActionView) => ({
  actionId: action.id,
  decision: 'reject' as const,
  payloadHash: action.payloadHash ?? '',
  reason: 'Not now',
})

/** What the pure core makes of the same events. */
const scoreOfEvents = (events: readonly DecisionEvent[]): number =>
  scoreOf(scoreSums(events.map(countEvent).reduce(addDecision, NO_SUMS)), { kind: 'not_applicable' }).shown

const clean: DecisionEvent = {
  kind: 'approved',
  edit: { distance: 0, emptied: false },
  confidence: 0.5,
  tooFast: false,
}

const counted = async (world: World, action: ActionView) => {
  const rows = await world.query(
    `select type, body::jsonb -> 'body' -> 'trust' as trust from ledger_events where subject = $1
     and body::jsonb -> 'body' ? 'trust'`,
    [action.id],
  )
  return rows.map(({ type, trust }) => ({ type, trust }))
}

it('counts approvals when their window closes, and scores them as the pure core does', async () => {
  const { world } = its
  for (let at = 0; at < 10; at += 1) await world.approve(await world.propose(note))
  expect((await trustRows(world)).cells).toEqual([])
  world.pass(DAY)
  await world.sweep()
  const [scope] = value(await world.gate.listTrust(world.owner))
  expect(scope).toMatchObject({ scope: SCOPE, decisions: 10, rejections: 0, stale: false, lastDay: '2026-03-04' })
  const details = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(details.exactScore).toBeCloseTo(scoreOfEvents(Array.from({ length: 10 }, () => clean)), 9)
  expect(details.cells).toMatchObject([{ decisions: 10, cycles: 10, correct: 10, correctActions: 0, level: 2 }])
  expect(details.contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(details.exactScore, 9)
})

it('a rejection, a rewrite, a revision and an undo each fall into their row, once', async () => {
  const { world } = its
  const { gate, owner } = world
  const rejected = await world.propose(note)
  value(await gate.decideAction(owner, { ...rejecting(rejected), severity: 'minor' }))
  expect(await counted(world, rejected)).toMatchObject([
    { type: 'rejected', trust: { version: 1, event: { kind: 'rejected', severity: 'minor' }, ran_at: null } },
  ])

  const rewritten = await world.propose(note)
  const input = { contactId: '101', body: 'Never call before the evening, and ask for Jo at the front desk instead' }
  value(await gate.decideAction(owner, { ...rejecting(rewritten), decision: 'edit', input }))
  await world.settled()

  const undone = await world.approve(await world.propose(update))
  value(await gate.undoAction(owner, undone.id, { despiteChanges: false }))
  expect(await counted(world, undone)).toMatchObject([
    { type: 'undone', trust: { version: 1, event: { kind: 'reversed', severity: null } } },
  ])

  const old = await world.propose(note)
  value(await gate.decideAction(owner, { ...rejecting(old), decision: 'revise', reason: 'Shorter' }))
  expect(await counted(world, old)).toEqual([])
  await world.propose({ ...note, input: { ...note.input, body: 'Prefers mornings.' }, supersedes: old.id })
  expect(await counted(world, old)).toMatchObject([
    { type: 'superseded', trust: { version: 2, event: { kind: 'revised', edit: { distance: 200_000 } } } },
  ])

  world.pass(DAY)
  await world.sweep()
  expect(await counted(world, rewritten)).toMatchObject([
    { type: 'settled', trust: { version: 3, event: { kind: 'approved', edit: { emptied: false } } } },
  ])
  const details = value(await gate.explainTrust(owner, SCOPE))
  expect(details).toMatchObject({ decisions: 4, rejections: 3 })
  expect(details.cells).toMatchObject([
    { scenario: update.kind, decisions: 1, cycles: 1, correct: 0 },
    { scenario: note.kind, decisions: 3, cycles: 3, correct: 0 },
  ])
})

it('an approval in Slack right after another, too fast to have been read, is no evidence', async () => {
  const { world } = its
  const slack = { ...world.owner, via: 'slack' as const }
  const body = Array.from({ length: 60 }, () => 'word').join(' ')
  const long = { ...note, input: { contactId: '101', body } }
  const [first, second] = [await world.propose(long), await world.propose(long)]
  world.pass(60_000)
  await world.approve(first, slack)
  world.pass(1_000)
  await world.approve(second, slack)
  world.pass(DAY)
  await world.sweep()
  expect(await counted(world, first)).toMatchObject([{ trust: { event: { too_fast: false } } }])
  expect(await counted(world, second)).toMatchObject([{ trust: { event: { too_fast: true } } }])
  const { cells } = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(cells).toMatchObject([{ decisions: 2, cycles: 1, correct: 1 }])
})

it('what ran by itself counts for little unseen, more when a person looked, and against it when stopped', async () => {
  const { world } = its
  const { gate, owner } = world
  await world.letEarn(SCOPE, 3)
  const [unseen, seen, undone] = [await world.propose(update), await world.propose(update), await world.propose(update)]
  expect(unseen.state).toBe('executed')
  value(await gate.decideAction(owner, { ...rejecting(seen), decision: 'confirm' }))
  value(await gate.undoAction(owner, undone.id, { despiteChanges: true }))
  world.pass(DAY)
  await world.sweep()
  expect(await counted(world, undone)).toMatchObject([{ trust: { ran_at: 3, event: { kind: 'undone' } } }])
  expect(await counted(world, unseen)).toMatchObject([{ trust: { ran_at: 3, event: { kind: 'unseen' } } }])
  expect(await counted(world, seen)).toMatchObject([{ trust: { ran_at: 3, event: { kind: 'seen' } } }])
  const { cells } = value(await gate.explainTrust(owner, SCOPE))
  expect(cells.filter(({ decisions }) => decisions > 0)).toMatchObject([
    { decisions: 3, cycles: 2, correctActions: 1, level: 3 },
  ])
})

it('what members propose, what is outside, cancelled or a dry run does not count', async () => {
  const { world } = its
  const { gate, owner, approver } = world
  const own = await world.propose(note, approver)
  value(await gate.decideAction(owner, rejecting(own)))
  value(await gate.decideAction(owner, { ...rejecting(await world.propose(note)), outside: true }))
  const cancelled = await world.propose(note)
  value(await gate.decideAction(owner, { ...rejecting(cancelled), decision: 'cancel' }))
  const once = world.once()
  value(await gate.proposeAction(world.agent, { reason: 'x', ...note, dryRun: true }, once))
  expect(await trustRows(world)).toEqual({ cells: [], days: [], scopes: [], standings: [] })
})

it('a decision that is made again counts once', async () => {
  const { world } = its
  const action = await world.propose(note)
  const request = rejecting(action)
  const [first, second] = await Promise.all([
    world.gate.decideAction(world.owner, request),
    world.gate.decideAction(world.owner, request),
  ])
  expect([first, second].filter(({ ok }) => ok)).toHaveLength(1)
  expect(refusal(await world.gate.decideAction(world.owner, request)).kind).toBe('already_decided')
  expect((await trustRows(world)).cells).toMatchObject([{ version: 1 }])
})

it('of decisions of one cell at once none is lost', async () => {
  const { world } = its
  const actions = await Promise.all(Array.from({ length: 8 }, () => world.propose(note)))
  for (const result of await Promise.all(
    actions.map((action) => world.gate.decideAction(world.owner, rejecting(action))),
  ))
    value(result)
  const versions = await Promise.all(actions.map((action) => counted(world, action)))
  expect(
    versions
      .flat()
      .map(({ trust }) => trust)
      .map((trust) => (trust as { version: number }).version)
      .toSorted((a, b) => a - b),
  ).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect((await trustRows(world)).days).toMatchObject([{ decisions: '8', rejections: '8' }])
})

it('a move that is rolled back counts nothing, and counts when it is made', async () => {
  const { world } = its
  const action = await world.approve(await world.propose(note))
  world.pass(DAY)
  const failing = {
    ...world.context,
    store: {
      ...world.store,
      transact: (async (workspaceId, work) =>
        await world.store.transact(workspaceId, async (tx) => {
          await work(tx)
          throw new Error('The process died before its commit')
        })) as typeof world.store.transact,
    },
  }
  await expect(settleAction(failing, world.workspaceId, action.id)).rejects.toThrow('died')
  expect(await trustRows(world)).toEqual({ cells: [], days: [], scopes: [], standings: [] })
  await world.sweep()
  expect((await trustRows(world)).cells).toMatchObject([{ version: 1 }])
})

it('writes at most two row versions a counted decision, but where a scope changes', async () => {
  const { world } = its
  await world.query(`create table written (name text)`)
  await world.query(`create function note_written() returns trigger language plpgsql security definer as
    $$ begin insert into written values (tg_table_name); return null; end $$`)
  for (const table of ['trust_cells', 'trust_days', 'trust_scopes'])
    await world.query(
      `create trigger written after insert or update on ${table} for each row execute function note_written()`,
    )
  const versions: string[][] = []
  for (let at = 0; at < 4; at += 1) {
    await world.query('delete from written')
    value(await world.gate.decideAction(world.owner, rejecting(await world.propose(note))))
    versions.push((await world.query('select name from written order by 1')).map(({ name }) => String(name)))
  }
  await world.query('drop function note_written cascade')
  await world.query('drop table written')
  const usual = ['trust_cells', 'trust_days']
  expect(versions).toEqual([[...usual, 'trust_scopes'], usual, usual, usual])
})

it('another wording keeps the cell and weighs what was before it less; another model starts a new one', async () => {
  const { world } = its
  const decide = async (fingerprint: Record<string, string>) => {
    const action = await world.propose({ ...note, fingerprint })
    value(await world.gate.decideAction(world.owner, { ...rejecting(action), severity: 'preference' }))
    world.pass(1)
  }
  await decide({ model: 'a', prompt: 'recall@1' })
  await decide({ model: 'a', prompt: 'recall@2' })
  await decide({ model: 'b', prompt: 'recall@2' })
  const { cells, days } = await trustRows(world)
  expect(cells.map((cell) => `${String(cell['version'])} ${String(cell['wording_changes'])}`).toSorted()).toEqual([
    '1 0',
    '2 1',
  ])
  expect(days).toHaveLength(3)
  const { contributions } = value(await world.gate.explainTrust(world.owner, SCOPE))
  const b = 0.5 * 0.75 + 0.5 + 1
  const expected = scoreOf(
    { approvals: 0, rejections: b, editQuality: 0, timeConfidence: 0, severity: 0.25 * b },
    { kind: 'not_applicable' },
  )
  expect(contributions.map(({ points }) => points)).toEqual(expected.contributions.map(({ points }) => points))
})

it('names the decisions that moved a score most, the newest ones, and how people decide', async () => {
  const { world } = its
  for (let at = 0; at < 4; at += 1) await world.approve(await world.propose(note))
  const bad = await world.propose(update)
  value(await world.gate.decideAction(world.owner, rejecting(bad)))
  world.pass(DAY)
  await world.sweep()
  const details = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(details.influential).toHaveLength(3)
  expect(details.influential[0]).toMatchObject({ actionId: bad.id, says: 'rejected (major)' })
  expect(details.influential[0]?.points).toBeLessThan(0)
  expect(details.history.map(({ says }) => says).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'approved as it was'),
    'rejected (major)',
  ])
  expect(details.reviewers).toMatchObject([{ memberId: world.owner.id, approvals: 4, tooFast: 0, isTheatre: false }])
  const [cell] = details.cells.filter(({ scenario }) => scenario === note.kind)
  const gates = new Map(cell?.next?.gates.map(({ name, status }) => [name, status]))
  expect([gates.get('ceiling'), gates.get('theatre'), gates.get('benchmarks'), gates.get('cycles')]).toEqual([
    'held',
    'held',
    'not_applicable_yet',
    'missing',
  ])
})

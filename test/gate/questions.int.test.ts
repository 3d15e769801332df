import { expect, it } from 'vitest'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SCOPE = 'crm_update.small'
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const question = { about: 'people' as const, says: 'Two contacts have this name. Is it the right one?' }

const its = useWorld({ forgetsRejections: true })

const say = async (world: World, { id, payloadHash }: ActionView, decision: 'right_to_ask' | 'no_need_to_ask') =>
  await world.gate.decideAction(world.owner, { actionId: id, decision, payloadHash: payloadHash ?? '' })

/** What is kept of the cell of one kind. */
async function cell(world: World, kind = note.kind) {
  const [row] = await world.query(
    "select state -> 'cell' as cell from trust_cells where scenario = $1 and agent_id = $2",
    [kind, world.agent.id],
  )
  // safe: the state of a cell
  return row?.['cell'] as { edgeCases: unknown; sensitive: string; lastOverrides: readonly (string | null)[] }
}

const passWindow = async (world: World): Promise<void> => {
  world.pass(DAY + HOUR)
  await world.sweep()
}

it('an agent may ask a person at any level, in its own words', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const asked = await world.propose({ ...note, question })
  expect(asked).toMatchObject({
    state: 'awaiting_approval',
    level: { inForce: 3 },
    asked: { by: 'agent', question },
    verdict: {
      outcome: 'ask',
      reasons: [
        { rule: 'agent_question', text: 'The agent asks: “Two contacts have this name. Is it the right one?”' },
      ],
    },
  })
  expect(await world.propose(note)).toMatchObject({ state: 'executed', asked: null })
  expect((await world.approve(asked)).state).toBe('executed')
})

it.each([
  ['right_to_ask', { warranted: 1, unwarranted: 0, missed: 0, kinds: ['agent_question'] }],
  ['no_need_to_ask', { warranted: 0, unwarranted: 1, missed: 0, kinds: ['agent_question'] }],
] as const)('%s is counted when the window closes, and the agent is told', async (mark, edgeCases) => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const done = await world.approve(await world.propose({ ...note, question }))
  value(await say(world, done, mark === 'right_to_ask' ? 'no_need_to_ask' : 'right_to_ask'))
  // The newest counts, and a second press of it changes nothing.
  value(await say(world, done, mark))
  value(await say(world, done, mark))
  expect((await world.get(done.id)).decisions.map(({ decision }) => decision)).toHaveLength(3)
  await passWindow(world)
  expect(await cell(world)).toMatchObject({ edgeCases })
  const { items } = value(await world.gate.listFeedback(world.agent, { limit: 10 }))
  expect(items.map(({ decision }) => decision)).toContain(mark)
})

it('without a mark an approval as it was says nothing of the question; a rejection says that it was right', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  await world.approve(await world.propose({ ...note, question }))
  await passWindow(world)
  expect(await cell(world)).toMatchObject({ edgeCases: { warranted: 0, unwarranted: 0 } })
  const { id, payloadHash } = await world.propose({ ...note, question })
  const request = { actionId: id, decision: 'reject' as const, payloadHash: payloadHash ?? '' }
  value(await world.gate.decideAction(world.owner, { ...request, severity: 'preference' }))
  expect(await cell(world)).toMatchObject({ edgeCases: { warranted: 1 } })
})

it('nothing can be said of a question that nobody put, nor before it was done, nor by the agent', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const alone = await world.propose(note)
  expect(refusal(await say(world, alone, 'right_to_ask'))).toMatchObject({ kind: 'not_now' })
  const waiting = await world.propose({ ...note, question })
  expect(refusal(await say(world, waiting, 'right_to_ask'))).toMatchObject({ kind: 'not_now' })
  const done = await world.approve(waiting)
  const request = { actionId: done.id, decision: 'right_to_ask' as const, payloadHash: done.payloadHash ?? '' }
  expect(refusal(await world.gate.decideAction(world.agent, request))).toMatchObject({ kind: 'not_permitted' })
  expect(refusal(await world.gate.decideAction(world.viewer, request))).toMatchObject({ kind: 'not_permitted' })
})

it('that it should have asked, said after the undo, is a missed question; said twice it is one', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const ran = await world.propose(update)
  value(await world.gate.undoAction(world.owner, ran.id, { despiteChanges: true }))
  expect(await cell(world, update.kind)).toMatchObject({ edgeCases: { missed: 0 }, lastOverrides: [''] })
  for (let times = 0; times < 2; times += 1)
    value(await world.gate.undoAction(world.owner, ran.id, { despiteChanges: false, cause: 'should_have_asked' }))
  expect(await cell(world, update.kind)).toMatchObject({
    edgeCases: { missed: 1, missedSerious: 1, kinds: ['should_have_asked'] },
    lastOverrides: ['should_have_asked'],
  })
  world.pass(DAY + 1)
  value(await world.gate.undoAction(world.owner, ran.id, { despiteChanges: false, cause: 'tone' }))
  expect((await cell(world, update.kind)).lastOverrides).toEqual(['should_have_asked'])
})

it.each([
  ['time', 'preference', 4],
  ['tone', 'minor', 4],
  ['content', 'major', 0],
  ['rules', 'critical', 0],
] as const)('%s, said after the undo, weighs as %s', async (cause, severity, correct) => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  for (let times = 0; times < 4; times += 1) {
    const { id, payloadHash } = await world.propose(update)
    value(
      await world.gate.decideAction(world.owner, { actionId: id, decision: 'confirm', payloadHash: payloadHash ?? '' }),
    )
  }
  await passWindow(world)
  const ran = await world.propose(update)
  value(await world.gate.undoAction(world.owner, ran.id, { despiteChanges: true }))
  expect(await cell(world, update.kind)).toMatchObject({ correct: 0 })
  value(await world.gate.undoAction(world.owner, ran.id, { despiteChanges: false, cause }))
  const [day] = await world.query(
    'select sum(rejections)::int as rejections, sum(severity_micros)::int as severity from trust_days where agent_version = any (select agent_version from trust_cells where agent_id = $1)',
    [world.agent.id],
  )
  const weight = { preference: 250_000, minor: 500_000, major: 1_000_000, critical: 2_000_000 }[severity]
  expect(day).toEqual({ rejections: 1, severity: weight })
  expect(await cell(world, update.kind)).toMatchObject({ correct })
  // A critical one puts its category under full review, also when it is named later.
  expect((await world.propose(update)).level?.inForce).toBe(severity === 'critical' ? 2 : 3)
  expect((await world.query('select kind from notices')).map(({ kind }) => kind)).toEqual(
    severity === 'critical' ? ['demotion'] : [],
  )
  // An outside reason takes all of it back.
  const outside = { despiteChanges: false, reason: 'The event was cancelled', outside: true }
  value(await world.gate.undoAction(world.owner, ran.id, outside))
  expect((await world.query('select sum(severity_micros)::int as severity from trust_days'))[0]).toEqual({
    severity: 0,
  })
  expect((await world.propose(update)).level?.inForce).toBe(3)
})

const scopeRows = async (world: World) =>
  (await world.query('select penalty, "lock" from trust_scopes where scope = $1', [SCOPE]))[0]

const standingRows = async (world: World) =>
  await world.query('select scope, scenario, agent_id, level, is_locked, review_left from standings order by 1, 2, 3')

const undoOf = async (world: World): Promise<ActionView> => {
  const ran = await world.propose(update)
  return value(await world.gate.undoAction(world.owner, ran.id, { despiteChanges: true }))
}

const explain = async (world: World, { id }: ActionView, cause: 'time' | 'tone' | 'content' | 'rules') =>
  value(await world.gate.undoAction(world.owner, id, { despiteChanges: false, cause }))

it('an explanation earns nothing, however often it is changed', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const undone = await undoOf(world)
  await world.approve(await world.propose(note))
  const [scope, standings] = [await scopeRows(world), await standingRows(world)]
  expect(scope).toMatchObject({ lock: { cause: 'rejection_at_high_autonomy' } })
  for (const cause of ['time', 'content', 'tone', 'content', 'time', 'content'] as const)
    await explain(world, undone, cause)
  const after = await scopeRows(world)
  // safe: both as they are kept
  const [was, now] = [scope, after].map((one) => one?.['penalty'] as { points: number; cycles: number })
  expect(now?.cycles).toBe(was?.cycles)
  expect(now?.points).toBeCloseTo(was?.points ?? NaN, 9)
  expect(after?.['lock']).toEqual(scope?.['lock'])
  expect(await standingRows(world)).toEqual(standings)
})

it('a milder reason leaves what was granted since, and still no outside reason counts after a day', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const undone = await undoOf(world)
  world.pass(HOUR)
  await world.letEarn(SCOPE, 4)
  const granted = await standingRows(world)
  world.pass(20 * HOUR)
  await explain(world, undone, 'time')
  expect(await standingRows(world)).toEqual(granted)
  world.pass(4 * HOUR)
  const before = value(await world.gate.explainTrust(world.owner, SCOPE)).exactScore
  value(
    await world.gate.undoAction(world.owner, undone.id, { despiteChanges: false, reason: 'Cancelled', outside: true }),
  )
  expect(value(await world.gate.explainTrust(world.owner, SCOPE)).exactScore).toBe(before)
})

it('what was critical stays so, and is told once', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const undone = await undoOf(world)
  for (const cause of ['rules', 'time', 'rules', 'rules'] as const) await explain(world, undone, cause)
  const day = await world.query('select sum(severity_micros)::int as severity from trust_days')
  expect(day).toEqual([{ severity: 2_000_000 }])
  expect(await world.query("select once from notices where kind = 'demotion'")).toEqual([
    { once: `${undone.id}/explained` },
  ])
  expect((await world.propose(update)).level).toMatchObject({ inForce: 2, boundBy: 'lock' })
})

it('an explanation of an older version of the agent does not make it the newest', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 3)
  const undone = await undoOf(world)
  await world.propose({ ...update, fingerprint: { model: 'm2' } })
  await passWindow(world)
  const versions = async () =>
    await world.query('select agent_version, counted_at from trust_cells where agent_id = $1 order by 1', [
      world.agent.id,
    ])
  const before = await versions()
  await explain(world, undone, 'time')
  expect(await versions()).toEqual(before)
})

it('what an agent took back itself stays its own, whatever a person says of it', async () => {
  const { world } = its
  await world.letEarn(SCOPE, 4)
  const ran = await world.propose(update)
  world.hubspot.script.queue({ match: (method) => method !== 'GET', fault: 'lost_after' })
  await world.gate.undoAction(world.agent, ran.id, { despiteChanges: true })
  expect((await world.get(ran.id)).state).toBe('undoing')
  await explain(world, ran, 'content')
  for (const _look of [1, 2]) {
    world.pass(60_000)
    await world.sweep()
  }
  expect((await world.get(ran.id)).state).toBe('undone')
  const [told] = await world.query(
    "select body::jsonb #>> '{body,trust,event,kind}' as kind from ledger_events where subject = $1 and strpos(body, '\"trust\":{') > 0",
    [ran.id],
  )
  expect(told).toEqual({ kind: 'reversed_by_agent' })
})

it('a rejection without a severity weighs as what was wrong', async () => {
  const { world } = its
  const { id, payloadHash } = await world.propose(note)
  const request = { actionId: id, decision: 'reject' as const, payloadHash: payloadHash ?? '', cause: 'tone' as const }
  const { decisions } = value(await world.gate.decideAction(world.owner, request))
  expect(decisions[0]).toMatchObject({ severity: 'minor' })
})

it('the same reason three times stands in the way of more', async () => {
  const { world } = its
  for (let times = 0; times < 3; times += 1) {
    const { id, payloadHash } = await world.propose(note)
    const request = { actionId: id, decision: 'reject' as const, payloadHash: payloadHash ?? '' }
    value(await world.gate.decideAction(world.owner, { ...request, severity: 'preference', cause: 'tone' }))
  }
  const { cells } = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(cells[0]?.next?.gates.find(({ name }) => name === 'overrides')).toMatchObject({
    status: 'missing',
    says: '3 of the last 20 were overridden; 4 may be, and “tone” was the reason too often.',
  })
})

it('what is sensitive remembers whether it was asked about; what is not does not', async () => {
  const { world } = its
  const toList = { kind: 'hubspot.list.add', input: { listId: '12', contactIds: ['101'] } }
  for (const scope of [SCOPE, 'audience.small']) await world.letEarn(scope, 3)
  await world.propose(note)
  const [plain, asked] = [await world.propose(toList), await world.propose({ ...toList, question })]
  if (plain.state === 'awaiting_approval') await world.approve(plain)
  await world.approve(asked)
  await passWindow(world)
  // Both windows close in the same sweep, in either order.
  expect(['01', '10']).toContain((await cell(world, toList.kind)).sensitive)
  expect((await cell(world)).sensitive).toBe('')
})

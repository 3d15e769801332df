import { describe, expect, it, test } from 'vitest'
import type { BacktestReport, BacktestRequest } from '../../core/gate/backtest-policy.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SCOPE = 'crm_update.small'
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const note = (body = 'Prefers mornings to afternoons.') => ({
  kind: 'hubspot.note.create',
  input: { contactId: '101', body },
})
const TWO_CENTS = { cost_per_person: { 'hubspot.note.create': 2 } }

const its = useWorld()

async function backtest(request: Partial<BacktestRequest> = {}): Promise<BacktestReport> {
  const given = { policy: null, days: 90, levels: null, ...request }
  for await (const line of value(await its.world.gate.backtestPolicy(its.world.admin, given)))
    if (line.line === 'result') return line.report
  throw new Error('There was no result')
}

const decide = async (action: ActionView, decision: 'reject' | 'revise' | 'cancel') =>
  value(
    await its.world.gate.decideAction(its.world.owner, {
      actionId: action.id,
      decision,
      payloadHash: action.payloadHash ?? '',
      reason: 'Not now',
    }),
  )

/** Eight past actions: one of each way in which things end. */
async function history() {
  const { world } = its
  const approved = await world.approve(await world.propose(note('First')))
  await decide(await world.propose(note('Second')), 'reject')
  await decide(await world.propose(note('Third')), 'revise')
  const undone = await world.approve(await world.propose(update))
  value(await world.gate.undoAction(world.owner, undone.id, { despiteChanges: true }))
  await world.propose(note('Still waiting'))
  await world.letEarn(SCOPE, 4)
  const alone = await world.propose(note('By itself'))
  await world.letEarn(SCOPE, 3)
  const takenBack = await world.propose({ ...update, input: { contactId: '101', phone: '+1 555 0177' } })
  await world.settled()
  value(await world.gate.undoAction(world.owner, takenBack.id, { despiteChanges: true }))
  await world.settled()
  world.pass(HOUR)
  return { approved, undone, alone, takenBack }
}

describe('what was', () => {
  it('comes out as it was under the policy that was in force', async () => {
    await history()
    const { total, changes, leftOut } = await backtest()
    expect(total).toMatchObject({
      actions: 7,
      did: { ran: 2, asked: 5, blocked: 0, observed: 0 },
      would: { ran: 2, asked: 5, blocked: 0, observed: 0 },
      letThrough: { did: 1, would: 1 },
      heldBack: { did: 2, would: 2 },
    })
    expect(total.reviewSeconds.did).toBeGreaterThan(0)
    expect(total.reviewSeconds.would).toBe(total.reviewSeconds.did)
    expect(changes).toEqual([])
    expect(leftOut).toEqual([])
  })

  it('writes nothing', async () => {
    await history()
    const before = await its.world.rowCounts()
    await backtest({ policy: { kinds: { deny: ['hubspot.*'] } } })
    expect(await its.world.rowCounts()).toEqual(before)
  })

  it('is what was first proposed, not what a person made of it', async () => {
    const { world } = its
    const proposed = await world.propose(note('Guaranteed results'))
    value(
      await world.gate.decideAction(world.owner, {
        actionId: proposed.id,
        decision: 'edit',
        payloadHash: proposed.payloadHash ?? '',
        input: { contactId: '101', body: 'Good results' },
      }),
    )
    await world.settled()
    world.pass(HOUR)
    const { total } = await backtest({ policy: { blocked_words: ['guaranteed results'] } })
    expect(total.would).toMatchObject({ blocked: 1 })
  })

  it('is looked at only as far back as asked', async () => {
    await its.world.propose(note())
    its.world.pass(3 * DAY)
    expect((await backtest({ days: 2 })).total.actions).toBe(0)
    expect((await backtest({ days: 4 })).total.actions).toBe(1)
  })
})

describe('another policy', () => {
  it('blocks and asks what it says, and tells a few of it, newest first', async () => {
    const { approved, alone } = await history()
    const report = await backtest({ policy: { blocked_words: ['by itself', 'first'] } })
    expect(report.total.would).toMatchObject({ blocked: 2 })
    expect(report.rules).toEqual([{ rule: 'blocked_words', warned: 0, asked: 0, blocked: 2 }])
    expect(report.examples.filter(({ would }) => would === 'blocked')).toMatchObject([
      {
        id: alone.id,
        title: alone.preview.title,
        saysDid: 'It ran without a person.',
        saysWould: 'It would have been blocked.',
        because: 'It says “by itself”, which must not go out. Without that wording it would pass.',
      },
      { id: approved.id, saysDid: 'A person was asked and let it run.' },
    ])
    expect(report.categories).toMatchObject([{ category: 'crm_update', actions: 7, would: { blocked: 2 } }])
  })

  it('caps the level of a category: what ran by itself would have been asked', async () => {
    await history()
    const { total, changes, examples } = await backtest({ policy: { levels: { crm_update: 2 } } })
    expect(total).toMatchObject({ would: { ran: 0, asked: 7 }, letThrough: { did: 1, would: 0 } })
    expect(changes).toEqual([{ did: 'ran', would: 'asked', actions: 2 }])
    expect(examples[0]?.because).toMatch(/the policy allows level 2 at most here/)
  })

  it('spends its budgets as the replayed decisions would have, in order', async () => {
    const { world } = its
    for (const body of ['1', '2']) await world.approve(await world.propose(note(body)))
    await decide(await world.propose(note('3')), 'reject')
    for (const body of ['4', '5']) await world.approve(await world.propose(note(body)))
    world.pass(DAY)
    await world.approve(await world.propose(note('Tomorrow')))
    world.pass(HOUR)
    // Room for three: the rejected one gave its share back, the fifth has none left, and the next day is new.
    const report = await backtest({ policy: { ...TWO_CENTS, budget: { day: { cap: 6 } } } })
    expect(report.total.would).toMatchObject({ asked: 5, blocked: 1 })
    expect(report.examples).toMatchObject([{ because: expect.stringContaining('only $0.00 is left') }])
  })

  it('knows what people had rejected before, as far as they would still have been asked', async () => {
    const { world } = its
    await decide(await world.propose(note('Again')), 'reject')
    world.pass(HOUR)
    // As if nothing had kept it from being proposed once more.
    await world.query('delete from rejected_payloads')
    await world.approve(await world.propose(note('Again')))
    world.pass(HOUR)
    expect(await backtest({ policy: {} })).toMatchObject({
      total: { would: { asked: 1, blocked: 1 } },
      rules: [{ rule: 'rejected_before', blocked: 1 }],
    })
    expect(await backtest({ policy: {}, levels: { crm_update: 4 } })).toMatchObject({ total: { would: { ran: 2 } } })
  })

  it('counts rates as the replayed decisions would have gone', async () => {
    const { world } = its
    for (const body of ['1', '2', '3']) await world.approve(await world.propose(note(body)))
    world.pass(HOUR)
    const rates = [{ most: 2, per: 'day', of: 'agent', outcome: 'block' }]
    expect((await backtest({ policy: { rates } })).total.would).toMatchObject({ asked: 2, blocked: 1 })
  })

  it('says what its rules wanted to know and nobody can look up any more', async () => {
    await its.world.propose(note())
    its.world.pass(HOUR)
    const { notReplayed } = await backtest({ policy: { new_audience: {} } })
    expect(notReplayed.at(-1)).toMatch(/whether an audience or channel was new/)
    expect((await backtest()).notReplayed.at(-1)).not.toMatch(/audience/)
  })

  test.each([
    [{ policy: { amount: { ask_over: 1 } } }, 'policy.amount'],
    [{ policy: [] }, 'policy'],
    [{ policy: { extends: 'no-such-pack' } }, 'policy.extends'],
    [{ days: 0 }, 'days'],
    [{ days: 366 }, 'days'],
    [{ levels: { email: 3 } }, 'levels.email'],
    [{ levels: { crm_update: 6 } }, 'levels.crm_update'],
  ])('is refused when it is %o', async (request, path) => {
    const given = { policy: null, days: 90, levels: null, ...request }
    expect(refusal(await its.world.gate.backtestPolicy(its.world.owner, given))).toMatchObject({
      kind: 'malformed',
      problems: [{ path }],
    })
  })

  test.each(['viewer', 'approver', 'agent'] as const)('is nothing for a %s', async (who) => {
    const given = { policy: null, days: 90, levels: null }
    expect(refusal(await its.world.gate.backtestPolicy(its.world[who], given))).toMatchObject({
      kind: 'not_permitted',
    })
  })
})

describe('another ladder', () => {
  it('lets run what agents proposed, as far as risk and undo allow', async () => {
    await history()
    const { total } = await backtest({ levels: { crm_update: 4 } })
    expect(total).toMatchObject({ would: { ran: 7, asked: 0 }, letThrough: { did: 1, would: 3 } })
  })

  it('counts for a scope before its category', async () => {
    await history()
    expect((await backtest({ levels: { crm_update: 4, [SCOPE]: 1 } })).total.would).toMatchObject({ observed: 7 })
  })

  it('holds for agents, not for members', async () => {
    await its.world.propose(note(), its.world.approver)
    its.world.pass(HOUR)
    expect((await backtest({ levels: { crm_update: 4 } })).total.would).toMatchObject({ asked: 1 })
  })
})

it('leaves out what could never be judged', async () => {
  const { world } = its
  await world.propose(note())
  await world.query("update actions set kind = 'hubspot.note.shred'")
  world.pass(HOUR)
  expect(await backtest()).toMatchObject({
    total: { actions: 0 },
    leftOut: [{ why: 'of a kind that is not installed any more', actions: 1 }],
  })
})

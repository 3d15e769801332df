import { beforeEach, describe, expect, it } from 'vitest'
import { createAdKinds, setBudget } from '../support/daily-budget-kind.ts'
import { refusal, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const DAY = 24 * 3_600_000
/** 4 March, 10:00: 28 days are left of the month, today included, and 5 of the week. */
const MONTH = 'month:2026-03'
const WEEK = 'week:2026-W10'
const APRIL = 'month:2026-04'

const ads = createAdKinds()

const policy = async (world: World, document: object) => value(await world.gate.setPolicy(world.owner, document, null))
const monthOf = (cap: number) => ({ budget: { month: { cap } } })
const until = (world: World, time: string) => world.pass(new Date(time).getTime() - world.now().getTime())
/** What counts as committed in a budget's row. */
const committed = async (world: World, window: string) => {
  const [row] = await world.query('select committed + carried as minor, reserved from budgets where "window" = $1', [
    window,
  ])
  return row ? { committed: Number(row['minor']), reserved: Number(row['reserved']) } : null
}
const change = async (world: World, campaign: string, perDay: number) =>
  await world.approve(await world.propose(setBudget(campaign, perDay)))
const undo = async (world: World, id: Parameters<World['get']>[0]) =>
  value(await world.gate.undoAction(world.owner, id, { despiteChanges: true }))

describe('a daily budget', () => {
  const its = useWorld({ kinds: ads.kinds })
  beforeEach(() => {
    ads.platform.clear()
    ads.gates.clear()
  })

  it('commits itself for the days that are left, and the next one only the difference', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 9_000 }, week: { cap: 90_000 }, month: { cap: 900_000 } } })
    const first = await world.propose(setBudget('spring', 8_000))
    expect(await committed(world, MONTH)).toEqual({ committed: 0, reserved: 8_000 * 28 })
    expect(first.preview.lines).toContainEqual({
      label: 'It commits',
      value: '$2,240.00 more this month: $80.00 a day for 28 days',
    })
    await world.approve(first)
    const second = await world.propose(setBudget('spring', 8_500))
    expect(await committed(world, MONTH)).toEqual({ committed: 8_000 * 28, reserved: 500 * 28 })
    expect(second.preview.lines).toContainEqual({
      label: 'It commits',
      value: '$140.00 more this month: $85.00 a day instead of $80.00 for 28 days',
    })
    await world.approve(second)
    expect(await committed(world, MONTH)).toEqual({ committed: 8_500 * 28, reserved: 0 })
    expect(await committed(world, WEEK)).toEqual({ committed: 8_500 * 5, reserved: 0 })
    expect(await committed(world, 'day:2026-03-04')).toEqual({ committed: 8_500, reserved: 0 })
    world.pass(10 * DAY)
    await change(world, 'spring', 6_000)
    expect(await committed(world, MONTH)).toEqual({ committed: 8_500 * 11 + 6_000 * 17, reserved: 0 })
  })

  it('is blocked where a window has no room, and says how much a day would pass', async () => {
    const { world } = its
    await policy(world, monthOf(200_000))
    await change(world, 'spring', 5_000)
    const tooMuch = await world.propose(setBudget('spring', 8_000))
    expect(tooMuch).toMatchObject({
      state: 'blocked',
      verdict: {
        reasons: [
          {
            rule: 'budget.month.cap',
            text: 'At $80.00 a day it commits $840.00 more for 28 days; of the month’s budget of $2,000.00 only $600.00 is left. Up to $71.42 a day would pass.',
          },
        ],
      },
    })
    expect(await world.propose(setBudget('spring', 7_143))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('spring', 7_142))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('that goes down frees room only once it is done', async () => {
    const { world } = its
    await policy(world, monthOf(5_000 * 28))
    await change(world, 'spring', 5_000)
    const less = await world.propose(setBudget('spring', 2_000))
    expect(await committed(world, MONTH)).toEqual({ committed: 5_000 * 28, reserved: 0 })
    expect(await world.propose(setBudget('autumn', 1))).toMatchObject({ state: 'blocked' })
    await world.approve(less)
    // Today’s may be spent.
    expect(await committed(world, MONTH)).toEqual({ committed: 5_000 + 2_000 * 27, reserved: 0 })
    expect(await world.propose(setBudget('autumn', 2_893))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('autumn', 2_892))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('that pauses a campaign commits nothing from tomorrow on', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await change(world, 'spring', 5_000)
    world.pass(2 * DAY)
    await change(world, 'spring', 0)
    expect(await committed(world, MONTH)).toEqual({ committed: 5_000 * 3, reserved: 0 })
  })

  it('never passes the day’s cap, however often campaigns are paused and others begin', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 5_000 } } })
    await change(world, 'spring', 5_000)
    await change(world, 'spring', 0)
    expect(await world.propose(setBudget('autumn', 1))).toMatchObject({ state: 'blocked' })
    world.pass(DAY)
    expect(await world.propose(setBudget('autumn', 5_000))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('is not raised again by an agent that takes its own cut back', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await change(world, 'spring', 5_000)
    const cut = await change(world, 'spring', 0)
    const said = refusal(await world.gate.undoAction(world.agent, cut.id, { despiteChanges: true }))
    expect(said).toMatchObject({ kind: 'not_permitted', why: expect.stringContaining('spends more a day again') })
    expect(ads.platform.get('spring')).toBe(0)
    expect((await undo(world, cut.id)).state).toBe('undone')
    expect(ads.platform.get('spring')).toBe(5_000)
    const raise = await change(world, 'spring', 6_000)
    expect(value(await world.gate.undoAction(world.agent, raise.id, { despiteChanges: true })).state).toBe('undone')
  })

  it('gives back on an undo what was not spent yet: the days after it', async () => {
    const { world } = its
    await policy(world, { budget: { day: { cap: 900_000 }, month: { cap: 900_000 } } })
    await change(world, 'spring', 5_000)
    const more = await change(world, 'spring', 8_000)
    world.pass(DAY / 2)
    expect((await undo(world, more.id)).state).toBe('undone')
    expect(ads.platform.get('spring')).toBe(5_000)
    expect(await committed(world, 'daily:hubspot:spring')).toMatchObject({ committed: 5_000 })
    expect(await committed(world, MONTH)).toEqual({ committed: 8_000 + 5_000 * 27, reserved: 0 })
    expect(await committed(world, 'day:2026-03-04')).toEqual({ committed: 8_000, reserved: 0 })
  })

  it('is what it was before after an undo, however often it changed since', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await change(world, 'spring', 5_000)
    const first = await change(world, 'spring', 8_000)
    await change(world, 'spring', 4_000)
    await undo(world, first.id)
    expect(await committed(world, 'daily:hubspot:spring')).toMatchObject({ committed: 5_000 })
    // Of today also the 4,000 that were taken off it.
    expect(await committed(world, MONTH)).toEqual({ committed: 5_000 * 28 + 4_000, reserved: 0 })
  })

  it('goes on into a new month, which knows of it from its first moment', async () => {
    const { world } = its
    await policy(world, monthOf(200_000))
    await change(world, 'spring', 5_000)
    until(world, '2026-04-01T06:00:00Z')
    const [seen] = value(await world.gate.listBudgets(world.owner))
    expect(seen).toMatchObject({ id: APRIL, committed: { minor: 5_000 * 30 } })
    expect(await world.propose(setBudget('autumn', 1_667))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('autumn', 1_666))).toMatchObject({ state: 'awaiting_approval' })
    expect(await committed(world, APRIL)).toEqual({ committed: 5_000 * 30, reserved: 1_666 * 30 })
    await change(world, 'spring', 4_000)
    expect(await committed(world, APRIL)).toMatchObject({ committed: 5_000 + 4_000 * 29 })
    expect(await committed(world, MONTH)).toEqual({ committed: 5_000 * 28, reserved: 0 })
  })

  it('counts in a month that something was planned in before', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    await world.propose({ ...setBudget('autumn', 1_000), notBefore: new Date('2026-04-10T17:00:00Z') })
    expect(await committed(world, APRIL)).toEqual({ committed: 0, reserved: 1_000 * 21 })
    const done = await change(world, 'spring', 5_000)
    expect(await committed(world, APRIL)).toEqual({ committed: 5_000 * 30, reserved: 1_000 * 21 })
    await undo(world, done.id)
    expect(await committed(world, APRIL)).toEqual({ committed: 0, reserved: 1_000 * 21 })
  })

  it('undone in the next month gives its days back there', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    until(world, '2026-04-01T05:00:00Z')
    const done = await change(world, 'spring', 5_000)
    expect(await committed(world, MONTH)).toMatchObject({ committed: 5_000 })
    until(world, '2026-04-01T20:00:00Z')
    await undo(world, done.id)
    expect(await committed(world, MONTH)).toMatchObject({ committed: 5_000 })
    expect(await committed(world, APRIL)).toMatchObject({ committed: 5_000 })
  })

  it('counts calendar days in a month in which the clocks change', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    // The last minute of 7 March, the night before the clocks go forward, and the first after it.
    until(world, '2026-03-08T06:59:00Z')
    await world.propose(setBudget('a', 1))
    until(world, '2026-03-08T07:00:00Z')
    await world.propose(setBudget('b', 1_000))
    expect(await committed(world, MONTH)).toEqual({ committed: 0, reserved: 25 + 24_000 })
    until(world, '2026-11-01T06:00:00Z')
    await world.propose(setBudget('c', 1))
    expect(await committed(world, 'month:2026-11')).toEqual({ committed: 0, reserved: 30 })
  })

  it('counts what the platform spent where that is larger', async () => {
    const { world } = its
    await policy(world, monthOf(200_000))
    await change(world, 'spring', 5_000)
    value(await world.gate.recordSpend(world.owner, [{ budget: MONTH, spentMinor: 199_972 }]))
    expect(await world.propose(setBudget('autumn', 2))).toMatchObject({ state: 'blocked' })
    expect(await world.propose(setBudget('autumn', 1))).toMatchObject({ state: 'awaiting_approval' })
  })

  it('is weighed by 30 days where one action has a limit', async () => {
    const { world } = its
    await policy(world, { amount: { cap: 200_000 } })
    until(world, '2026-03-31T17:00:00Z')
    expect(await world.propose(setBudget('spring', 8_000))).toMatchObject({
      verdict: {
        reasons: [
          {
            text: 'It commits $2,400.00 in 30 days ($80.00 a day); one action may cost $2,000.00 at most. An owner can raise that cap.',
          },
        ],
      },
    })
  })

  it('always asks a person where its campaign has a budget, which it could outlive', async () => {
    const { world } = its
    await policy(world, { budget: { campaign: { cap: 900_000 } } })
    const reasons = [
      {
        rule: 'budget.campaign.daily',
        text: '$80.00 a day has no end, and the budget of this campaign counts it to the end of the month only: a person decides.',
      },
    ]
    const asked = await world.propose(setBudget('spring', 8_000))
    expect(asked.verdict).toMatchObject({ outcome: 'ask', reasons })
    expect((await world.approve(asked)).state).toBe('executed')
    expect(await committed(world, 'campaign:hubspot:spring')).toEqual({ committed: 8_000 * 28, reserved: 0 })
    expect(await world.propose(setBudget('spring', 7_000))).toMatchObject({ verdict: { outcome: 'pass' } })
  })

  it('without a campaign is blocked, and so is one in a currency without a rate', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    expect(await world.propose(setBudget('', 1))).toMatchObject({
      state: 'blocked',
      verdict: { reasons: [{ rule: 'budget.campaign.unknown' }] },
    })
    const euros = { kind: 'hubspot.ad_budget.set', input: { campaign: 'spring', perDay: 1, currency: 'EUR' } }
    expect(await world.propose(euros)).toMatchObject({ state: 'blocked', verdict: { reasons: [{ rule: 'currency' }] } })
    expect((await committed(world, MONTH)) ?? { committed: 0, reserved: 0 }).toEqual({ committed: 0, reserved: 0 })
  })

  it('is told to a budget that is new, with what ran before the month', async () => {
    const { world } = its
    await policy(world, {})
    await change(world, 'spring', 5_000)
    until(world, '2026-04-04T17:00:00Z')
    await change(world, 'spring', 8_000)
    await change(world, 'autumn', 1_000)
    const back = await change(world, 'summer', 700)
    await undo(world, back.id)
    await policy(world, monthOf(900_000))
    const total = 5_000 * 3 + 8_000 * 27 + 1_000 * 27 + 700
    expect(await committed(world, APRIL)).toEqual({ committed: total, reserved: 0 })
    await policy(world, { budget: { week: { cap: 900_000 }, month: { cap: 900_000 } } })
    expect(await committed(world, APRIL)).toEqual({ committed: total, reserved: 0 })
    // Monday 30 March to Sunday 5 April.
    expect(await committed(world, 'week:2026-W14')).toEqual({
      committed: 5_000 * 5 + 8_000 * 2 + 1_000 * 2 + 700,
      reserved: 0,
    })
    await change(world, 'spring', 6_000)
    await policy(world, monthOf(800_000))
    expect(await committed(world, APRIL)).toEqual({ committed: total - 2_000 * 26, reserved: 0 })
    until(world, '2026-05-01T17:00:00Z')
    await world.propose(setBudget('summer', 0))
    expect(await committed(world, 'month:2026-05')).toMatchObject({ committed: 7_000 * 31 })
  })
})

describe('daily budgets at once', () => {
  const its = useWorld({ kinds: ads.kinds })
  beforeEach(() => {
    ads.platform.clear()
    ads.gates.clear()
  })

  it('16 of different campaigns never pass the cap', async () => {
    const { world } = its
    await policy(world, monthOf(10_000 * 28))
    await world.letEarn('ad_budget.small', 3)
    await world.letEarn('ad_budget.medium', 3)
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => world.propose(setBudget(`campaign ${n}`, 900 + n))),
    )
    await Promise.all(
      answers.filter(({ state }) => state === 'awaiting_approval').map((action) => world.approve(action)),
    )
    for (let turn = 0; turn < 3; turn += 1) {
      world.pass(6_000)
      await world.sweep()
    }
    const running = [...ads.platform.values()].reduce((sum, perDay) => sum + perDay, 0)
    expect(running).toBeLessThanOrEqual(10_000)
    expect(await committed(world, MONTH)).toEqual({ committed: running * 28, reserved: 0 })
    // Each was at most 915: with 10 in, another would not have fitted.
    expect(running).toBeGreaterThan(10_000 - 915)
  })

  it('of one campaign wait for each other, and end with the last one', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    const perDays = [3_000, 9_000, 1_000, 6_000]
    const waiting: Awaited<ReturnType<World['propose']>>[] = []
    for (const perDay of perDays) waiting.push(await world.propose(setBudget('spring', perDay)))
    expect(await committed(world, MONTH)).toEqual({ committed: 0, reserved: 19_000 * 28 })
    await Promise.all(waiting.map((action) => world.approve(action)))
    for (let turn = 0; turn < perDays.length; turn += 1) {
      world.pass(6_000)
      await world.sweep()
    }
    const states = await Promise.all(waiting.map(({ id }) => world.get(id)))
    expect(states.map(({ state }) => state)).toEqual(perDays.map(() => 'executed'))
    const last = ads.platform.get('spring') ?? 0
    expect(await committed(world, 'daily:hubspot:spring')).toEqual({ committed: last, reserved: 0 })
    const done = await world.query("select subject from ledger_events where type = 'executed' order by id")
    const order = done.map(({ subject }) => perDays[waiting.findIndex(({ id }) => id === subject)] ?? Number.NaN)
    expect(order.at(-1)).toBe(last)
    const taken = order
      .map((perDay, at) => Math.max(0, (order[at - 1] ?? 0) - perDay))
      .reduce((sum, one) => sum + one, 0)
    expect(await committed(world, MONTH)).toEqual({ committed: last * 28 + taken, reserved: 0 })
  })

  it('do not touch a campaign while a change of it is on its way', async () => {
    const { world } = its
    await policy(world, monthOf(900_000))
    const done = await change(world, 'spring', 5_000)
    let open: () => void = () => {}
    ads.gates.set('spring', new Promise((resolve) => (open = resolve)))
    const [less, more] = [
      await world.propose(setBudget('spring', 2_000)),
      await world.propose(setBudget('spring', 6_000)),
    ]
    const decide = async ({ id, payloadHash }: typeof less) =>
      value(
        await world.gate.decideAction(world.owner, {
          actionId: id,
          decision: 'approve',
          payloadHash: payloadHash ?? '',
        }),
      )
    await decide(less)
    while ((await world.get(less.id)).state !== 'executing');
    await decide(more)
    while ((await world.stateRow(more.id))['remark'] === null);
    expect(await world.stateRow(more.id)).toMatchObject({
      state: 'ready',
      remark: { note: 'Another change of this campaign is under way; this one follows it.' },
    })
    const undone = await world.gate.undoAction(world.owner, done.id, { despiteChanges: true })
    expect(refusal(undone)).toMatchObject({ kind: 'not_now' })
    open()
    await world.settled()
    world.pass(6_000)
    await world.sweep()
    expect(ads.platform.get('spring')).toBe(6_000)
    expect(await committed(world, MONTH)).toEqual({ committed: 6_000 * 28 + 3_000, reserved: 0 })
  })
})

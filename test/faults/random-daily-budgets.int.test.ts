import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import type { ActionId } from '../../core/domain/ids.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createAdKinds, setBudget } from '../support/daily-budget-kind.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { CREDENTIALS } from '../support/platforms.ts'
import { createWorld, value, type World, ZONE } from '../support/world.ts'
import { type AdCaps, createAdSpend } from './ad-spend.ts'
import { liveThrough, type Outcome } from './live-schedules.ts'
import { executeAndDie } from './mortal-gate.ts'
import { createPeople, runToRest } from './run-to-rest.ts'

const DAY_MS = 86_400_000
const CAPS: AdCaps = { day: 5_000, week: 24_000, month: 80_000 }
const CAMPAIGNS = ['spring', 'customers/1/campaigns/2', 'x/daily'] as const

type Doing =
  | { readonly do: 'set'; readonly campaign: number; readonly perDay: number; readonly inDays: number }
  | { readonly do: 'approve' | 'cancel' | 'undo'; readonly pick: number }
  | { readonly do: 'execute and die'; readonly pick: number; readonly after: number }
  | { readonly do: 'lose an answer'; readonly campaign: number }
  | { readonly do: 'sweep' }
type Step = { readonly pass: number; readonly doings: readonly { readonly doing: Doing; readonly lag: number }[] }

const campaign = fc.nat(CAMPAIGNS.length - 1)
const pick = fc.nat(30)
const doing: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      campaign,
      perDay: fc.constantFrom(0, 400, 900, 1_500, 2_500, 4_000),
      inDays: fc.constantFrom(0, 0, 0, 1, 6),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('approve' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo', 'undo', 'cancel'), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('execute and die' as const), pick, after: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose an answer' as const), campaign }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
)
const schedules = fc.record({
  // The clocks change on the fourth day; the month ends on the twenty-eighth.
  startsInDays: fc.constantFrom(0, 3, 24, 26),
  isTrusted: fc.boolean(),
  steps: fc.array(
    fc.record({
      /** Minutes; the last is a minute after midnight. */
      pass: fc.constantFrom(0, 1, 10, 300, 1_440, -1),
      doings: fc.array(fc.record({ doing, lag: fc.nat(40) }), { minLength: 1, maxLength: 6, size: 'max' }),
    }),
    { minLength: 12, maxLength: 24, size: 'max' },
  ),
})

type Schedule = typeof schedules extends fc.Arbitrary<infer One> ? One : never

const STATES_OF = {
  approve: "('awaiting_approval')",
  cancel: "('awaiting_approval', 'scheduled', 'ready')",
  undo: "('executed')",
  'execute and die': "('scheduled', 'ready')",
} as const

async function runSchedule(database: Database, { startsInDays, isTrusted, steps }: Schedule): Promise<Outcome> {
  const spend = createAdSpend()
  const breaches: string[] = []
  const counts = { set: 0, undone: 0, blocked: 0 }
  let clock = (): Date => new Date(0)
  const ads = createAdKinds((name, perDay, direction) => {
    const isRaise = perDay > spend.running(name)
    spend.add({ campaign: name, perDay, at: clock() })
    counts[direction === 'do' ? 'set' : 'undone'] += 1
    // A person who takes a cut back raises it whatever the cap; nothing else is raised above it.
    if (isRaise && direction === 'do')
      breaches.push(...spend.overrunsAt(clock(), CAPS).map((said) => `${said} with ${name} at ${perDay}`))
  })
  const policy = { budget: { day: { cap: CAPS.day }, week: { cap: CAPS.week }, month: { cap: CAPS.month } } }
  const world = await createWorld(database, { policy, kinds: ads.kinds, isGuarded: false, monotonicMs: () => 0 })
  clock = world.now
  const pickOf = async (states: string, n: number): Promise<ActionId | null> => {
    const rows = await world.query(`select action_id from action_states where state in ${states} order by action_id`)
    // safe: an id of ours
    return rows.length === 0 ? null : (String(rows[n % rows.length]?.['action_id']) as ActionId)
  }
  const act = async (one: Doing): Promise<void> => {
    switch (one.do) {
      case 'set': {
        const notBefore = one.inDays === 0 ? {} : { notBefore: new Date(world.now().getTime() + one.inDays * DAY_MS) }
        const proposal = { ...setBudget(nameOf(one.campaign), one.perDay), reason: 'Spring', ...notBefore }
        const answer = value(await world.gate.proposeAction(world.agent, proposal, world.once()))
        if (answer.action.state === 'blocked') counts.blocked += 1
        return
      }
      case 'lose an answer':
        return void ads.lost.add(nameOf(one.campaign))
      case 'sweep': {
        const { failed } = await world.sweepOnce(50)
        if (failed[0]) throw failed[0].error
        return
      }
      case 'approve':
      case 'cancel':
      case 'undo':
      case 'execute and die': {
        const id = await pickOf(STATES_OF[one.do], one.pick)
        if (id === null) return
        if (one.do === 'execute and die') return await executeAndDie(world, id, one.after)
        if (one.do === 'undo') return void (await world.gate.undoAction(world.owner, id, { despiteChanges: true }))
        const { payloadHash } = await world.get(id)
        const request = { actionId: id, payloadHash: payloadHash ?? '', decision: one.do }
        return void (await world.gate.decideAction(world.owner, request))
      }
    }
  }
  try {
    world.pass(startsInDays * DAY_MS)
    if (isTrusted) await world.letEarn('ad_budget.small', 3)
    for (const step of steps) await live(world, step, act)
    ads.lost.clear()
    await runToRest(world, [world], createPeople(world, CREDENTIALS, { mostApprovals: 2 }))
    for (const name of CAMPAIGNS) {
      const row = `daily:hubspot:${encodeURIComponent(name)}`
      const [kept] = await world.query('select committed + carried as minor from budgets where "window" = $1', [row])
      const counted = Number(kept?.['minor'] ?? 0)
      const runs = ads.platform.get(name) ?? 0
      if (counted !== runs) breaches.push(`${name} runs at ${runs}; ${counted} is counted`)
    }
    return { breaches: [...breaches, ...(await brokenInvariants(database, world.now()))], counts }
  } finally {
    await world.close()
  }
}

const nameOf = (n: number): string => CAMPAIGNS[n] ?? CAMPAIGNS[0]

async function live(world: World, { pass, doings }: Step, act: (one: Doing) => Promise<void>): Promise<void> {
  const midnight = DateTime.fromJSDate(world.now(), { zone: ZONE }).plus({ days: 1 }).startOf('day')
  world.pass(pass < 0 ? midnight.toMillis() - world.now().getTime() + 60_000 : pass * 60_000)
  await Promise.all(
    doings.map(async ({ doing: one, lag }) => {
      for (let turns = 0; turns < lag; turns += 1) await nextTurn()
      await act(one)
    }),
  )
  await world.settled()
}

it('no random schedule lets ad campaigns commit more than a cap, or counts another daily budget than runs', async () => {
  const { counts, runs } = await liveThrough({ schedules, seed: 20_261_123, runs: 8 }, runSchedule)
  // It was not quiet for want of anything happening.
  expect(counts['set'] ?? 0, JSON.stringify(counts)).toBeGreaterThan(runs * 2)
  expect(counts['undone'] ?? 0, JSON.stringify(counts)).toBeGreaterThan(0)
  expect(counts['blocked'] ?? 0, JSON.stringify(counts)).toBeGreaterThan(0)
}, 3_600_000)

import { setImmediate as nextTurn } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { hashOf, MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { CREDENTIALS } from '../support/platforms.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { createWorld, value, type World, ZONE } from '../support/world.ts'
import { createFaultPlan, freeAddress, RATES } from './fault-plan.ts'
import { createDoings } from './guardrail-doings.ts'
import { LIMITS, policyWith } from './guardrail-limits.ts'
import { type BudgetRows, judgeBudgetRows, judgeRun } from './guardrail-oracles.ts'
import { createRecord, noting, recipientsOf, takeClaims } from './guardrail-record.ts'
import { PATIENTS, type Schedule, type Step, type Turn } from './guardrail-schedule.ts'
import type { Outcome } from './live-schedules.ts'
import { createPeople, type Process, release, runToRest } from './run-to-rest.ts'

const DAY_MS = 86_400_000

/** Lives through a schedule with two gates on one database, and judges it by what was seen from outside. */
export async function runSchedule(
  database: Database & { readonly url: string },
  { startsInDays, isTrusted, faultSeed, steps }: Schedule,
): Promise<Outcome> {
  const plan = createFaultPlan(faultSeed, { ...RATES, slow: 0 })
  const record = createRecord()
  let current: World | null = null
  const there = (): World => {
    if (current === null) throw new Error('Nothing is sent before there is a world')
    return current
  }
  const world = await createWorld(database, {
    policy: policyWith(LIMITS.caps),
    monotonicMs: () => 0,
    isGuarded: false,
    fetch: noting(record, () => there().mailchimp.state, plan.refusing(await freeAddress())),
  })
  current = world
  const connections = openServer(database.url, { max: 10 })
  const second = await world.beside(connections)
  try {
    prepare(world)
    world.pass(startsInDays * DAY_MS)
    if (isTrusted) await world.letEarn('audience.small', 3)
    world.hubspot.script.choose((method, path, body) => plan.choose(method, path, body))
    world.mailchimp.script.choose((method, path, body) => {
      const [, campaignId] = /^\/3\.0\/campaigns\/(\w+)\/actions\/send$/.exec(path) ?? []
      if (campaignId !== undefined)
        record.sends.push({
          campaignId,
          at: world.now(),
          atMs: Date.now(),
          to: recipientsOf(world.mailchimp.state, campaignId),
          entry: world.mailchimp.script.log.length,
        })
      return plan.choose(method, path, body)
    })
    const processes: readonly Process[] = [world, second]
    const act = createDoings(world, processes, record)
    const breaches: string[] = []
    let rows = await readBudgets(world)
    for (const [number, step] of steps.entries()) {
      await live(world, act, step)
      const now = await readBudgets(world)
      breaches.push(...judgeBudgetRows(rows, now).map((said) => `Step ${number}: ${said}`))
      rows = now
    }
    await act({ do: 'resume' }, 0)
    await runToRest(world, processes, createPeople(world, CREDENTIALS, { mostApprovals: 2 }))
    const claims = await takeClaims(database)
    const judged = judgeRun({ record, claims, log: world.mailchimp.script.log, lists: world.hubspot.script.log })
    return {
      breaches: [...breaches, ...judged.breaches, ...(await brokenInvariants(database, world.now()))],
      counts: { ...judged.counts, ...(await countStates(world)) },
    }
  } finally {
    for (const { script } of [world.hubspot, world.mailchimp]) script.clear()
    await release(world)
    await second.close()
    await connections.close()
    await world.close()
  }
}

/** A small audience of people who signed up. */
function prepare({ mailchimp }: World): void {
  const list = mailchimp.state.lists[MAILCHIMP_SEED.listId]
  if (!list) throw new Error('The seeded audience is gone')
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, PATIENTS))
  const stranger = 'stranger@example.com'
  list.members[hashOf(stranger)] = { email: stranger, status: 'subscribed', inCompliance: false, fields: {}, tags: [] }
}

async function live(world: World, act: ReturnType<typeof createDoings>, { turn, doings }: Step): Promise<void> {
  if (turn) world.pass(waitMs(world.now(), turn))
  await Promise.all(
    doings.map(async ({ doing, replica, lag }) => {
      for (let turns = 0; turns < lag; turns += 1) await nextTurn()
      await act(doing, replica)
    }),
  )
  await world.settled()
}

function waitMs(now: Date, turn: Turn): number {
  if (turn.kind === 'pass') return turn.minutes * 60_000
  const local = DateTime.fromJSDate(now, { zone: ZONE })
  const today = local.set({ hour: turn.hour, minute: turn.minute, second: 0, millisecond: 0 })
  return (today > local ? today : today.plus({ days: 1 })).toMillis() - now.getTime()
}

async function readBudgets(world: World): Promise<BudgetRows> {
  const rows = await world.query('select "window", reserved + committed as used from budgets where workspace_id = $1', [
    world.workspaceId,
  ])
  const { document } = value(await world.gate.getPolicy(world.owner))
  const { day, week, month } = document.budget ?? {}
  return {
    cap: { day: day?.cap ?? 0, week: week?.cap ?? 0, month: month?.cap ?? 0 },
    used: Object.fromEntries(rows.map((row) => [String(row['window']), Number(row['used'])])),
  }
}

async function countStates(world: World): Promise<Readonly<Record<string, number>>> {
  const rows = await world.query('select state, count(*)::int as n from action_states group by 1', [])
  return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['n'])]))
}
